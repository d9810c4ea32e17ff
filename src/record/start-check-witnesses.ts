/** Every witness of the policy, against the database. A witness is the one memory that no restore takes back. */
import { openWitnessedCheckpoint, quorumOf, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { witnessIdOf } from './cosigning-store.ts';
import type { JournalLine } from './journal.ts';
import { type Finding, shown } from './start-check-finding.ts';
import { standingOf } from './start-check-journal.ts';
import type { StoredTree } from './start-check-tree.ts';
import {
  askToCosign,
  type NewestAnswer,
  newestOf,
  WITNESS_DEADLINE_MS,
  type WitnessEndpoint,
} from './witness-client.ts';
import { asksForWitnesses, type WitnessPolicy } from './witnessing-policy.ts';

/** Asks one witness for its newest checkpoint of the log; never throws, and answers within seconds. */
export type AskWitness = (
  witness: WitnessEndpoint,
  log: Readonly<{ origin: string; logKeys: readonly VerifierKey[] }>,
) => Promise<NewestAnswer>;

/** Over HTTP (c2sp.org/tlog-witness). */
export const askWitnessByHttp: AskWitness = (witness, log) => newestOf(witness, log);

/** Shows a log that nobody ever cosigned to a witness that does not know it; never throws, and ends within seconds. */
export type IntroduceLog = (
  witness: WitnessEndpoint,
  head: Readonly<{ size: number; checkpoint: string }>,
) => Promise<void>;

/** Over HTTP: the checkpoint as a first one, which a witness that remembers another refuses. */
export const introduceByHttp =
  (nowMs: () => number): IntroduceLog =>
  async (witness, head) => {
    const signal = AbortSignal.timeout(WITNESS_DEADLINE_MS);
    await askToCosign(witness, { ...head, oldSize: 0, proofFrom: async () => [], nowMs, signal });
  };

/** The witnesses this log is bound to, if any, and whether it may run without: false unless told. */
export type AskedWitnesses =
  | Readonly<{ policy: WitnessPolicy; ask: AskWitness; introduce?: IntroduceLog; mayRunWithout?: boolean }>
  | Readonly<{ policy: undefined; mayRunWithout: boolean }>;

/** What one witness said. */
export type WitnessEvidence = Readonly<{ witness: WitnessEndpoint; answer: NewestAnswer }>;

/** Asks all at once; read before the database, so that none can have run ahead meanwhile. */
export function askAll(
  witnessing: AskedWitnesses,
  log: Readonly<{ origin: string; logKeys: readonly VerifierKey[] }>,
): Promise<readonly WitnessEvidence[]> {
  if (witnessing.policy === undefined) return Promise.resolve([]);
  const { policy, ask } = witnessing;
  return Promise.all(policy.endpoints.map(async (witness) => ({ witness, answer: await ask(witness, log) })));
}

/** What is known of the witnesses here, and what a person stated. */
export type KnownOfWitnesses = Readonly<{
  /** The public checkpoint's note, if there is one. */
  published: string | undefined;
  /** What the database knows each key to have cosigned; see `cosignedSizes`. */
  cosigned: ReadonlyMap<string, number>;
  /** See `StartCheck.adoptWithoutJournal`. */
  mayAdopt: boolean;
}>;

/**
 * The findings of all witnesses and of the quorum. What counts at a start is memory: a witness that knows nothing of
 * a log that has entries says nothing about what was lost, and counts only where a person vouches for that (ADR 0032).
 */
export async function checkWitnesses(
  tree: StoredTree,
  witnessing: AskedWitnesses,
  evidence: readonly WitnessEvidence[],
  known: KnownOfWitnesses,
): Promise<readonly Finding[]> {
  if (witnessing.policy === undefined) {
    const severity = witnessing.mayRunWithout ? 'warn' : 'refuse';
    return [{ code: 'no-witnesses', severity, where: 'LIANSHU_WITNESS_POLICY' }];
  }
  const { policy } = witnessing.policy;
  const isAsked = asksForWitnesses(witnessing.policy);
  const severity = witnessing.mayRunWithout === true ? 'warn' : 'refuse';
  const findings: Finding[] = isAsked
    ? []
    : [{ code: 'no-quorum', severity, where: 'LIANSHU_WITNESS_POLICY' }];
  const cosigned = cosignersOf(witnessing.policy, known.published);
  const counting: VerifierKey[] = [];
  for (const { witness, answer } of evidence) {
    const once = Math.max(
      witness.keys.some((key) => cosigned.keys.includes(key)) ? cosigned.size : 0,
      ...witness.keys.map((key) => known.cosigned.get(witnessIdOf(key)) ?? 0),
    );
    const judged = await judge(tree, witness, answer, { once, mayAdopt: known.mayAdopt });
    findings.push(judged.finding);
    counting.push(...judged.counts);
  }
  const quorum = quorumOf(policy, counting);
  const facts = { answered: quorum.cosigned.length, witnesses: policy.witnesses.length };
  const where = policy.quorum;
  if (!isAsked) return findings;
  if (quorum.reached) return [...findings, { code: 'quorum-ok', severity: 'ok', where, facts }];
  const missing = { ...facts, missing: quorum.missing.join(', ') };
  return [...findings, { code: 'quorum-missing', severity: 'read-only', where, facts: missing }];
}

type Judged = Readonly<{ finding: Finding; counts: readonly VerifierKey[] }>;

/** `once`: the size this witness is known to have cosigned; `mayAdopt`: whether one without memory counts. */
async function judge(
  tree: StoredTree,
  { url, keys }: WitnessEndpoint,
  answer: NewestAnswer,
  { once, mayAdopt }: Readonly<{ once: number; mayAdopt: boolean }>,
): Promise<Judged> {
  const ours = { size: tree.size };
  const silent = (cause: string): Judged => ({
    finding: { code: 'witness-silent', severity: 'warn', where: url, facts: { cause } },
    counts: [],
  });
  const forgot = (knows: number): Judged => ({
    finding: {
      code: 'witness-forgot',
      severity: 'warn',
      where: url,
      ours: { size: once },
      theirs: { size: knows },
    },
    counts: [],
  });
  if (answer.state === 'none') {
    if (once > 0) return forgot(0);
    if (tree.size === 0)
      return { finding: { code: 'witness-new', severity: 'ok', where: url, ours }, counts: keys };
    const code = mayAdopt ? 'witness-adopted' : 'witness-new';
    return { finding: { code, severity: 'warn', where: url, ours }, counts: mayAdopt ? keys : [] };
  }
  if (answer.state !== 'found') return silent(answer.state);
  // The log's own signature is on it: whether the witness vouches for it or not, we said this once.
  const known: JournalLine = answer.checkpoint;
  const standing = await standingOf(tree, known);
  if (standing.stands !== 'prefix') {
    const code = standing.stands === 'ahead' ? 'witness-ahead' : 'witness-differs';
    const { ours: here, theirs } = standing;
    return { finding: { code, severity: 'refuse', where: url, ours: here, theirs }, counts: [] };
  }
  if (answer.cosignedBy.length === 0) return silent('not-cosigned');
  if (known.size < once) return forgot(known.size);
  return {
    finding: { code: 'witness-ok', severity: 'ok', where: url, theirs: shown(known) },
    counts: answer.cosignedBy,
  };
}

/** Whether no witness of the policy is known to have cosigned this log: then none can remember anything of it. */
export const isUncosigned = (
  witnessing: AskedWitnesses,
  known: Pick<KnownOfWitnesses, 'published' | 'cosigned'>,
): boolean =>
  witnessing.policy !== undefined &&
  known.cosigned.size === 0 &&
  cosignersOf(witnessing.policy, known.published).keys.length === 0;

/** Which keys of the policy are known to have cosigned what is public, and at which size. */
function cosignersOf(
  { policy }: WitnessPolicy,
  published: string | undefined,
): Readonly<{ size: number; keys: readonly VerifierKey[] }> {
  const opened =
    published === undefined ? undefined : openWitnessedCheckpoint(nodeNotePrimitives, published, policy);
  if (opened?.ok !== true) return { size: 0, keys: [] };
  return { size: opened.checkpoint.size, keys: opened.cosigned.map(({ key }) => key) };
}
