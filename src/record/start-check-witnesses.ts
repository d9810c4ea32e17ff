/** Every witness of the policy, against the database. A witness is the one memory that no restore takes back. */
import { openWitnessedCheckpoint, quorumOf, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import type { JournalLine } from './journal.ts';
import { type Finding, shown } from './start-check-finding.ts';
import { standingOf } from './start-check-journal.ts';
import type { StoredTree } from './start-check-tree.ts';
import { type NewestAnswer, newestOf, type WitnessEndpoint } from './witness-client.ts';
import type { WitnessPolicy } from './witnessing-policy.ts';

/** Asks one witness for its newest checkpoint of the log; never throws, and answers within seconds. */
export type AskWitness = (
  witness: WitnessEndpoint,
  log: Readonly<{ origin: string; logKeys: readonly VerifierKey[] }>,
) => Promise<NewestAnswer>;

/** Over HTTP (c2sp.org/tlog-witness). */
export const askWitnessByHttp: AskWitness = (witness, log) => newestOf(witness, log);

/** The witnesses this log is bound to, or whether it may run with none. */
export type AskedWitnesses =
  | Readonly<{ policy: WitnessPolicy; ask: AskWitness }>
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

/** The findings of all witnesses and of the quorum. `published` is the public checkpoint's note, if there is one. */
export async function checkWitnesses(
  tree: StoredTree,
  witnessing: AskedWitnesses,
  evidence: readonly WitnessEvidence[],
  published: string | undefined,
): Promise<readonly Finding[]> {
  if (witnessing.policy === undefined) {
    const severity = witnessing.mayRunWithout ? 'warn' : 'refuse';
    return [{ code: 'no-witnesses', severity, where: 'LIANSHU_WITNESS_POLICY' }];
  }
  const { policy } = witnessing.policy;
  const cosigned = cosignersOf(witnessing.policy, published);
  const findings: Finding[] = [];
  const counting: VerifierKey[] = [];
  for (const { witness, answer } of evidence) {
    const once = witness.keys.some((key) => cosigned.keys.includes(key)) ? cosigned.size : 0;
    const judged = await judge(tree, witness, answer, once);
    findings.push(judged.finding);
    counting.push(...judged.counts);
  }
  const quorum = quorumOf(policy, counting);
  const facts = { answered: quorum.cosigned.length, witnesses: policy.witnesses.length };
  const where = policy.quorum;
  if (quorum.reached) return [...findings, { code: 'quorum-ok', severity: 'ok', where, facts }];
  const missing = { ...facts, missing: quorum.missing.join(', ') };
  return [...findings, { code: 'quorum-missing', severity: 'read-only', where, facts: missing }];
}

type Judged = Readonly<{ finding: Finding; counts: readonly VerifierKey[] }>;

/** `once`: the size this witness is known to have cosigned. */
async function judge(
  tree: StoredTree,
  { url, keys }: WitnessEndpoint,
  answer: NewestAnswer,
  once: number,
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
    const severity = tree.size === 0 ? 'ok' : 'warn';
    return { finding: { code: 'witness-new', severity, where: url, ours }, counts: keys };
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
