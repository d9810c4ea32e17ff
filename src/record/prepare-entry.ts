/** From an entry to the row and bytes that will be its leaf for ever. */
import { canonicalJson, fromBase64Url, type JsonValue, parseCanonicalJson } from '@lianshu/statement';
import { MAX_ENTRY_BYTES } from '@lianshu/tlog';
import {
  type ActEntry,
  type ActKind,
  actEnvelope,
  compactEntry,
  PLATFORM_KINDS,
  type RecordEntry,
} from './entry.ts';
import { seemsToNameAPerson } from './person-guard.ts';
import { RecordFault } from './record-fault.ts';

/** An entry ready to be stored: canonical bytes, and the columns by which it is found. */
export type PreparedEntry = Readonly<{
  kind: string;
  caseNumber: string | null;
  commitment: Uint8Array | null;
  /** Index of the entry it settles, voids or replaces. */
  about: number | null;
  isAct: boolean;
  body: Uint8Array;
}>;

/** Turns an entry into its row; throws `RecordFault` (`entry-invalid`) for one that must not be recorded. */
export type PrepareEntry = (entry: RecordEntry) => PreparedEntry;

const COMPACT = new Set(['joint-signature', 'proposal-signature', 'held', 'settled', 'void']);

/** Knows the compact kinds, the platform's own acts, and the acts the modules declare. A kind is declared once. */
export function entryPreparer(kinds: readonly ActKind[]): PrepareEntry {
  const acts = new Map<string, ActKind>();
  for (const kind of [...PLATFORM_KINDS, ...kinds]) {
    if (acts.has(kind.kind) || COMPACT.has(kind.kind))
      throw new RangeError(`the kind ${kind.kind} is declared twice`);
    acts.set(kind.kind, kind);
  }
  return (entry) => {
    const isAct = !COMPACT.has(entry.kind);
    const body = isAct ? prepareAct(acts.get(entry.kind), entry) : prepareCompact(entry);
    if (body.length > MAX_ENTRY_BYTES) {
      throw new RecordFault(
        'entry-invalid',
        `an entry of ${body.length} bytes; longer texts enter by digest`,
      );
    }
    return {
      kind: entry.kind,
      caseNumber: entry.case ?? null,
      commitment: 'commitment' in entry ? (fromBase64Url(entry.commitment, 32) ?? null) : null,
      about: ('index' in entry ? entry.index : 'replaces' in entry ? entry.replaces : undefined) ?? null,
      isAct,
      body,
    };
  };
}

function prepareCompact(entry: RecordEntry): Uint8Array {
  const parsed = compactEntry.safeParse(entry);
  if (!parsed.success) throw invalid(entry.kind, parsed.error);
  return canonicalJson(parsed.data);
}

function prepareAct(kind: ActKind | undefined, entry: RecordEntry): Uint8Array {
  if (kind === undefined) throw new RecordFault('entry-invalid', `no module declared the kind ${entry.kind}`);
  const parsed = actEnvelope.safeParse(entry);
  if (!parsed.success) throw invalid(entry.kind, parsed.error);
  if (kind.ofCase !== 'either' && kind.ofCase !== (parsed.data.case !== undefined)) {
    throw new RecordFault('entry-invalid', `${entry.kind} is ${kind.ofCase ? 'of one case' : 'of no case'}`);
  }
  if (parsed.data.why !== undefined && parsed.data.replaces === undefined)
    throw new RecordFault('entry-invalid', `${entry.kind}: it replaces nothing and says why`);
  const body = kind.body.safeParse(parsed.data.body);
  if (!body.success) throw invalid(entry.kind, body.error);
  if (seemsToNameAPerson(parsed.data)) {
    throw new RecordFault('entry-invalid', `${entry.kind}: something in it looks like a national ID`);
  }
  const { case: caseNumber, replaces, why, ...rest } = parsed.data;
  return canonicalJson({
    ...rest,
    ...(caseNumber === undefined ? {} : { case: caseNumber }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(why === undefined ? {} : { why: { ...why } as JsonValue }),
  });
}

/** Names the member, never the value: the value may be what must not be written anywhere. */
function invalid(
  kind: string,
  error: { issues: readonly { path: PropertyKey[]; code?: string }[] },
): RecordFault {
  const where = error.issues.map(({ path, code }) => `/${path.map(String).join('/')} ${code ?? ''}`.trim());
  return new RecordFault('entry-invalid', `${kind}: ${where.join('; ')}`);
}

/** Reads an entry back from its bytes. Throws `RecordFault` for bytes no preparer wrote. */
export function readEntry(bytes: Uint8Array): RecordEntry {
  const parsed = parseCanonicalJson(bytes);
  if (!parsed.ok)
    throw new RecordFault('database-inconsistent', `an entry is not canonical JSON: ${parsed.code}`);
  return parsed.value as RecordEntry;
}

/** Whether an entry is an act, with its envelope. */
export const isAct = (entry: RecordEntry): entry is ActEntry => !COMPACT.has(entry.kind);
