import { randomBytes } from 'node:crypto';
import {
  EpochSealer,
  encodeRosterRecord,
  formatExport,
  generateCaseKey,
  sealPaperRecord,
} from '@lianshu/seal';
import type { Person, Resident } from '@lianshu/simulators';
import { toBase64Url } from '@lianshu/statement';
import type { ElectronicRoll, PaperSheet } from '../../src/registry/index.ts';

export const newKey = () => generateCaseKey('x25519');

/** A sealed roster of these people as the export of a roll; entry indexes from `first`. */
export async function sealedRoll(
  caseNumber: string,
  people: readonly Person[],
  recipient: string,
  first = 100,
): Promise<ElectronicRoll> {
  const part = 'roster' as const;
  const draw = (length: number) => new Uint8Array(randomBytes(length));
  const epoch = await EpochSealer.begin({
    caseNumber,
    part,
    recipients: [recipient],
    nowMs: 0,
    randomBytes: draw,
  });
  const records = people.map(({ nationalId }) => {
    const recordCommitment = draw(32);
    return {
      recordCommitment,
      epochId: epoch.epochId,
      ...epoch.seal(recordCommitment, encodeRosterRecord(nationalId)),
    };
  });
  const header = { caseNumber, act: 'proposal-signature', part } as const;
  let text = '';
  for await (const line of formatExport(
    header,
    [{ epochId: epoch.epochId, wrapped: epoch.wrapped }],
    records,
  ))
    text += line;
  const entries = new Map(
    records.map(({ recordCommitment }, i) => [toBase64Url(recordCommitment), first + i]),
  );
  return { caseNumber, export: text, entries };
}

/** A sheet as an officer types it from a resident's own hand, or with something else written. */
export async function sealedSheet(
  row: number,
  caseNumber: string,
  resident: Resident,
  recipient: string,
  written: Partial<Pick<Resident, 'name' | 'address' | 'nationalId'>> = {},
): Promise<PaperSheet> {
  const { township } = resident;
  const { name, address, nationalId } = { ...resident, ...written };
  const record = { caseNumber, township, sheet: row, name, address, nationalId };
  return { row, caseNumber, township, sheet: row, sealed: await sealPaperRecord(record, [recipient]) };
}
