import { canonicalJson } from './canonical-json.ts';
import { bytes, exactObject, integer, text } from './json-shape.ts';
import type { Part } from './record-cipher.ts';
import { SealError } from './seal-error.ts';

/** Whose records an export holds: one part of one roll. */
export interface ExportHeader {
  readonly caseNumber: string;
  readonly act: 'joint-signature' | 'proposal-signature';
  readonly part: Part;
}

export interface ExportedEpoch {
  readonly epochId: string;
  readonly wrapped: Uint8Array;
}

export interface ExportedRecord {
  readonly recordCommitment: Uint8Array;
  readonly epochId: string;
  readonly place: number;
  readonly ciphertext: Uint8Array;
}

/** One line of an export, read. */
export type ExportLine =
  | ({ readonly line: 'header' } & ExportHeader)
  | ({ readonly line: 'epoch' } & ExportedEpoch)
  | ({ readonly line: 'record' } & ExportedRecord);

type Rows<T> = Iterable<T> | AsyncIterable<T>;

/**
 * The export file `LIANSHU-EXPORT/1` (`….lianshu-export`): canonical JSON, one document a line, LF.
 *
 *     {"act":"joint-signature","case":"9901","format":"LIANSHU-EXPORT/1","part":"evidence"}
 *     {"epoch":"<22 characters>","wrapped":"<base64url age file>"}                    every epoch first
 *     {"ciphertext":"…","commitment":"<L>","epoch":"…","place":0}                     then every record
 *     {"epochs":1,"records":1}                                                        the end, or it is truncated
 *
 * Holds no plaintext. Every record's epoch must be among `epochs`. Rows may come from a cursor: nothing is
 * collected. Sort records by commitment. Places still tell the order of signing within an epoch.
 *
 * @example
 * for await (const line of formatExport({ caseNumber: '9901', act: 'joint-signature', part: 'evidence' }, epochs, records))
 *   file.write(line);
 */
export async function* formatExport(
  header: ExportHeader,
  epochs: Rows<ExportedEpoch>,
  records: Rows<ExportedRecord>,
): AsyncGenerator<string> {
  const { act, part, caseNumber } = header;
  yield `${canonicalJson({ act, case: caseNumber, format: FORMAT, part })}\n`;
  let epochCount = 0;
  for await (const epoch of epochs) {
    epochCount += 1;
    yield `${canonicalJson({ epoch: epoch.epochId, wrapped: base64url(epoch.wrapped) })}\n`;
  }
  let recordCount = 0;
  for await (const record of records) {
    recordCount += 1;
    yield `${canonicalJson({
      ciphertext: base64url(record.ciphertext),
      commitment: base64url(record.recordCommitment),
      epoch: record.epochId,
      place: record.place,
    })}\n`;
  }
  yield `${canonicalJson({ epochs: epochCount, records: recordCount })}\n`;
}

/**
 * Reads an export line by line. Throws `export-malformed` at the first wrong line and `export-truncated` when
 * the end line is missing or its counts differ.
 */
export async function* parseExport(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<ExportLine> {
  let state: 'header' | 'epochs' | 'records' | 'end' = 'header';
  let epochs = 0;
  let records = 0;
  for await (const source of lines) {
    if (state === 'end') throw new SealError('export-malformed');
    const line = readLine(source, state === 'header');
    if (line.line === 'end') {
      if (line.epochs !== epochs || line.records !== records) throw new SealError('export-truncated');
      state = 'end';
      continue;
    }
    if (line.line === 'epoch' && state === 'records') throw new SealError('export-malformed');
    state = line.line === 'record' ? 'records' : 'epochs';
    epochs += line.line === 'epoch' ? 1 : 0;
    records += line.line === 'record' ? 1 : 0;
    yield line;
  }
  if (state !== 'end') throw new SealError('export-truncated');
}

const FORMAT = 'LIANSHU-EXPORT/1';

type AnyLine = ExportLine | { readonly line: 'end'; readonly epochs: number; readonly records: number };

function readLine(source: string, first: boolean): AnyLine {
  try {
    const value: unknown = JSON.parse(source);
    if (first) return readHeader(value);
    if (hasName(value, 'wrapped')) {
      const o = exactObject(value, ['epoch', 'wrapped']);
      return { line: 'epoch', epochId: text(o['epoch']), wrapped: bytes(o['wrapped']) };
    }
    if (hasName(value, 'ciphertext')) {
      const o = exactObject(value, ['ciphertext', 'commitment', 'epoch', 'place']);
      return {
        line: 'record',
        recordCommitment: bytes(o['commitment']),
        epochId: text(o['epoch']),
        place: integer(o['place']),
        ciphertext: bytes(o['ciphertext']),
      };
    }
    const o = exactObject(value, ['epochs', 'records']);
    return { line: 'end', epochs: integer(o['epochs']), records: integer(o['records']) };
  } catch (cause) {
    throw new SealError('export-malformed', { cause });
  }
}

function readHeader(value: unknown): AnyLine {
  const o = exactObject(value, ['act', 'case', 'format', 'part']);
  const act = text(o['act']);
  const part = text(o['part']);
  if (text(o['format']) !== FORMAT) throw new SealError('export-malformed');
  if (act !== 'joint-signature' && act !== 'proposal-signature') throw new SealError('export-malformed');
  if (part !== 'evidence' && part !== 'roster') throw new SealError('export-malformed');
  return { line: 'header', caseNumber: text(o['case']), act, part };
}

function hasName(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}

function base64url(data: Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}
