import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { formatExport } from '@lianshu/seal';
import { openDatabase } from './platform/db/index.ts';
import { actOfNumber } from './record/index.ts';
import { listSealed, listWrappedEpochs } from './signing/index.ts';

/**
 * `lianshu export evidence|roster CASE`: ciphertext and wrapped keys of one case's or draft's roll, as
 * `LIANSHU-EXPORT/1` (packages/seal). It holds no plaintext; `lianshu-open` reads it on another machine.
 */
export async function exportSealed(
  connectionString: string,
  args: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  const [part, caseNumber] = positionals;
  if ((part !== 'evidence' && part !== 'roster') || !/^([1-9][0-9]{3,5}|D[0-9]{5})$/.test(caseNumber ?? '')) {
    say('lianshu export evidence|roster CASE|DRAFT [--out FILE]');
    process.exitCode = 2;
    return;
  }
  const { db, close } = openDatabase({ connectionString, applicationName: 'lianshu export', max: 2 });
  try {
    const header = { caseNumber: caseNumber ?? '', act: actOfNumber(caseNumber ?? ''), part } as const;
    const lines = formatExport(header, await listWrappedEpochs(db, header), listSealed(db, header));
    const out =
      values.out === undefined ? process.stdout : createWriteStream(values.out, { flags: 'wx', mode: 0o600 });
    await pipeline(lines, out, { end: values.out !== undefined });
    if (values.out !== undefined) say(`Wrote ${values.out}`);
  } finally {
    await close();
  }
}
