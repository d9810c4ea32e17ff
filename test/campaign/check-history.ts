/**
 * 歷程檢查: judges a history. Pure: the same history gives the same verdict. It trusts nothing but what clients
 * were told, what strangers saw and the bytes of the final log, and shares no counting with the server.
 */
import type { Answer, History, SentEnvelope } from './history.ts';
import { type LoggedEntry, numbersAt, readLogged, rootsOf } from './log-replay.ts';

/** What can be wrong with a run. */
export type ViolationCode =
  | 'acknowledged-lost' // told as taken, and not in the final log
  | 'logged-twice' // a commitment has two entries
  | 'logged-elsewhere' // told one index, and logged under another
  | 'nobody-sent' // an entry that no client and no act of this run caused
  | 'entry-differs' // an entry of a sent commitment with another case or tag
  | 'person-counted-twice'
  | 'refused-and-counted' // last told as refused for good, and counted
  | 'settled-wrongly' // settles what is not held, or a second time
  | 'never-settled' // held in a log whose house says that nothing waits any more
  | 'count-differs' // a displayed number is not the fold at its checkpoint
  | 'count-of-no-checkpoint' // a displayed count names a size and root nobody published
  | 'forked' // a checkpoint seen is no prefix of the final log, or two of one size differ
  | 'went-back' // the public checkpoint became smaller
  | 'final-torn'; // the final entries do not give the final root

/** One finding, with what it is about. */
export type Violation = Readonly<{ code: ViolationCode; about: string }>;

/** The judgement. Late promises are listed: an outage may break one, and then it is evidence. */
export type Verdict = Readonly<{
  violations: readonly Violation[];
  latePromises: readonly string[];
}>;

/** Judges everything; see {@link ViolationCode}. */
export function checkHistory(history: History): Verdict {
  const entries = history.final.entries.map(readLogged);
  const violations = [
    ...checkAcknowledged(history.answers, entries),
    ...checkEntries(history, entries),
    ...checkPersons(history.envelopes, entries),
    ...checkRefusals(history.answers, entries),
    ...checkCheckpoints(history),
    ...checkCounts(history, entries),
  ];
  return { violations, latePromises: latePromises(history, entries) };
}

/** Index of each commitment's first entry. */
const indexesOf = (entries: readonly LoggedEntry[]): ReadonlyMap<string, number> =>
  new Map(
    entries
      .map(({ commitment }, index) => [commitment, index] as const)
      .filter((pair): pair is readonly [string, number] => pair[0] !== undefined)
      .reverse(),
  );

function* checkAcknowledged(
  answers: readonly Answer[],
  entries: readonly LoggedEntry[],
): Generator<Violation> {
  const indexes = indexesOf(entries);
  for (const { commitment, told } of answers) {
    if (told.kind === 'refused') continue;
    const index = indexes.get(commitment);
    if (index === undefined) yield { code: 'acknowledged-lost', about: commitment };
    else if (told.kind === 'included' && told.index !== index && !isSettling(entries, told.index, index))
      yield { code: 'logged-elsewhere', about: `${commitment}: told ${told.index}, logged at ${index}` };
  }
}

/** A held signature's receipt may prove the entry that settled it. */
const isSettling = (entries: readonly LoggedEntry[], told: number, held: number): boolean =>
  entries[told]?.kind === 'settled' && entries[told].index === held;

function* checkEntries(history: History, entries: readonly LoggedEntry[]): Generator<Violation> {
  const sent = new Map(history.envelopes.map((one) => [one.commitment, one]));
  const seen = new Set<string>();
  const open = new Map<number, SentEnvelope>();
  for (const [index, entry] of entries.entries()) {
    const about = `entry ${index} (${entry.kind})`;
    if (entry.kind === 'joint-signature' || entry.kind === 'held') {
      const envelope = sent.get(entry.commitment ?? '');
      if (envelope === undefined) yield { code: 'nobody-sent', about };
      else if (entry.case !== envelope.caseNumber || !bearsItsTag(entry, envelope))
        yield { code: 'entry-differs', about };
      if (entry.commitment !== undefined && seen.has(entry.commitment)) yield { code: 'logged-twice', about };
      seen.add(entry.commitment ?? '');
      if (entry.kind === 'held' && envelope) open.set(index, envelope);
    } else if (entry.kind === 'settled') {
      const held = open.get(entry.index ?? -1);
      open.delete(entry.index ?? -1);
      if (held === undefined || held.caseNumber !== entry.case) yield { code: 'settled-wrongly', about };
      else if (entry.outcome === 'counted' && !held.tags.includes(entry.tag ?? ''))
        yield { code: 'entry-differs', about };
    } else if (!history.actKinds.includes(entry.kind)) yield { code: 'nobody-sent', about };
  }
  for (const [index, { commitment }] of open)
    yield { code: 'never-settled', about: `entry ${index}: ${commitment}` };
}

