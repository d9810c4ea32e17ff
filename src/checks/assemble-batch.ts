/** What goes to the registry: sealed roster records and sealed sheets, and nothing anybody here could read. */
import { formatExport } from '@lianshu/seal';
import { toBase64Url } from '@lianshu/statement';
import type { Db, Tx } from '../platform/db/index.ts';
import { countHeld } from '../proposals/index.ts';
import type { BarredRoster, ElectronicRoll, PaperSheet } from '../registry/index.ts';
import { listRoster, listRosterEpochs } from './check-store.ts';
import { type SealedSheet, standingSheets } from './paper-store.ts';

/** Why nothing can be sent yet: proposers whose signature waits to be settled, or whose entry has no place in the log. */
export type NotReady = Readonly<{ held: number; pending: number }>;

/** Which rows came with a supplement, by their time of receipt, and the day they are judged on. */
export type Later = Readonly<{ isOfSupplement: (atMs: number) => boolean; on: string | undefined }>;

/** The counted electronic proposers of a draft, sealed; undefined when it has none. */
export async function electronicRoll(
  db: Db | Tx,
  draft: string,
  supplement?: Later,
): Promise<ElectronicRoll | undefined | NotReady> {
  const rows = await listRoster(db, draft);
  const held = await countHeld(db, draft);
  const pending = rows.filter(({ index }) => index === undefined).length;
  if (held > 0 || pending > 0) return { held, pending };
  if (rows.length === 0) return undefined;
  const used = new Set(rows.map(({ epochId }) => epochId));
  const epochs = (await listRosterEpochs(db, draft)).filter(({ epochId }) => used.has(epochId));
  const header = { caseNumber: draft, act: 'proposal-signature', part: 'roster' } as const;
  const lines: string[] = [];
  for await (const line of formatExport(header, epochs, rows)) lines.push(line);
  const entries = new Map(
    rows.map(({ recordCommitment, index = 0 }) => [toBase64Url(recordCommitment), index]),
  );
  const roll = { caseNumber: draft, export: lines.join(''), entries };
  const later = rows.flatMap(({ index = 0, receivedAtMs }) =>
    supplement?.isOfSupplement(receivedAtMs) ? [index] : [],
  );
  if (later.length === 0 || supplement?.on === undefined) return roll;
  return { ...roll, later: { entries: later.sort((a, b) => a - b), on: supplement.on } };
}

export const isNotReady = (roll: ElectronicRoll | undefined | NotReady): roll is NotReady =>
  roll !== undefined && 'held' in roll;

/** Sheets as rows of a batch. `on` gives the day a later sheet is judged on; undefined for the batch's own. */
export const paperRows = (
  sheets: readonly SealedSheet[],
  on: (sheet: SealedSheet) => string | undefined = () => undefined,
): readonly PaperSheet[] =>
  sheets.map((sheet) => {
    const day = on(sheet);
    const { row, number, township, sheet: place, sealed } = sheet;
    return {
      row,
      caseNumber: number,
      township,
      sheet: place,
      sealed,
      ...(day === undefined ? {} : { on: day }),
    };
  });

/** The original proposers of an abandoned case: 公民投票法 §12 IV. */
export async function barredRoster(
  db: Db | Tx,
  caseNumber: string,
  draft: string | undefined,
): Promise<BarredRoster | NotReady> {
  const roll = draft === undefined ? undefined : await electronicRoll(db, draft);
  if (isNotReady(roll)) return roll;
  const sheets = await standingSheets(db, [caseNumber, ...(draft === undefined ? [] : [draft])]);
  return { caseNumber, electronic: roll, paper: paperRows(sheets) };
}
