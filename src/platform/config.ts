import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import {
  type BucketAddress,
  type KeyStoreAddress,
  parseBucketAddress,
  parseKeyStoreAddress,
  parseMailAddress,
} from './address-syntax.ts';
import type { MailSettings } from './mail.ts';

/**
 * The only reader of the environment. Every field has a value that is safe when it is absent; what a
 * production deployment must decide itself has none, and `readConfig` says which is missing.
 */

const flag = z.enum(['0', '1']).transform((value) => value === '1');

/** `ski=url` pairs, separated by spaces. */
const responders = z
  .string()
  .default('')
  .transform((text, context) => {
    const pairs = text.split(/\s+/).filter(Boolean);
    return new Map(
      pairs.map((pair) => {
        const [, ski = '', url = ''] = /^([0-9a-f]{40})=(https?:\/\/\S+)$/.exec(pair) ?? [];
        if (ski === '') context.addIssue(`not <40 hexadecimal digits>=<address>: ${pair}`);
        return [ski, url] as const;
      }),
    );
  });

/** A text that `parse` reads, its problem being told otherwise. */
const readBy = <T extends object>(parse: (text: string) => T | string) =>
  z.string().transform((text, context): T => {
    const read = parse(text);
    if (typeof read !== 'string') return read;
    context.addIssue(read);
    return z.NEVER;
  });

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PUBLIC_ORIGIN: z.url().optional(),
  LIANSHU_OFFICE_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  LIANSHU_OFFICE_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  LIANSHU_WORKSPACE_PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
  LIANSHU_WORKSPACE_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.string().min(1).optional(),
  LIANSHU_PUBLIC_DATABASE_URL: z.string().min(1).optional(),
  LIANSHU_OFFICE_DATABASE_URL: z.string().min(1).optional(),
  LIANSHU_WORKSPACE_DATABASE_URL: z.string().min(1).optional(),
  LIANSHU_DATA: z.string().min(1).optional(),
  LIANSHU_LOG_ORIGIN: z
    .string()
    .regex(/^[a-z0-9.-]+(\/[a-z0-9.-]+)*$/)
    .optional(),
  LIANSHU_PUBLISH_SECONDS: z.coerce.number().min(1).max(3600).optional(),
  LIANSHU_PUBLIC_STORE: readBy(parseBucketAddress).optional(),
  LIANSHU_PUBLIC_STORE_CREDENTIALS: z.string().min(1).optional(),
  LIANSHU_KEY_STORE: readBy(parseKeyStoreAddress).optional(),
  LIANSHU_KEY_STORE_PIN_FILE: z.string().min(1).optional(),
  LIANSHU_WITNESS_POLICY: z.string().min(1).optional(),
  LIANSHU_TSA_URL: z.url({ protocol: /^https?$/ }).optional(),
  LIANSHU_TSA_CERTIFICATE: z.string().min(1).optional(),
  LIANSHU_PAST_CASES: z.string().min(1).optional(),
  LIANSHU_MAIL: readBy(parseMailAddress).optional(),
  LIANSHU_MAIL_FROM: z.email().max(254).optional(),
  LIANSHU_MAIL_PASSWORD_FILE: z.string().min(1).optional(),
  LIANSHU_MAIL_CERTIFICATE: z.string().min(1).optional(),
  LIANSHU_SOURCE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LIANSHU_REGISTRY_URL: z.url({ protocol: /^https?$/ }).optional(),
  LIANSHU_REGISTRY_KEYS: z.string().min(1).optional(),
  LIANSHU_SEALER: z.string().min(1).optional(),
  LIANSHU_SEALER_CONTROL: z.string().min(1).optional(),
  LIANSHU_TRUST_DIRECTORY: z.string().min(1).optional(),
  LIANSHU_CRL_URLS: z.string().optional(),
  LIANSHU_OCSP_URLS: responders,
  LIANSHU_ICS_URL: z.url().optional(),
  LIANSHU_ICS_CLIENT: z.string().min(1).optional(),
  LIANSHU_CARD_COMPONENT: z.url().default('http://localhost:61161'),
  LIANSHU_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  LIANSHU_TRUSTED_PROXIES: z.string().optional(),
  LIANSHU_ADOPT_LOG: flag.default(false),
  LIANSHU_WITHOUT_WITNESSES: flag.default(false),
});

