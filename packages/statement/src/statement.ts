import { utf8 } from './encoding.ts';
import * as field from './statement-field.ts';

/** Longest statement in bytes: its base64 fits the 1,024 characters of TW FidO (identity.md §1). */
export const MAX_STATEMENT_BYTES = 768;

/** What a statement is for. Each kind begins with bytes no other kind begins with. */
export type StatementKind = 'joint-signature' | 'proposal' | 'login' | 'own-signature-question' | 'affidavit';

const FIRST_LINES: Readonly<Record<StatementKind, string>> = {
  'joint-signature': '全國性公民投票案電子連署書\n規格：LIANSHU-TBS/1\n',
  proposal: '全國性公民投票案電子提案書\n規格：LIANSHU-PROPOSAL/1\n',
  login: 'LIANSHU-LOGIN/1\n',
  'own-signature-question': '本人簽署紀錄查詢書\n規格：LIANSHU-QUERY/1\n',
  affidavit: '使用電子連署系統切結書\n規格：LIANSHU-AFFIDAVIT/1\n',
};

/** When a statement was issued and under which server nonce (22 characters, 128 bits). */
type Issued = Readonly<{ signedAt: string; transaction: string }>;

type Petition = Issued & Readonly<{ mainText: string; textDigest: string; signerCommitment: string }>;

/** Everything in a joint-signature statement: case number 案號 and the hex SHA-256 of the published text file. */
export type JointSignatureFields = Petition & Readonly<{ caseNumber: string }>;

/** Everything in an electronic proposal's statement; a draft has no case number yet. */
export type ProposalFields = Petition & Readonly<{ draftId: string }>;

/** A sign-in challenge for one site (host name as in the address bar). */
export type LoginFields = Issued & Readonly<{ site: string }>;

/** A person's question whether something was signed in their own name. */
export type OwnSignatureQuestionFields = Issued & Readonly<{ caseNumber: string; signerCommitment: string }>;

/** The lead proposer's affidavit: the case, and the hex SHA-256 of the full text shown beside it. */
export type AffidavitFields = Issued & Readonly<{ caseNumber: string; textDigest: string }>;

function finish(kind: StatementKind, lines: readonly string[]): Uint8Array {
  const bytes = utf8(`${FIRST_LINES[kind]}${lines.join('\n')}\n`);
  if (bytes.length > MAX_STATEMENT_BYTES) throw new field.StatementFault('statement-too-long');
  return bytes;
}

const issued = (fields: Issued): readonly string[] => [
  `簽署時間：${field.taipeiTime(fields.signedAt)}`,
  `交易序號：${field.transaction(fields.transaction)}`,
];

const text = (fields: Petition): readonly string[] => [
  `主文：${field.mainText(fields.mainText)}`,
  `提案全文SHA256：${field.textDigest(fields.textDigest)}`,
];

/**
 * 連署書 `LIANSHU-TBS/1` (identity.md §9): nine lines of UTF-8 that a judge reads without software, and that the
 * card signs. The same fields always give the same bytes; what was signed is compared with them byte for byte.
 * Throws {@link StatementFault} with a code for a field that has no place in a statement.
 */
export function renderJointSignatureStatement(fields: JointSignatureFields): Uint8Array {
  return finish('joint-signature', [
    `案號：${field.caseNumber(fields.caseNumber)}`,
    ...text(fields),
    `連署人承諾：${field.commitment(fields.signerCommitment)}`,
    '聲明：本人已閱覽本案主文及理由書，同意連署。',
    ...issued(fields),
  ]);
}

/** 電子提案書 `LIANSHU-PROPOSAL/1`: the proposer's statement on a draft. Otherwise as the joint signature's. */
export function renderProposalStatement(fields: ProposalFields): Uint8Array {
  return finish('proposal', [
    `草案編號：${field.draftId(fields.draftId)}`,
    ...text(fields),
    `提案人承諾：${field.commitment(fields.signerCommitment)}`,
    '聲明：本人已閱覽本案主文及理由書，同意提案。',
    ...issued(fields),
  ]);
}

/** `LIANSHU-LOGIN/1`: what a card signs to sign in. It supports nothing and says so. */
export function renderLoginStatement(fields: LoginFields): Uint8Array {
  return finish('login', [
    `網站：${field.site(fields.site)}`,
    '聲明：本人登入上列網站；本件不是提案書，也不是連署書。',
    ...issued(fields),
  ]);
}

/** `LIANSHU-QUERY/1`: what a card signs to ask about one's own signature. It supports nothing and says so. */
export function renderOwnSignatureQuestion(fields: OwnSignatureQuestionFields): Uint8Array {
  return finish('own-signature-question', [
    `案號：${field.caseNumber(fields.caseNumber)}`,
    `查詢人承諾：${field.commitment(fields.signerCommitment)}`,
    '聲明：本人查詢自己的簽署紀錄；本件不是提案書，也不是連署書。',
    ...issued(fields),
  ]);
}

/**
 * `LIANSHU-AFFIDAVIT/1`: what the lead proposer's card signs to use the electronic system (電子連署及查對作業辦法 §4). It
 * supports nothing and says so.
 */
export function renderAffidavitStatement(fields: AffidavitFields): Uint8Array {
  return finish('affidavit', [
    `案號：${field.caseNumber(fields.caseNumber)}`,
    `切結書全文SHA256：${field.textDigest(fields.textDigest)}`,
    '聲明：本人為本案提案人之領銜人，已閱覽切結書全文並切結遵守；本件不是提案書，也不是連署書。',
    ...issued(fields),
  ]);
}

/** The kind whose first lines these bytes carry, or undefined. It does not check the rest: compare bytes. */
export function statementKind(bytes: Uint8Array): StatementKind | undefined {
  return (Object.keys(FIRST_LINES) as StatementKind[]).find((kind) => {
    const start = utf8(FIRST_LINES[kind]);
    return start.every((byte, i) => byte === bytes[i]);
  });
}
