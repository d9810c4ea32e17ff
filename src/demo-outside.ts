import { join } from 'node:path';
import {
  cast,
  issueDemoCards,
  SimulatedAuthority,
  SimulatedCardComponent,
  SimulatedTimeStampAuthority,
  startAuthorityServer,
  startCardComponent,
  startIdentityService,
  startTimeStampAuthority,
} from '@lianshu/simulators';
import { writeTrustFile } from './left-by-demo.ts';
import type { Config } from './platform/config.ts';
import { systemClock } from './platform/time.ts';

export interface OutsideOptions {
  readonly dataDirectory: string;
  readonly cardPort?: number;
  readonly authorityPort?: number;
  readonly identityPort?: number;
  readonly timeStampPort?: number;
  /** False where a real card component runs on port 61161. */
  readonly withCard?: boolean;
}

/** The simulated world the demonstration runs in. */
export interface Outside {
  readonly authority: SimulatedAuthority;
  readonly authorityUrl: string;
  readonly identity: Awaited<ReturnType<typeof startIdentityService>>;
  readonly component: SimulatedCardComponent | undefined;
  readonly cardUrl: string | undefined;
  /** The time-stamp authority, and its certificate beside the demonstration's keys. */
  readonly timeStamps: Readonly<{ url: string; certificateFile: string }>;
}

/** Starts authority, identity service and card component; the first start makes keys and cards. */
export async function startOutside(
  options: OutsideOptions & Pick<Config, 'projectRoot'>,
  closers: (() => unknown)[],
): Promise<Outside> {
  const folder = join(options.dataDirectory, 'simulated-authority');
  const authority = await SimulatedAuthority.open(folder, { spareKeys: 2 }, async (made) => {
    await issueDemoCards(made, systemClock.nowMs());
    await made.serviceClient('lianshu');
  });
  authority.publishLists();
  await authority.save(folder);
  const lists = await startAuthorityServer(authority, port(options.authorityPort));
  closers.push(() => lists.close());
  const identity = await startIdentityService(authority, port(options.identityPort));
  closers.push(() => identity.close());
  const timeStamps = await startTimeStamps(options, closers);
  const outside = { authority, authorityUrl: lists.url, identity, timeStamps };
  if (options.withCard === false) return { ...outside, component: undefined, cardUrl: undefined };
  const component = new SimulatedCardComponent({ trustedHosts: ['localhost', '127.0.0.1'] });
  const card = authority.cardOf(cast.jiahao);
  if (card) component.insert(card);
  const server = await startCardComponent(component, {
    drawer: () => authority.cards(),
    ...port(options.cardPort),
  });
  closers.push(() => server.close());
  return { ...outside, component, cardUrl: server.url };
}

async function startTimeStamps(
  { dataDirectory, projectRoot, timeStampPort }: OutsideOptions & Pick<Config, 'projectRoot'>,
  closers: (() => unknown)[],
): Promise<Outside['timeStamps']> {
  const stamper = await SimulatedTimeStampAuthority.open(
    join(dataDirectory, 'simulated-time-stamp-authority'),
  );
  const server = await startTimeStampAuthority(stamper, port(timeStampPort));
  closers.push(() => server.close());
  const body = Buffer.from(stamper.signer.certificate)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  const pem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  const certificateFile = writeTrustFile({ dataDirectory, projectRoot }, 'time-stamp.pem', pem);
  return { url: server.url, certificateFile };
}

const port = (value: number | undefined) => (value === undefined ? {} : { port: value });
