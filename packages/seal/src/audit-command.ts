import { AUDIT_CODES, type AuditCode, type AuditResult, audit } from './audit.ts';
import { type LoggedCase, type ReadLogFile, readLoggedCase } from './audit-log.ts';
import { parseIdentityFile } from './case-key.ts';
import type { Lines } from './open-export.ts';
import { SealError } from './seal-error.ts';

/** Where everything of an audit lies. */
export interface AuditFiles {
  readonly evidence: string;
  readonly roster: string;
  readonly identity: string;
  readonly tagKey: string;
  readonly log: string;
  readonly keys: string;
  readonly out?: string;
}

/** What the audit touches of the outside. */
export interface AuditIo {
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  readLines(path: string): AsyncIterable<string> & Lines;
  write(path: string, content: string): Promise<void>;
  print(text: string): void;
  complain(text: string): void;
}

export const AUDIT_HELP = `  lianshu-open audit EVIDENCE ROSTER --identity KEY --tag-key TAGKEY --log DIR --keys KEYS [--out FILE] [--json]
      Opens both exports of a case or draft completely and holds them against the published log: no person counted twice, every
      commitment and tag recomputed, roster and evidence of one person, no entry without evidence. Prints totals only.
      Card signatures are not verified here: see "evidence" and openssl.
      TAGKEY is the case's 32-byte tag key, DIR a copy of the log (lianshu-verify mirror) made AFTER the exports,
      KEYS the log's verifier keys. --out writes which entries are concerned: together they can name people.
`;

const CASE_HEADER = /^\{"act":"(joint-signature|proposal-signature)","case":"([1-9][0-9]{3,5}|D[0-9]{5})"/;

/** Meaning of each code, in both languages. */
const WORDS: Readonly<Record<AuditCode, readonly [string, string]>> = {
  'person-twice': ['同一人計入兩次以上', 'one person is counted more than once'],
  'evidence-twice': ['同一份電子簽章用於兩件', 'one electronic signature stands behind two entries'],
  'entry-missing': ['封存了卻不在公卷中', 'sealed, but not in the log'],
  'evidence-missing': ['公卷計入而沒有封存的證據', 'counted in the log without sealed evidence'],
  'commitment-differs': ['重算的承諾不是公卷的承諾', 'the recomputed commitment is not the log’s'],
  'statement-differs': [
    '簽署的連署書或提案書不是這一案或不是本人',
    'the signed statement is of another case, draft or person',
  ],
  'tag-differs': ['重算的重複連署防制標籤與公卷不符', 'the recomputed tag is not the log’s'],
  'roster-other-person': ['名冊與證據不是同一人', 'roster and evidence name different persons'],
  'roster-missing': ['有證據而名冊沒有', 'in the evidence, not in the roster'],
  'roster-surplus': ['名冊有而沒有證據', 'in the roster, not in the evidence'],
  'record-unreadable': ['封存後被更動、搬移或換過', 'changed, moved or exchanged after it was sealed'],
  'record-malformed': ['開啟後不合格式', 'opened, and not of its format'],
};

/** The result, or a throw of {@link SealError} where nothing can be said. True when all agrees. */
export async function runAudit(files: AuditFiles, io: AuditIo, asJson: boolean): Promise<boolean> {
  const subject = await subjectOf(io.readLines(files.evidence));
  const identities = parseIdentityFile(await io.readText(files.identity));
  const tagKey = await io.readBytes(files.tagKey);
  if (tagKey.length !== 32) throw new SealError('tag-key-malformed');
  const readLog: ReadLogFile = async (path) => {
    try {
      return await io.readBytes(`${files.log}/${path}`);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
  const logged = await readLoggedCase(readLog, await io.readText(files.keys), subject);
  const result = await audit({
    ...subject,
    evidence: () => io.readLines(files.evidence),
    roster: () => io.readLines(files.roster),
    identities,
    tagKey,
    logged,
    progress: (opened) => opened % 10_000 === 0 && io.complain(`${opened} opened …\n`),
  });
  if (files.out !== undefined)
    await io.write(files.out, result.findings.map((found) => `${JSON.stringify(found)}\n`).join(''));
  io.print(
    asJson ? `${JSON.stringify(facts(result, logged, subject.caseNumber))}\n` : report(result, logged),
  );
  return result.findings.length === 0;
}

type Subject = Readonly<{ caseNumber: string; act: 'joint-signature' | 'proposal-signature' }>;

/** Case and act out of an export's first line. */
async function subjectOf(lines: Lines): Promise<Subject> {
  for await (const line of lines) {
    const [, act, caseNumber] = CASE_HEADER.exec(line) ?? [];
    if (caseNumber === undefined) break;
    return { caseNumber, act: act === 'joint-signature' ? act : 'proposal-signature' };
  }
  throw new SealError('export-malformed');
}

const countsOf = ({ findings }: AuditResult): readonly (readonly [AuditCode, number])[] =>
  AUDIT_CODES.map((code) => [code, findings.filter((found) => found.code === code).length] as const).filter(
    ([, n]) => n > 0,
  );

const facts = (result: AuditResult, { origin, size, root, waiting }: LoggedCase, caseNumber: string) => ({
  outcome: result.findings.length === 0 ? 'agrees' : 'differs',
  case: caseNumber,
  log: { origin, size, root },
  ...result.totals,
  waiting,
  findings: Object.fromEntries(countsOf(result)),
});

function report(result: AuditResult, { origin, size, root, waiting }: LoggedCase): string {
  const { counted, voided, evidence, roster, persons } = result.totals;
  const found = countsOf(result);
  return [
    found.length === 0
      ? '✔ 相符：封存名冊與公卷一致，沒有人重複計入 · Agrees: roll and log are one, nobody is counted twice\n'
      : '✘ 不符 · Differs\n',
    ...found.map(([code, n]) => `  ${code}: ${n} · ${WORDS[code][0]} · ${WORDS[code][1]}\n`),
    `  公卷 log        ${origin} · ${size} · ${root}\n`,
    `  計入 counted    ${counted}（作廢 voided ${voided}，待確認 held ${waiting}）\n`,
    `  證據 evidence   ${evidence}\n  名冊 roster     ${roster}\n  人 persons      ${persons}\n`,
  ].join('');
}