const bearsItsTag = (entry: LoggedEntry, { tags }: SentEnvelope): boolean =>
  entry.kind === 'held' ? entry.tag === undefined : tags.includes(entry.tag ?? '');

/** Commitments that count, each with its case: signed, or settled as counted; voids are none of this. */
function countedCommitments(entries: readonly LoggedEntry[]): readonly string[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'joint-signature') return entry.commitment ?? [];
    if (entry.kind !== 'settled' || entry.outcome !== 'counted') return [];
    return entries[entry.index ?? -1]?.commitment ?? [];
  });
}

function* checkPersons(
  envelopes: readonly SentEnvelope[],
  entries: readonly LoggedEntry[],
): Generator<Violation> {
  const sent = new Map(envelopes.map((one) => [one.commitment, one]));
  const counted = new Map<string, string>();
  for (const commitment of countedCommitments(entries)) {
    const one = sent.get(commitment);
    if (one === undefined) continue;
    const key = `person ${one.person} in ${one.caseNumber}`;
    const other = counted.get(key);
    if (other !== undefined)
      yield { code: 'person-counted-twice', about: `${key}: ${other} and ${commitment}` };
    counted.set(key, commitment);
  }
}

function* checkRefusals(answers: readonly Answer[], entries: readonly LoggedEntry[]): Generator<Violation> {
  const last = new Map(answers.map((answer) => [answer.commitment, answer.told]));
  const counted = new Set(countedCommitments(entries));
  for (const [commitment, told] of last)
    if (told.kind === 'refused' && counted.has(commitment))
      yield { code: 'refused-and-counted', about: `${commitment}: ${told.code}` };
}

function* checkCheckpoints({ checkpoints, final }: History): Generator<Violation> {
  const rootAt = rootsOf(final.entries);
  if (final.entries.length !== final.size || rootAt(final.size) !== final.root)
    yield { code: 'final-torn', about: `size ${final.size}, ${final.entries.length} entries` };
  const roots = new Map<number, string>();
  const newest = { public: 0, witnessed: 0, receipt: 0 };
  for (const { size, root, from, atMs } of checkpoints) {
    const about = `size ${size} root ${root.slice(0, 16)} (${from}, ${atMs})`;
    if ((roots.get(size) ?? root) !== root || rootAt(size) !== root) yield { code: 'forked', about };
    roots.set(size, root);
    if (from === 'receipt') continue;
    if (size < newest[from]) yield { code: 'went-back', about: `${about}, after ${newest[from]}` };
    newest[from] = Math.max(newest[from], size);
  }
}

function* checkCounts({ counts, final }: History, entries: readonly LoggedEntry[]): Generator<Violation> {
  const rootAt = rootsOf(final.entries);
  for (const { caseNumber, size, root, numbers, where } of counts) {
    const about = `${where} of ${caseNumber} at ${size}`;
    if (rootAt(size) !== root) yield { code: 'count-of-no-checkpoint', about };
    const recounted = numbersAt(entries, caseNumber, size);
    for (const [name, shown] of Object.entries(numbers)) {
      const right = recounted[name as keyof typeof recounted];
      if (shown !== right)
        yield { code: 'count-differs', about: `${about}: ${name} ${shown}, recounted ${right}` };
    }
  }
}

/** Promises whose commitment was in no public checkpoint seen by their time. */
function latePromises({ answers, checkpoints }: History, entries: readonly LoggedEntry[]): string[] {
  const indexes = indexesOf(entries);
  const published = checkpoints.filter(({ from }) => from === 'public');
  const isKept = (commitment: string, byMs: number): boolean => {
    const index = indexes.get(commitment) ?? Number.POSITIVE_INFINITY;
    return published.some(({ size, atMs }) => size > index && atMs <= byMs);
  };
  const late = answers.flatMap(({ commitment, told }) =>
    told.kind === 'promised' && !isKept(commitment, told.publishByMs) ? [commitment] : [],
  );
  return [...new Set(late)];
}
