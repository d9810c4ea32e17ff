/** What the entries show by themselves: malformed ones, contradictions, acts without proof, voids without cover. */
import { formatVerifierKey, type NotePrimitives, type VerifierKey } from '@lianshu/tlog';
import { isProven, PROVEN_KINDS, proofText } from './act-proof.ts';
import type { Alert, AlertCode } from './alert.ts';
import { coursesOf } from './case-course.ts';
import { type LogFault, placeOf } from './log-fault.ts';
import type { FoldedAct, RecordFold } from './record-fold.ts';
import type { Act } from './verdict.ts';
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

type JudgedActs = Readonly<{
  /** Proven, each signed text once: the first entry that bears it. */
  proven: readonly FoldedAct[];
  /** Copies: whoever signs another result of the same numbers states another time in it. */
  again: readonly FoldedAct[];
  /** Without the proof they must carry. Of a case only re-told from public reports nothing is demanded. */
  unproven: readonly FoldedAct[];
}>;

function judgeActs({ primitives, fold, proofKeys }: RecordWatch): JudgedActs {
  const retold = new Set(
    coursesOf(fold)
      .filter(({ isOurs }) => !isOurs)
      .map(({ caseNumber }) => caseNumber),
  );
  const texts = new Set<string>();
  const [proven, again, unproven]: [FoldedAct[], FoldedAct[], FoldedAct[]] = [[], [], []];
  for (const act of fold.acts) {
    if (!PROVEN_KINDS.has(act.kind)) continue;
    if (isProven(primitives, act, proofKeys)) {
      // By its text, not its signature lines: those may be left out or changed round.
      const text = proofText(primitives.sha256, act);
      (texts.has(text) ? again : proven).push(act);
      texts.add(text);
    } else if (!retold.has(act.case ?? '')) unproven.push(act);
  }
  return { proven, again, unproven };
}

/** The act whose signatures a check is of. */
const CHECKED: Readonly<Record<string, Act>> = {
  signers: 'joint-signature',
  proposers: 'proposal-signature',
};

/** By ground, how many voids the registry's proven results of one case and act allow; undefined without any. */
function allowedVoids(results: readonly FoldedAct[], group: string): ReadonlyMap<string, number> | undefined {
  const own = results.filter(({ case: of, body }) => `${of}/${CHECKED[String(body?.['of'])]}` === group);
  if (own.length === 0) return undefined;
  const allowed = new Map<string, number>();
  for (const { body } of own) {
    for (const [ground, count] of Object.entries(body?.['excluded'] ?? {})) {
      allowed.set(ground, (allowed.get(ground) ?? 0) + Number(count));
    }
  }
  return allowed;
}

function voidAlerts(fold: RecordFold, results: readonly FoldedAct[]): Alert[] {
  return fold.groups.flatMap((group) => {
    const voids = fold.groundsOf(group);
    const [caseNumber] = group.split('/');
    const where = caseNumber === undefined ? {} : { case: caseNumber };
    const allowed = allowedVoids(results, group);
    if (voids.size === 0) return [];
    if (allowed === undefined) {
      const total = [...voids.values()].reduce((sum, n) => sum + n, 0);
      const evidence = { voids: Object.fromEntries(voids) };
      return [alert('void-without-total', group, `${group}: ${total}`, { ...where, grade: total, evidence })];
    }
    return [...voids]
      .filter(([ground, count]) => count > (allowed.get(ground) ?? 0))
      .map(([ground, count]) => {
        const total = allowed.get(ground) ?? 0;
        const evidence = { ground, voided: count, allowed: total };
        return alert('void-beyond-total', `${group} ${ground}`, `${group} ${ground}: ${count} > ${total}`, {
          ...where,
          grade: count - total,
          evidence,
        });
      });
  });
}

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

/** The registry's results that stand: proven, no copies, and not replaced by a later proven one of the same case. */
function standingResults(proven: readonly FoldedAct[]): readonly FoldedAct[] {
  const results = proven.filter(({ kind }) => kind === 'check-result');
  return results.filter(
    ({ index, case: of }) => !results.some((later) => later.replaces === index && later.case === of),
  );
}

/** Everything wrong with the record as read so far. */
export function watchRecord(watch: RecordWatch): readonly Alert[] {
  const { proven, again, unproven } = judgeActs(watch);
  return [
    ...malformedAlerts(watch.malformed),
    ...anomalyAlerts(watch.fold),
    ...unproven.map((act) =>
      alert('act-without-proof', `${act.index}`, `entry ${act.index} (${act.kind})`, {
        entry: act.index,
        ...(act.case === undefined ? {} : { case: act.case }),
      }),
    ),
    ...again.map((act) =>
      alert('act-repeated', `${act.index}`, `entry ${act.index} (${act.kind})`, {
        entry: act.index,
        ...(act.case === undefined ? {} : { case: act.case }),
      }),
    ),
    ...voidAlerts(watch.fold, standingResults(proven)),
    ...watchApprovals(watch.fold.acts),
    ...retiredKeys(watch),
  ];
}
