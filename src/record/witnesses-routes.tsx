/** `/witnesses`: read from what is published, so that it says what anybody can check. */
import { join } from 'node:path';
import { type Policy, parsePolicy } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { FastifyInstance } from 'fastify';
import { type ApiRoute, apiRoute } from '../platform/http/api.ts';
import { type Clock, instantMs } from '../platform/time.ts';
import { renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { readOrUndefined } from './public-files.ts';
import { WitnessesPage, type WitnessesView, type WitnessView } from './witnesses-page.tsx';
import { readWitnessing, type Witnessing, witnessCountOf, witnessingAnswer } from './witnessing.ts';

export type WitnessesRoutesOptions = Readonly<{
  site: Site;
  clock: Clock;
  /** The published log's directory, and its public address for the commands shown. */
  directory: string;
  logUrl: string;
}>;

/** Registers the page in both languages. */
export function witnessesRoutes(server: FastifyInstance, options: WitnessesRoutesOptions): void {
  const { site, directory, logUrl } = options;
  // The policy is the reader's: one that came from this very log would prove what this log chose to prove.
  const command = [
    'npx lianshu-verify receipt FILE --policy policy.txt',
    `npx lianshu-verify log --log ${logUrl} --policy policy.txt`,
  ].join('\n');
  for (const url of bothLanguages('/witnesses'))
    server.get(url, { config: { publicForSeconds: 2 } }, async (request, reply) => {
      const [witnessing, policy] = await Promise.all([readWitnessing(directory), readPolicy(directory)]);
      const view: WitnessesView =
        witnessing === undefined || policy === undefined
          ? { command }
          : { command, record: recordView(witnessing, policy, originOf(policy), options.clock) };
      return reply
        .type('text/html; charset=utf-8')
        .send(renderPage(<WitnessesPage frame={pageFrame(site, request)} view={view} />));
    });
}

/** `/v1/witnesses`: `/log/witnessing.json` as a route of the API; 404 where the log has no witness policy. */
export const witnessesApi = (directory: string): ApiRoute =>
  apiRoute({
    id: 'getWitnessing',
    method: 'GET',
    path: '/v1/witnesses',
    summary: {
      'zh-Hant-TW': '誰副署了公布的檢查點（營運者之陳述；證明在檢查點本身）',
      en: 'Who has cosigned the public checkpoint (the operator’s word; the proof is the checkpoint itself)',
    },
    answers: {
      200: { description: { 'zh-Hant-TW': '見證狀態', en: 'Witnessing' }, schema: witnessingAnswer },
    },
    problems: ['not-found'],
    publicForSeconds: 2,
    async answer() {
      const witnessing = await readWitnessing(directory);
      return witnessing === undefined ? { code: 'not-found' } : { status: 200, body: witnessing };
    },
  });

async function readPolicy(directory: string): Promise<Policy | undefined> {
  const bytes = await readOrUndefined(join(directory, 'policy'));
  const parsed = bytes && parsePolicy(sha256, bytes);
  return parsed?.ok ? parsed.policy : undefined;
}

const originOf = ({ logs }: Policy): string => logs[0]?.key.name ?? '';

function recordView(
  witnessing: Witnessing,
  policy: Policy,
  origin: string,
  clock: Clock,
): NonNullable<WitnessesView['record']> {
  const { size, root, at, policy: digest } = witnessing;
  const count = witnessCountOf(witnessing, { size, root });
  const folder = Buffer.from(sha256(new TextEncoder().encode(origin))).toString('hex');
  const witnesses = witnessing.witnesses.map(({ name, key, state, time, newest }): WitnessView => {
    const url = policy.witnesses.find((each) => each.name === name)?.url;
    return {
      name,
      key,
      state,
      ...(time === undefined ? {} : { time }),
      ...(newest ? { newest: { ...newest, ageMs: clock.nowMs() - instantMs(newest.time) } } : {}),
      ...(url === undefined ? {} : { checkpointUrl: `${url.replace(/\/+$/, '')}/${folder}/checkpoint` }),
    };
  });
  const { quorum, groups } = policy;
  return {
    ...{ size, at, digest, quorum, groups, witnesses },
    isWitnessed: count?.isWitnessed ?? false,
    cosigned: count?.names.length ?? 0,
    of: count?.of ?? 0,
  };
}
