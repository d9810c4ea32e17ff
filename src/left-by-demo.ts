import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseVerifierKeys } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { Config } from './platform/config.ts';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';

/** What a demonstration leaves in its data folder for verifiers and for the other commands. */

/** Marks a folder as a demonstration's own. */
export const DEMO_FLAG = 'THIS-IS-A-DEMONSTRATION';

/** Files a verifier takes for its trust. */
export type TrustFile = 'keys.txt' | 'policy.txt' | 'time-stamp.pem';

/** The folder that verifiers of this checkout look into by themselves, `.lianshu`. */
const verifiersFolder = (projectRoot: string): string => join(projectRoot, '.lianshu');

/** Whether this demonstration is the one verifiers of the checkout find without being told. */
const isDefaultDemo = (dataDirectory: string, projectRoot: string): boolean =>
  dataDirectory === join(verifiersFolder(projectRoot), 'demo');

/**
 * Writes a file of trust into the data folder, so that two demonstrations under one parent never overwrite each
 * other's; the default demonstration's goes to where verifiers look as well. Returns the one in the data folder.
 */
export function writeTrustFile(
  { dataDirectory, projectRoot }: Pick<Config, 'dataDirectory' | 'projectRoot'>,
  name: TrustFile,
  text: string,
): string {
  const file = join(dataDirectory, name);
  writeFileSync(file, text);
  if (isDefaultDemo(dataDirectory, projectRoot))
    writeFileSync(join(verifiersFolder(projectRoot), name), text);
  return file;
}

/** What a printed verifier command needs to find this demonstration's keys and policy; empty for the default one. */
export function trustArguments({
  dataDirectory,
  projectRoot,
}: Pick<Config, 'dataDirectory' | 'projectRoot'>): string {
  if (isDefaultDemo(dataDirectory, projectRoot)) return '';
  const [keys, policy] = (['keys.txt', 'policy.txt'] as const).map((name) =>
    quoted(join(dataDirectory, name)),
  );
  return ` --keys ${keys} --policy ${policy}`;
}

/** How to call `lianshu` for this demonstration from the checkout, to be followed by a command. */
export const lianshuFor = ({
  dataDirectory,
  projectRoot,
}: Pick<Config, 'dataDirectory' | 'projectRoot'>): string =>
  isDefaultDemo(dataDirectory, projectRoot)
    ? 'npx lianshu'
    : `LIANSHU_DATA=${quoted(dataDirectory)} npx lianshu`;

const quoted = (path: string): string =>
  /^[\w./:@%+,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;

/** Whether the data folder is a demonstration's. */
const isDemoFolder = (dataDirectory: string): boolean => existsSync(join(dataDirectory, DEMO_FLAG));

/** The log's name as its published keys bear it. */
export function publishedOrigin(dataDirectory: string): string | undefined {
  const file = join(dataDirectory, 'public', 'log', 'key');
  return existsSync(file) ? parseVerifierKeys(sha256, readFileSync(file, 'utf8')).keys[0]?.name : undefined;
}

/** A demonstration has told its log's name and its policy only to its own processes; its folder tells them to us. */
export function withDemonstration(config: Config): Config {
  const { dataDirectory } = config;
  if (!isDemoFolder(dataDirectory)) return config;
  const policy = join(dataDirectory, 'witnesses', 'policy.txt');
  return {
    ...config,
    logOrigin: config.logOrigin ?? publishedOrigin(dataDirectory),
    witnessPolicy: config.witnessPolicy ?? (existsSync(policy) ? policy : undefined),
  };
}

/** A database to look into, and how to let go of it. */
export type LentDatabase = Readonly<{
  connectionString: string;
  stop: () => Promise<void>;
}>;

/**
 * The database of a demonstration that is not running, started for a command; undefined where the operator named one,
 * where the folder holds none, or where the demonstration is running and has left its address.
 * @throws {EmbeddedPostgresError} when it does not start.
 */
export async function lendDemoDatabase(config: Config): Promise<LentDatabase | undefined> {
  const directory = join(config.dataDirectory, 'postgres');
  if (config.databaseUrl !== undefined || !isDemoFolder(config.dataDirectory) || !existsSync(directory))
    return undefined;
  try {
    const server = await startEmbeddedPostgres({ directory });
    return { connectionString: server.connectionString, stop: () => server.stop() };
  } catch (error) {
    if (error instanceof EmbeddedPostgresError && error.code === 'in-use') return undefined;
    throw error;
  }
}
