import { createPrivateKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { PinnedAnchor } from '@lianshu/pki';
import { z } from 'zod';
import { icsConfirmation, icsPost } from './credentials/index.ts';
import { type Config, ConfigFault } from './platform/config.ts';
import { readKeyFile } from './platform/key-file.ts';
import { systemRandom } from './platform/random.ts';
import { systemClock } from './platform/time.ts';
import { type PreCheck, preCheckHttp, RegistryKeyFault, readRegistryKeys } from './registry/index.ts';
import { directorySource, httpSource, type RunningSealer, runSealer } from './sealer/index.ts';

const pins = z.array(
  z.strictObject({
    name: z.string().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    ski: z.string().regex(/^[0-9a-f]{40}$/),
    role: z.enum(['root', 'issuer']),
    simulated: z.boolean(),
    trustedWithoutRoot: z.boolean().optional(),
  }),
);

/** Revocation lists are published several times a day; a new one is looked for every quarter of an hour. */
const RELOAD_REVOCATION_MS = 15 * 60_000;
const IDENTITY_WAIT_MS = 2_000;
/** Beside the signing path: a slow registry costs the county of a figure, never a signer's time. */
const PRE_CHECK_WAIT_MS = 2_500;

function need<T>(value: T | undefined, variable: string): T {
  if (value === undefined) throw new ConfigFault(`The sealer needs ${variable}`);
  return value;
}

/** `pins.json` and the certificates it pins, as two people compared them with the government's repository. */
function readTrust(directory: string): {
  readonly pins: readonly PinnedAnchor[];
  readonly certificates: readonly Uint8Array[];
} {
  const parsed = pins.safeParse(JSON.parse(readFileSync(join(directory, 'pins.json'), 'utf8')));
  if (!parsed.success)
    throw new ConfigFault(`${join(directory, 'pins.json')} does not have the required shape`);
  const certificates = readdirSync(directory)
    .filter((name) => /\.(cer|crt|der)$/.test(name))
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(directory, name))));
  return { pins: parsed.data as readonly PinnedAnchor[], certificates };
}

/** 預查, where this house was given a registry. */
function preCheckOf({ registry, isProduction }: Config): PreCheck | undefined {
  if (registry === undefined) return undefined;
  try {
    const keys = readRegistryKeys(readFileSync(registry.keysFile, 'utf8'), isProduction);
    const randomBytes = (length: number) => systemRandom.bytes(length);
    return preCheckHttp({
      url: registry.url,
      keys,
      fetchFrom: fetch,
      waitMs: PRE_CHECK_WAIT_MS,
      randomBytes,
    });
  } catch (cause) {
    const why = cause instanceof RegistryKeyFault ? cause.code : 'cannot be read';
    throw new ConfigFault(`LIANSHU_REGISTRY_KEYS: ${why}`);
  }
}

/**
 * `lianshu serve sealer`: its own process and user. It reaches the identity service, the revocation lists and,
 * where no list is fresh, OCSP, and where there is one the household registry; nothing else, and has no database. @throws when it would run unsafely.
 */
export function serveSealer(config: Config): Promise<RunningSealer> {
  if (config.databaseUrl !== undefined)
    throw new ConfigFault(
      'The sealer holds the tag keys and must not know the database: unset DATABASE_URL for it',
    );
  if (config.isProduction && config.icsUrl !== undefined && !config.icsUrl.startsWith('https:'))
    throw new ConfigFault('LIANSHU_ICS_URL must be https: national IDs travel there');
  const trust = readTrust(need(config.trustDirectory, 'LIANSHU_TRUST_DIRECTORY'));
  const clientDirectory = need(config.icsClientDirectory, 'LIANSHU_ICS_CLIENT');
  const { nowMs } = systemClock;
  const randomBytes = (length: number) => systemRandom.bytes(length);
  const log = (line: object) => process.stdout.write(`${JSON.stringify({ part: 'sealer', ...line })}\n`);
  const identity = icsConfirmation({
    clientCertificate: new Uint8Array(readFileSync(join(clientDirectory, 'client.cer'))),
    clientKey: createPrivateKey(Buffer.from(readKeyFile(join(clientDirectory, 'client.pem')))),
    post: icsPost(need(config.icsUrl, 'LIANSHU_ICS_URL'), fetch),
    nowMs,
    randomBytes,
    onFault: ({ code }) => log({ level: 'warn', event: 'identity-unavailable', code }),
  });
  const registry = preCheckOf(config);
  const crlDirectory = join(need(config.trustDirectory, 'LIANSHU_TRUST_DIRECTORY'), 'crl');
  const built = join(config.projectRoot, 'dist', 'sealer-worker.js');
  return runSealer({
    stateDirectory: join(config.dataDirectory, 'sealer'),
    listen: { socketPath: need(config.sealer, 'LIANSHU_SEALER'), socketMode: 0o660 },
    control: { socketPath: need(config.sealerControl, 'LIANSHU_SEALER_CONTROL'), socketMode: 0o660 },
    origin: need(config.logOrigin, 'LIANSHU_LOG_ORIGIN'),
    trust: { ...trust, production: config.isProduction },
    identity,
    identityWaitMs: IDENTITY_WAIT_MS,
    revocation: {
      sources: [
        ...(existsSync(crlDirectory) ? [directorySource(crlDirectory)] : []),
        ...config.crlUrls.map((url) => httpSource(url, fetch)),
      ],
      reloadEveryMs: RELOAD_REVOCATION_MS,
      archive: join(config.dataDirectory, 'sealer', 'revocation'),
    },
    ...(registry === undefined ? {} : { preCheck: { registry } }),
    ocsp: { responders: config.ocspUrls, fetch },
    workerUrl: new URL(`file://${built}`),
    workers: Math.min(availableParallelism(), 8),
    maxInFlight: 1_024,
    nowMs,
    randomBytes,
    log,
  });
}
