import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseVerifierKeys, type VerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { UsageError } from './command.ts';

/** The keys to trust and where they came from, for the person to judge. */
export type TrustedKeys = Readonly<{ keys: readonly VerifierKey[]; from: readonly string[] }>;

const MAX_KEY_FILE_BYTES = 1_000_000;

/**
 * `.lianshu/keys.txt` of the checkout this program runs from, where the demonstration writes its keys. Never a
 * folder beside the receipt or above it: whoever sends a forged receipt could send the keys along.
 */
function ownKeyFile(programFolder: string): string | undefined {
  const path = join(programFolder, '.lianshu', 'keys.txt');
  return existsSync(path) ? path : undefined;
}

function readKeyFile(path: string): string {
  try {
    if (statSync(path).size <= MAX_KEY_FILE_BYTES) return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  throw new UsageError(`${path}: too large for a key file`);
}

/**
 * Finds the keys to trust: those named on the command line and no others; else the file named by
 * `LIANSHU_KEYS`; else {@link ownKeyFile}. None found is an empty list, which proves nothing later. Throws {@link UsageError} for a file or line that cannot be read.
 */
export function findTrustedKeys(
  asked: Readonly<{ keys: readonly string[]; keyFiles: readonly string[] }>,
  surroundings: Readonly<{
    env: Readonly<Record<string, string | undefined>>;
    folder: string;
    /** The checkout or installation this program belongs to. */
    programFolder: string;
  }>,
): TrustedKeys {
  const named = asked.keys.length > 0 || asked.keyFiles.length > 0;
  const fallback = surroundings.env['LIANSHU_KEYS'] ?? ownKeyFile(surroundings.programFolder);
  const files = named ? asked.keyFiles : fallback === undefined ? [] : [fallback];
  const sources = [...asked.keys.map((key) => ({ name: '--key', text: () => key }))];
  const found: VerifierKey[] = [];
  for (const path of files) {
    const full = resolve(surroundings.folder, path);
    sources.push({ name: full, text: () => readKeyFile(full) });
  }
  for (const { name, text } of sources) {
    const { keys, badLines } = parseVerifierKeys(sha256, text());
    if (badLines.length > 0) throw new UsageError(`${name}: line ${badLines.join(', ')} is no verifier key`);
    found.push(...keys);
  }
  return { keys: found, from: [...new Set(sources.map(({ name }) => name))] };
}
