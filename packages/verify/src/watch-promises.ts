/** Promises and receipts that signers left with a monitor: each is held against the log when its time has come. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { NotePrimitives, VerifierKey } from '@lianshu/tlog';
import type { Alert } from './alert.ts';
import { checkReceipt, MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { originAfter } from './cross-link.ts';
import type { PromiseFacts, ReceiptFacts } from './verdict.ts';
import type { WatchedLog } from './watched-log.ts';

/** Files looked at in one folder; a folder with more is told. */
const MOST_FILES = 2_000;

const alert = (code: Alert['code'], name: string, detail: string, more: Partial<Alert> = {}): Alert => ({
  id: `${code} ${name}`,
  code,
  part: 'promises',
  detail: `${name}: ${detail}`,
  ...more,
});

const safeName = (name: string): string => name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?').slice(0, 120);

function promiseAlert(log: WatchedLog, promise: PromiseFacts, name: string, nowMs: number): Alert[] {
  const { caseNumber, commitment, origin, publishBy } = promise;
  if (originAfter(origin, log.fold.acts) !== log.opened?.checkpoint.origin)
    return [alert('promise-unreadable', name, `of another log ${safeName(origin)}`)];
  const at = log.find(commitment);
  const isThere = at !== undefined && log.fold.groupAt(at)?.startsWith(`${caseNumber}/`) === true;
  if (isThere || nowMs <= Date.parse(publishBy)) return [];
  const evidence = { commitment, publishBy, size: log.fold.size, file: name };
  return [
    alert('promise-broken', name, `${caseNumber} ${commitment} due ${publishBy}`, {
      case: caseNumber,
      evidence,
    }),
  ];
}

function receiptAlert(log: WatchedLog, receipt: ReceiptFacts, name: string): Alert[] {
  const { index, size, root, commitment, caseNumber } = receipt;
  const now = log.opened?.checkpoint.origin;
  if (originAfter(receipt.origin, log.fold.acts) !== now || size > log.fold.size) return [];
  const isOurs = log.find(commitment) === index;
  const had = isOurs ? log.hadRoot(size, root) : false;
  if (had !== false) return [];
  const evidence = { index, size, root, commitment, file: name };
  return [
    alert('receipt-contradicted', name, `entry ${index} of ${size}`, {
      case: caseNumber,
      entry: index,
      evidence,
    }),
  ];
}

/** Checks every file of a folder. `nowMs` is a time at which the log had been read completely. */
export function watchPromises(
  primitives: NotePrimitives,
  log: WatchedLog,
  keys: readonly VerifierKey[],
  folder: string,
  nowMs: number,
): readonly Alert[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    return [
      alert('promise-unreadable', safeName(folder), error instanceof Error ? error.message : String(error)),
    ];
  }
  const found: Alert[] = [];
  if (names.length > MOST_FILES) {
    found.push(
      alert(
        'promise-unreadable',
        safeName(folder),
        `${names.length} files; the first ${MOST_FILES} are checked`,
      ),
    );
  }
  for (const name of names.slice(0, MOST_FILES)) {
    const path = join(folder, name);
    try {
      if (statSync(path).size > MAX_RECEIPT_BYTES) throw new Error('too large');
      const verdict = checkReceipt(primitives, new Uint8Array(readFileSync(path)), { keys });
      if (verdict.code === 'promised')
        found.push(...promiseAlert(log, verdict.promise, safeName(name), nowMs));
      else if (verdict.code === 'included') found.push(...receiptAlert(log, verdict.receipt, safeName(name)));
      else found.push(alert('promise-unreadable', safeName(name), verdict.code));
    } catch (error) {
      found.push(
        alert('promise-unreadable', safeName(name), error instanceof Error ? error.message : String(error)),
      );
    }
  }
  return found;
}