/** The checkout or unpacked release this file was built into: the nearest folder that holds `migrations/`. */
function findProjectRoot(): string {
  let folder = fileURLToPath(new URL('.', import.meta.url));
  while (!existsSync(join(folder, 'migrations'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new ConfigFault('The program is not inside its release folder (no migrations/)');
    folder = parent;
  }
  return folder;
}

export interface Config {
  readonly isProduction: boolean;
  /** The checkout or the unpacked release: holds `migrations/`, `content/`, `dist/`. */
  readonly projectRoot: string;
  /** Everything this program writes lies below: database, keys, published log. */
  readonly dataDirectory: string;
  readonly host: string;
  readonly port: number;
  /** The address citizens must see in their address bar. */
  readonly publicOrigin: string | undefined;
  /** Where the officers' surface listens, and the origin its passkeys are bound to. */
  readonly officePort: number;
  readonly officeOrigin: string | undefined;
  /** Where the workspace of lead proposers listens, and the origin that cards and passkeys sign. */
  readonly workspacePort: number;
  readonly workspaceOrigin: string | undefined;
  readonly databaseUrl: string | undefined;
  /** A login for the public surface that is no more than a member of `lianshu_intake`. */
  readonly publicDatabaseUrl: string | undefined;
  /** A login of its own for the officers' process; it needs no more than membership in `lianshu_office`. */
  readonly officeDatabaseUrl: string | undefined;
  /** A login of its own for the workspace; it needs no more than membership in `lianshu_workspace`. */
  readonly workspaceDatabaseUrl: string | undefined;
  readonly logOrigin: string | undefined;
  readonly publishEveryMs: number;
  /** Where the published log is copied to beside its directory, and the file with the two lines of credentials. */
  readonly publicStore: (BucketAddress & { readonly credentialsFile: string }) | undefined;
  /** Where the log's private keys are; `<data>/keys` unless told. */
  readonly keyStore: KeyStoreAddress | undefined;
  /** The PIN of a PKCS#11 token: its only line. */
  readonly keyStorePinFile: string | undefined;
  /** The tlog-policy file of the log's witnesses; without one nobody outside cosigns. */
  readonly witnessPolicy: string | undefined;
  /** The time-stamp authority (RFC 3161) and the file with its pinned certificates; without it nothing is stamped. */
  readonly timeStamps: Readonly<{ url: string; certificateFile: string }> | undefined;
  /** How mail leaves the house; without it nothing is sent and nobody can follow a case by mail. */
  readonly mail: MailSettings | undefined;
  /** A CSV file of past referendums that the demonstration imports. */
  readonly pastCases: string | undefined;
  /** Where this installation's source code can be read, for the footer. */
  readonly sourceUrl: string | undefined;
  /** The household registry, and the file with its pinned keys; without it nothing can be checked. */
  readonly registry: Readonly<{ url: string; keysFile: string }> | undefined;
  /** Path of the sealer's socket, or `http://host:port` with its secret in the sealer's data directory. */
  readonly sealer: string | undefined;
  /** The sealer's other socket, for jobs and operators; the public process does without. */
  readonly sealerControl: string | undefined;
  readonly trustDirectory: string | undefined;
  readonly crlUrls: readonly string[];
  /** Issuer's subject key identifier → address of its OCSP service, where not the certificate's own is meant. */
  readonly ocspUrls: ReadonlyMap<string, string>;
  readonly icsUrl: string | undefined;
  readonly icsClientDirectory: string | undefined;
  readonly cardComponentOrigin: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Addresses or networks whose `X-Forwarded-*` is believed; nobody's unless told. */
  readonly trustedProxies: readonly string[];
  /** A person states that no later state of the log exists anywhere: its journal stayed elsewhere, or its witnesses are new. */
  readonly mayAdoptLog: boolean;
  /** Whether the log may grow with no witness configured: in production only where a person says so. */
  readonly mayRunWithoutWitnesses: boolean;
}

export class ConfigFault extends Error {
  readonly code = 'config-invalid';
}

/**
 * Reads and judges the environment.
 * @throws {ConfigFault} naming each variable that is missing or wrong; nothing has been started then.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const what = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new ConfigFault(`The environment cannot be used: ${what}`);
  }
  const e = parsed.data;
  const projectRoot = findProjectRoot();
  return {
    isProduction: e.NODE_ENV === 'production',
    projectRoot,
    dataDirectory: resolve(e.LIANSHU_DATA ?? join(projectRoot, '.lianshu', 'demo')),
    host: e.HOST,
    port: e.PORT,
    publicOrigin: e.PUBLIC_ORIGIN,
    officePort: e.LIANSHU_OFFICE_PORT,
    officeOrigin: e.LIANSHU_OFFICE_ORIGIN && new URL(e.LIANSHU_OFFICE_ORIGIN).origin,
    workspacePort: e.LIANSHU_WORKSPACE_PORT,
    workspaceOrigin: e.LIANSHU_WORKSPACE_ORIGIN && new URL(e.LIANSHU_WORKSPACE_ORIGIN).origin,
    databaseUrl: e.DATABASE_URL,
    publicDatabaseUrl: e.LIANSHU_PUBLIC_DATABASE_URL,
    officeDatabaseUrl: e.LIANSHU_OFFICE_DATABASE_URL,
    workspaceDatabaseUrl: e.LIANSHU_WORKSPACE_DATABASE_URL,
    logOrigin: e.LIANSHU_LOG_ORIGIN,
    publishEveryMs: (e.LIANSHU_PUBLISH_SECONDS ?? 60) * 1000,
    publicStore: publicStoreOf(e),
    keyStore: e.LIANSHU_KEY_STORE,
    keyStorePinFile: e.LIANSHU_KEY_STORE_PIN_FILE,
    witnessPolicy: e.LIANSHU_WITNESS_POLICY && resolve(e.LIANSHU_WITNESS_POLICY),
    timeStamps: timeStampsOf(e),
    mail: mailOf(e),
    pastCases: e.LIANSHU_PAST_CASES,
    sourceUrl: e.LIANSHU_SOURCE_URL,
    registry: registryOf(e),
    sealer: e.LIANSHU_SEALER,
    sealerControl: e.LIANSHU_SEALER_CONTROL,
    trustDirectory: e.LIANSHU_TRUST_DIRECTORY,
    crlUrls: (e.LIANSHU_CRL_URLS ?? '').split(/[\s,]+/).filter(Boolean),
    ocspUrls: e.LIANSHU_OCSP_URLS,
    icsUrl: e.LIANSHU_ICS_URL,
    icsClientDirectory: e.LIANSHU_ICS_CLIENT,
    cardComponentOrigin: new URL(e.LIANSHU_CARD_COMPONENT).origin,
    logLevel: e.LIANSHU_LOG_LEVEL,
    trustedProxies: (e.LIANSHU_TRUSTED_PROXIES ?? '').split(/[\s,]+/).filter(Boolean),
    mayAdoptLog: e.LIANSHU_ADOPT_LOG,
    mayRunWithoutWitnesses: e.LIANSHU_WITHOUT_WITNESSES || e.NODE_ENV !== 'production',
  };
}

function publicStoreOf(e: z.infer<typeof environment>): Config['publicStore'] {
  const [address, credentialsFile] = [e.LIANSHU_PUBLIC_STORE, e.LIANSHU_PUBLIC_STORE_CREDENTIALS];
  if (address === undefined) return undefined;
  if (credentialsFile === undefined)
    throw new ConfigFault(
      'LIANSHU_PUBLIC_STORE needs LIANSHU_PUBLIC_STORE_CREDENTIALS, a file with two lines',
    );
  return { ...address, credentialsFile };
}

function mailOf(e: z.infer<typeof environment>): Config['mail'] {
  const address = e.LIANSHU_MAIL;
  if (address === undefined) return undefined;
  if (e.LIANSHU_MAIL_FROM === undefined)
    throw new ConfigFault('LIANSHU_MAIL needs LIANSHU_MAIL_FROM, the address the mails come from');
  return {
    address: address.kind === 'file' ? { ...address, directory: resolve(address.directory) } : address,
    from: e.LIANSHU_MAIL_FROM,
    passwordFile: e.LIANSHU_MAIL_PASSWORD_FILE && resolve(e.LIANSHU_MAIL_PASSWORD_FILE),
    certificateFile: e.LIANSHU_MAIL_CERTIFICATE && resolve(e.LIANSHU_MAIL_CERTIFICATE),
  };
}

function registryOf(e: z.infer<typeof environment>): Config['registry'] {
  const [url, file] = [e.LIANSHU_REGISTRY_URL, e.LIANSHU_REGISTRY_KEYS];
  if (url === undefined && file === undefined) return undefined;
  if (url === undefined || file === undefined)
    throw new ConfigFault('LIANSHU_REGISTRY_URL and LIANSHU_REGISTRY_KEYS (its public keys) belong together');
  if (e.NODE_ENV === 'production' && !url.startsWith('https://'))
    throw new ConfigFault('LIANSHU_REGISTRY_URL must be https in production');
  return { url: url.replace(/\/+$/, ''), keysFile: resolve(file) };
}

function timeStampsOf(e: z.infer<typeof environment>): Config['timeStamps'] {
  const [url, file] = [e.LIANSHU_TSA_URL, e.LIANSHU_TSA_CERTIFICATE];
  if (url === undefined && file === undefined) return undefined;
  if (url === undefined || file === undefined)
    throw new ConfigFault(
      'LIANSHU_TSA_URL and LIANSHU_TSA_CERTIFICATE (its certificate, PEM) belong together',
    );
  return { url, certificateFile: resolve(file) };
}

/** The little of the environment that a PKCS#11 module's process may see: where programs and its own settings are. */
export function moduleEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string>> {
  const names = ['PATH', 'HOME', 'SOFTHSM2_CONF', 'P11_KIT_CONFIG'];
  return Object.fromEntries(
    names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const])),
  );
}
