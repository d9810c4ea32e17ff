import { type EpochReader, openEpoch } from './epoch-reader.ts';
import { decodeEvidence, decodeRosterRecord, type EvidenceRecord } from './evidence-record.ts';
import { type ExportedRecord, type ExportHeader, parseExport } from './export-file.ts';
import type { Part } from './record-cipher.ts';
import { SealError } from './seal-error.ts';

/** Lines of an export file. */
export type Lines = AsyncIterable<string> | Iterable<string>;

/** The evidence of one signature, or null when the export holds no such commitment. */
export async function openEvidence(
  lines: Lines,
  identities: readonly string[],
  recordCommitment: Uint8Array,
): Promise<EvidenceRecord | null> {
  let found: EvidenceRecord | null = null;
  const wanted = Buffer.from(recordCommitment);
  for await (const { header, record, open } of openRecords(lines, identities, 'evidence')) {
    if (!wanted.equals(record.recordCommitment)) continue;
    const evidence = decodeEvidence(await open());
    if (evidence.caseNumber !== header.caseNumber || evidence.act !== header.act)
      throw new SealError('record-malformed');
    found = evidence;
  }
  return found;
}

/** Every national ID of a roster export, one after the other in the file's order. */
export async function* openRoster(lines: Lines, identities: readonly string[]): AsyncGenerator<string> {
  for await (const { open } of openRecords(lines, identities, 'roster'))
    yield decodeRosterRecord(await open());
}

/** A record that is opened when asked for. */
export interface Sealed {
  readonly header: ExportHeader;
  readonly record: ExportedRecord;
  readonly open: () => Promise<Uint8Array>;
}

/** Every record of an export of this part, in the file's order. Throws as {@link parseExport} does. */
export async function* openRecords(
  lines: Lines,
  identities: readonly string[],
  part: Part,
): AsyncGenerator<Sealed> {
  const wrapped = new Map<string, Uint8Array>();
  const readers = new Map<string, Promise<EpochReader>>();
  let header: ExportHeader | undefined;
  for await (const line of parseExport(lines)) {
    if (line.line === 'header') header = line;
    else if (line.line === 'epoch') wrapped.set(line.epochId, line.wrapped);
    else if (header === undefined || header.part !== part) throw new SealError('export-malformed');
    else {
      const { caseNumber } = header;
      const open = async () => {
        const reader = await (readers.get(line.epochId) ?? remember(line.epochId));
        if (reader.caseNumber !== caseNumber || reader.part !== part || reader.epochId !== line.epochId)
          throw new SealError('epoch-malformed');
        return reader.open(line.place, line.recordCommitment, line.ciphertext);
      };
      yield { header, record: line, open };
    }
  }

  function remember(epochId: string): Promise<EpochReader> {
    const file = wrapped.get(epochId);
    if (file === undefined) throw new SealError('export-malformed');
    const reader = openEpoch(identities, file);
    readers.set(epochId, reader);
    return reader;
  }
}
