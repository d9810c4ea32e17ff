import {
  deriveLeafSecret,
  deriveSalt,
  evidenceCommitment,
  type NationalId,
  recordCommitment,
  signerCommitment,
  toBase64Url,
  utf8,
} from '@lianshu/statement';
import { webPrimitives } from '@lianshu/statement/web';

/** What the page itself knows of the case; the server's statement must say the same. */
export type ExpectedCase = Readonly<{ caseNumber: string; mainText: string; textDigest: string }>;

/** `POST …/transactions`, 200. */
export type OfferedStatement = Readonly<{
  statement: string;
  transaction: string;
  token: string;
  expiresAt: string;
}>;

/** `s`, made here and not by the server: a server that chose it could hand two signers one receipt. */
export const newReceiptSecret = (): Uint8Array => crypto.getRandomValues(new Uint8Array(32));

/** 連署人承諾 over the typed number, base64url. */
export const commitTo = async (id: NationalId, receiptSecret: Uint8Array): Promise<string> =>
  toBase64Url(await signerCommitment(webPrimitives, id, await deriveSalt(webPrimitives, receiptSecret)));

/**
 * The bytes to be signed, when the server's text equals, byte for byte, what this page would have written: same
 * case, main text, digest and commitment, this transaction, and a time within a day. Otherwise undefined: the page
 * refuses to sign. The layout is that of `renderJointSignatureStatement` and, for a draft, `renderProposalStatement` (identity.md §9), written out because
 * the page's script may not carry every kind of statement; a test holds both together.
 */
export const expectedStatement = (
  expected: ExpectedCase,
  commitment: string,
  offered: OfferedStatement,
  nowMs: number,
): Uint8Array | undefined => {
  const [, signedAt = ''] = /\n簽署時間：([\d-]+T[\d:]+\+08:00)\n/.exec(offered.statement) || [];
  const isDraft = expected.caseNumber[0] === 'D';
  const act = isDraft ? '提案' : '連署';
  const own = `全國性公民投票案電子${act}書
規格：LIANSHU-${isDraft ? 'PROPOSAL' : 'TBS'}/1
${isDraft ? '草案編' : '案'}號：${expected.caseNumber}
主文：${expected.mainText}
提案全文SHA256：${expected.textDigest}
${act}人承諾：${commitment}
聲明：本人已閱覽本案主文及理由書，同意${act}。
簽署時間：${signedAt}
交易序號：${offered.transaction}
`;
  const isRecent = Math.abs(Date.parse(signedAt) - nowMs) < 86_400_000;
  return isRecent && own === offered.statement ? utf8(own) : undefined;
};

/** What was signed, with everything the client computes about it. `r`, `E` and `L` are base64url. */
export type Envelope = Readonly<{ body: Readonly<Record<string, string>>; r: string; E: string; L: string }>;

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64.replace(/\s/g, '')), (char) => char.charCodeAt(0));

/** Computes `E` and `L` (trust.md §2) and the body of `POST …/joint-signatures`. */
export const sealEnvelope = async (
  parts: Readonly<{
    caseNumber: string;
    nationalId: NationalId;
    receiptSecret: Uint8Array;
    token: string;
    statement: Uint8Array;
    /** Base64, as the card component gives them. */
    signature: string;
    certificate: string;
  }>,
): Promise<Envelope> => {
  const { caseNumber, receiptSecret, statement } = parts;
  const [signature, certificate] = [bytesOf(parts.signature), bytesOf(parts.certificate)];
  const leafSecret = await deriveLeafSecret(webPrimitives, receiptSecret);
  const evidence = await evidenceCommitment(webPrimitives, { statement, signature, certificate });
  const L = toBase64Url(await recordCommitment(webPrimitives, { caseNumber, leafSecret, evidence }));
  return {
    body: {
      nationalId: parts.nationalId.reveal(),
      receiptSecret: toBase64Url(receiptSecret),
      token: parts.token,
      form: 'cms-attached',
      signature: toBase64Url(signature),
      certificate: toBase64Url(certificate),
      recordCommitment: L,
    },
    r: toBase64Url(leafSecret),
    E: toBase64Url(evidence),
    L,
  };
};

/**
 * Whether a receipt (`tlog-proof` text) opens to this very envelope: its `extra` names the case, our `r` and our
 * `E`, hence our `L`, and its index is the one the server named. The signatures are the receipt check's business.
 */
export const isOwnReceipt = (receipt: string, caseNumber: string, own: Envelope, index: number): boolean => {
  const lines = receipt.split('\n');
  try {
    const extra = JSON.parse(atob((lines[1] || '').slice(6))) as Readonly<Record<string, unknown>>;
    return (
      extra['r'] === own.r &&
      extra['E'] === own.E &&
      extra['case'] === caseNumber &&
      lines[2] === `index ${index}`
    );
  } catch {
    return false;
  }
};

/** Whether a promise names this very commitment and case: a server must not hand two signers one promise. */
export const isOwnPromise = (promise: string, caseNumber: string, own: Envelope): boolean =>
  promise.split('\n', 3).join() ===
  `${promise.split('\n', 1)[0]},${own.L.replace(/-/g, '+').replace(/_/g, '/')}=,case ${caseNumber}`;
