import { decodeRosterRecord, type EpochReader, openEpoch, openPaperRecord, parseExport } from '@lianshu/seal';
import type { BarredRoster, CheckRequest, ElectronicRoll, PaperSheet } from './check-request.ts';
import type { OpenedRow } from './judge-rows.ts';

/** The ministry's private keys for one case's roster records; empty where it has none. */
export type KeysOf = (caseNumber: string) => readonly string[];

/** A row that no key of the ministry opens, or that is not what it says: nothing of the check is answered. */
class Unreadable extends Error {}

/** Every record of a roster export with its commitment, in the file's order. */
async function openRoll(roll: ElectronicRoll, keysOf: KeysOf) {
  const wrapped = new Map<string, Uint8Array>();
  const readers = new Map<string, EpochReader>();
  const found: { commitment: string; nationalId: string }[] = [];
  for await (const line of parseExport(roll.export.trimEnd().split('\n'))) {
    if (line.line === 'header') {
      if (line.caseNumber !== roll.case || line.part !== 'roster') throw new Unreadable('header');
    } else if (line.line === 'epoch') wrapped.set(line.epochId, line.wrapped);
    else {
      const file = wrapped.get(line.epochId);
      const reader =
        readers.get(line.epochId) ??
        (file === undefined ? undefined : await openEpoch(keysOf(roll.case), file));
      if (reader === undefined || reader.caseNumber !== roll.case) throw new Unreadable('epoch');
      readers.set(line.epochId, reader);
      const nationalId = decodeRosterRecord(reader.open(line.place, line.recordCommitment, line.ciphertext));
      found.push({ commitment: Buffer.from(line.recordCommitment).toString('base64url'), nationalId });
    }
  }
  return found;
}

async function openSheet(sheet: PaperSheet, keysOf: KeysOf) {
  const record = await openPaperRecord(keysOf(sheet.case), sheet.sealed);
  if (record.caseNumber !== sheet.case || record.township !== sheet.township || record.sheet !== sheet.sheet)
    throw new Unreadable('sheet');
  return record;
}

/** What 戶政 saw on one sheet: not signed, forged. */
export type SeenOnSheet = (sheet: Readonly<{ township: string; sheet: number }>) => OpenedRow['seen'];

/** Opens everything that is to be judged. Throws {@link Unreadable} or the sealing package's own error. */
export async function openRows(
  request: CheckRequest,
  keysOf: KeysOf,
  seen: SeenOnSheet,
): Promise<readonly OpenedRow[]> {
  const rows: OpenedRow[] = [];
  const { electronic, on } = request;
  if (electronic !== undefined) {
    const records = await openRoll(electronic, keysOf);
    if (records.length !== Object.keys(electronic.entries).length) throw new Unreadable('entries');
    const later = new Set(electronic.later?.entries);
    for (const { commitment, nationalId } of records) {
      const entry = electronic.entries[commitment];
      if (entry === undefined) throw new Unreadable('entries');
      const day = later.has(entry) ? (electronic.later?.on ?? on) : on;
      rows.push({ row: `e${entry}`, medium: 'electronic', nationalId, on: day });
    }
  }
  const bySheet = [...request.paper].sort(
    (a, b) => a.township.localeCompare(b.township) || a.sheet - b.sheet || a.row - b.row,
  );
  for (const sheet of bySheet) {
    const { nationalId, name, address } = await openSheet(sheet, keysOf);
    const mark = seen(sheet);
    const row = { row: `p${sheet.row}`, medium: 'paper' as const, nationalId, name, address };
    rows.push({ ...row, on: sheet.on ?? on, ...(mark === undefined ? {} : { seen: mark }) });
  }
  return rows;
}

/** Everybody on the rosters of abandoned cases of the same matter: 公民投票法 §12 IV. */
export async function openBarred(
  rosters: readonly BarredRoster[],
  keysOf: KeysOf,
): Promise<ReadonlySet<string>> {
  const barred = new Set<string>();
  for (const { electronic, paper } of rosters) {
    if (electronic !== undefined)
      for (const { nationalId } of await openRoll(electronic, keysOf)) barred.add(nationalId);
    for (const sheet of paper) barred.add((await openSheet(sheet, keysOf)).nationalId);
  }
  return barred;
}
