/** What the entries show by themselves: malformed ones, contradictions, acts without proof, voids without cover. */
import { formatVerifierKey, type NotePrimitives, type VerifierKey } from '@lianshu/tlog';
import type { Alert, AlertCode } from './alert.ts';
import { judgeExclusions } from './judge-exclusions.ts';
import { type LogFault, placeOf } from './log-fault.ts';
import type { RecordFold } from './record-fold.ts';
import { watchApprovals } from './watch-approvals.ts';

export type RecordWatch = Readonly<{
  primitives: NotePrimitives;
  fold: RecordFold;
  malformed: readonly LogFault[];
  /** Keys whose word an act's proof needs: the registry's. */
  proofKeys: readonly VerifierKey[];
  /** The log's keys that signed the newest checkpoint, and the sizes at which it was looked at. */
  logKeys: readonly VerifierKey[];
  seenSizes: readonly number[];
}>;

const alert = (code: AlertCode, id: string, detail: string, more: Partial<Alert> = {}): Alert => ({
  id: `${code} ${id}`,
  code,
  part: 'record',
  detail,
  ...more,
});

const malformedAlerts = (malformed: readonly LogFault[]): Alert[] =>
  malformed.map((fault) =>
    alert(
      fault.code === 'entry-unknown-kind' ? 'entry-unknown-kind' : 'entry-malformed',
      `${fault.entry}`,
      `${fault.code} ${placeOf(fault)}`,
      fault.entry === undefined ? {} : { entry: fault.entry },
    ),
  );

const anomalyAlerts = (fold: RecordFold): Alert[] =>
  fold.anomalies.map(({ code, entry, caseNumber, about }) =>
    alert(code, `${entry}`, `entry ${entry}${about === undefined ? '' : ` → ${about}`}`, {
      entry,
      ...(caseNumber === undefined ? {} : { case: caseNumber }),
      ...(about === undefined ? {} : { evidence: { about } }),
    }),
  );

const RETIRED: readonly unknown[] = ['replaced', 'compromised', 'destroyed'];

/** A key of the log that the record itself says is retired, signing a tree that grew after that was public. */
function retiredKeys({ fold, logKeys, seenSizes }: RecordWatch): Alert[] {
  return fold.acts.flatMap(({ kind, index, body }) => {
    const name = body?.['publicKey'];
    if (kind !== 'key-event' || !RETIRED.includes(body?.['event']) || typeof name !== 'string') return [];
    const firstSeen = seenSizes.find((size) => size > index);
    const signs = logKeys.some((key) => formatVerifierKey(key) === name.trim());
    if (!signs || firstSeen === undefined || fold.size <= firstSeen) return [];
    const detail = `entry ${index} (${String(body?.['event'])}): ${name.slice(0, 80).replace(/\p{C}/gu, '?')}`;
    return [alert('replaced-key-used', `${index}`, detail, { entry: index })];
  });
}

/** Results and exclusions, with the operator's word for none of them. */
const exclusionAlerts = (watch: RecordWatch): readonly Alert[] =>
  judgeExclusions(watch).map(({ code, about, case: of, entry, grade, evidence }) => {
    const kind = watch.fold.acts.find(({ index }) => index === entry)?.kind;
    const detail = entry === undefined ? `${about}: ${grade ?? ''}` : `entry ${entry} (${kind ?? ''})`;
    return alert(code, about, detail, {
      ...(of === undefined ? {} : { case: of }),
      ...(entry === undefined ? {} : { entry }),
      ...(grade === undefined ? {} : { grade }),
      ...(evidence === undefined ? {} : { evidence }),
    });
  });

/** Everything wrong with the record as read so far. */
export function watchRecord(watch: RecordWatch): readonly Alert[] {
  return [
    ...malformedAlerts(watch.malformed),
    ...anomalyAlerts(watch.fold),
    ...exclusionAlerts(watch),
    ...watchApprovals(watch.fold.acts),
    ...retiredKeys(watch),
  ];
}
