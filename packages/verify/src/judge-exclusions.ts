/**
 * Who may be excluded: a `void` counts as covered only when it names a result that the registry signed, of the same
 * case, on a ground and about an entry that the registry signed too. Everything else is the operator's own doing. And a
 * result must be of everybody who stood: whoever was not sent to the registry was not checked.
 */
import { type JsonValue, utf8 } from '@lianshu/statement';
import type { NotePrimitives, VerifierKey } from '@lianshu/tlog';
import { isProven, PROVEN_KINDS, proofText, signedName } from './act-proof.ts';
import { coursesOf } from './case-course.ts';
import type { FoldedAct, RecordFold, VoidFact } from './record-fold.ts';
import { countedBefore, groupsOf } from './result-groups.ts';

export type ExclusionCode =
  | 'act-without-proof'
  | 'act-repeated'
  | 'result-not-of-all'
  | 'void-without-total'
  | 'void-beyond-total'
  | 'void-not-as-signed'
  | 'void-missing';

/** One thing that is wrong; `about` is an entry, a `<case>/<act>`, or that with a ground or a result's entry. */
export type ExclusionFault = Readonly<{
  code: ExclusionCode;
  about: string;
  case?: string;
  entry?: number;
  /** How many exclusions it is about. */
  grade?: number;
  evidence?: Readonly<Record<string, JsonValue>>;
}>;

export type ExclusionQuestion = Readonly<{
  primitives: NotePrimitives;
  fold: RecordFold;
  /** The registry's. */
  proofKeys: readonly VerifierKey[];
}>;

type JudgedActs = Readonly<{
  /** Proven, each signed text once: the first entry that bears it. */
  proven: readonly FoldedAct[];
  /** Copies: the registry names another batch in each result. */
  again: readonly FoldedAct[];
  /** Without the proof they must carry. Of a case only re-told from public reports nothing is demanded. */
  unproven: readonly FoldedAct[];
}>;

function judgeActs({ primitives, fold, proofKeys }: ExclusionQuestion): JudgedActs {
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

/** The registry's results that stand: proven, no copies, and not replaced by a later proven one of the same case. */
function standingResults(proven: readonly FoldedAct[]): readonly FoldedAct[] {
  const results = proven.filter(({ kind }) => kind === 'check-result');
  return results.filter(
    ({ index, case: of }) => !results.some((later) => later.replaces === index && later.case === of),
  );
}

const tally = (voids: readonly VoidFact[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { ground } of voids) counts.set(ground, (counts.get(ground) ?? 0) + 1);
  return counts;
};

type Counts = Readonly<Record<string, unknown>>;

type Electronic = Readonly<{ received: number; excluded: Counts; voids: string }>;

/** A result that names entries, and the exclusions that name it. */
type Cited = Readonly<{ electronic: Electronic; voids: VoidFact[] }>;

/** What the registry signed of the electronic entries: how many it judged, whom it deletes. */
const electronicOf = ({ body }: FoldedAct): Electronic | undefined =>
  body?.['electronic'] as Electronic | undefined;

/** A result that is not of everybody who stood. */
function judgeReach(fold: RecordFold, result: FoldedAct): readonly ExclusionFault[] {
  const counted = countedBefore(fold, result);
  const received = electronicOf(result)?.received ?? 0;
  return received === counted
    ? []
    : [{ ...ofAct('result-not-of-all', result), evidence: { received, counted } }];
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What one result allows, against the exclusions that name it. A total alone, paper in it, names no entry: none. */
function judgeCited(
  { primitives, fold }: ExclusionQuestion,
  result: FoldedAct,
  group: string,
  { electronic, voids }: Cited,
): readonly ExclusionFault[] {
  const [caseNumber = ''] = group.split('/');
  const { excluded: allowed } = electronic;
  const beyond = [...tally(voids)].flatMap(([ground, voided]): ExclusionFault[] => {
    const most = Object.hasOwn(allowed, ground) ? Number(allowed[ground]) : 0;
    if (voided <= most) return [];
    const evidence = { ground, voided, allowed: most, result: result.index };
    return [
      {
        code: 'void-beyond-total',
        about: `${group} ${ground}`,
        case: caseNumber,
        grade: voided - most,
        evidence,
      },
    ];
  });
  if (beyond.length > 0) return beyond;
  const total = Object.values(allowed).reduce<number>((sum, n) => sum + Number(n), 0);
  const about = `${group} → ${result.index}`;
  if (voids.length < total) {
    // A round may end between a result and its exclusions; two days do not.
    const days = fold.acts.filter(({ kind, index }) => kind === 'day' && index > result.index).length;
    const evidence = { voided: voids.length, signed: total };
    return days < 2
      ? []
      : [{ code: 'void-missing', about, case: caseNumber, grade: total - voids.length, evidence }];
  }
  const lines = [...voids]
    .sort((a, b) => a.index - b.index)
    .map(({ index, ground }) => `${index} ${ground}\n`);
  const digest = hex(primitives.sha256(utf8(lines.join(''))));
  if (digest === electronic.voids) return [];
  const evidence = { digest, signed: electronic.voids };
  return [{ code: 'void-not-as-signed', about, case: caseNumber, grade: voids.length, evidence }];
}

function judgeVoids(question: ExclusionQuestion, results: readonly FoldedAct[]): readonly ExclusionFault[] {
  const { fold, primitives } = question;
  const named = new Map(results.map((result) => [signedName(primitives.sha256, result), result]));
  return fold.groups.flatMap((group) => {
    const voids = fold.voidsOf(group);
    const cited = new Map<FoldedAct, Cited>(
      results.flatMap((result) => {
        const electronic = electronicOf(result);
        const isCover = electronic !== undefined && groupsOf(fold, result).includes(group);
        return isCover ? [[result, { electronic, voids: [] }] as const] : [];
      }),
    );
    const bare: VoidFact[] = [];
    for (const one of voids) {
      const result = one.result === undefined ? undefined : named.get(one.result);
      const own = result && cited.get(result);
      (own?.voids ?? bare).push(one);
    }
    const [caseNumber = ''] = group.split('/');
    const uncovered: readonly ExclusionFault[] =
      bare.length === 0
        ? []
        : [
            {
              code: 'void-without-total',
              about: group,
              case: caseNumber,
              grade: bare.length,
              evidence: { voids: Object.fromEntries(tally(bare)) },
            },
          ];
    return [...uncovered, ...[...cited].flatMap(([result, own]) => judgeCited(question, result, group, own))];
  });
}

const ofAct = (code: ExclusionCode, act: FoldedAct): ExclusionFault => ({
  code,
  about: `${act.index}`,
  entry: act.index,
  ...(act.case === undefined ? {} : { case: act.case }),
});

/** Everything wrong with results and exclusions as read so far. */
export function judgeExclusions(question: ExclusionQuestion): readonly ExclusionFault[] {
  const { proven, again, unproven } = judgeActs(question);
  const results = standingResults(proven);
  return [
    ...unproven.map((act) => ofAct('act-without-proof', act)),
    ...again.map((act) => ofAct('act-repeated', act)),
    ...results.flatMap((result) => judgeReach(question.fold, result)),
    ...judgeVoids(question, results),
  ];
}
