import type { Config } from './platform/config.ts';
import { ConfigFault } from './platform/config.ts';
import { readKeyFile } from './platform/key-file.ts';
import type { Clock } from './platform/time.ts';
import { PublicCopy, s3Store } from './record/index.ts';

/**
 * The copy of the published log that `LIANSHU_PUBLIC_STORE` asks for; undefined when it asks for none. Its
 * credentials are read here and nowhere else: a file of mode 0600 with the access key's id and its secret.
 * @throws {ConfigFault | KeyFault}
 */
export function publicCopyOf(
  config: Config,
  options: Readonly<{ directory: string; everyMs: number; clock: Clock; warn: (message: string) => void }>,
): PublicCopy | undefined {
  if (config.publicStore === undefined) return undefined;
  const { credentialsFile, ...address } = config.publicStore;
  const lines = new TextDecoder().decode(readKeyFile(credentialsFile)).split('\n');
  const [accessKeyId = '', secretAccessKey = '', ...rest] = lines.map((line) => line.trim());
  if (accessKeyId === '' || secretAccessKey === '' || rest.some((line) => line !== ''))
    throw new ConfigFault(`${credentialsFile} must hold two lines: the access key's id and its secret`);
  return new PublicCopy({ ...options, store: s3Store({ ...address, accessKeyId, secretAccessKey }) });
}
