import type { Config } from './platform/config.ts';
import { systemRandom } from './platform/random.ts';
import type { Clock } from './platform/time.ts';
import { readPinnedFile, Stamping, timeStampHttp } from './record/index.ts';

/**
 * Stamping of the published log as the configuration asks for it; undefined, and said, where it asks for none. Throws
 * at once for a certificate that cannot be a time-stamp authority's.
 */
export function stampingOf(
  config: Config,
  { directory, clock, warn }: Readonly<{ directory: string; clock: Clock; warn: (message: string) => void }>,
): Stamping | undefined {
  const { timeStamps } = config;
  if (timeStamps === undefined) {
    warn('沒有設定時戳服務 LIANSHU_TSA_URL is not set: no outside time-stamp is put on the log');
    return undefined;
  }
  const certificates = readPinnedFile(timeStamps.certificateFile);
  const authority = timeStampHttp({ url: timeStamps.url, certificates, clock, random: systemRandom });
  return new Stamping({ directory, authority, clock, warn });
}
