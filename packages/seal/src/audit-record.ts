import {
  deriveLeafSecret,
  deriveSalt,
  evidenceCommitment,
  NationalId,
  recordCommitment,
  signerCommitment,
  toBase64Url,
  utf8,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import type { EvidenceRecord } from './evidence-record.ts';
import { SealError } from './seal-error.ts';

/** The person of a record. Throws `record-malformed` for a number that is none. */
export function idOf(text: string): NationalId {
  const id = NationalId.parse(text);
  if (!(id instanceof NationalId) || id.reveal() !== text) throw new SealError('record-malformed');
  return id;
}

/** `E` and `L` recomputed from what was signed, base64url. Throws `record-malformed` for secrets of another length. */
export function commitmentsOf(record: EvidenceRecord): {
  readonly evidence: string;
  readonly record: string;
} {
  const { caseNumber, signature, certificate, receiptSecret } = record;
  if (receiptSecret.length !== 32 || record.tagSecret.length !== 32) throw new SealError('record-malformed');
  const statement = utf8(record.statement);
  const evidence = evidenceCommitment(nodePrimitives, { statement, signature, certificate });
  const leafSecret = deriveLeafSecret(nodePrimitives, receiptSecret);
  const commitment = recordCommitment(nodePrimitives, { caseNumber, leafSecret, evidence });
  return { evidence: toBase64Url(evidence), record: toBase64Url(commitment) };
}

/** Whether what the card signed names this case or draft and commits to this person. */
export function namesSigner(
  { act, caseNumber, statement, receiptSecret }: EvidenceRecord,
  id: NationalId,
): boolean {
  const salt = deriveSalt(nodePrimitives, receiptSecret);
  const commitment = toBase64Url(signerCommitment(nodePrimitives, id, salt));
  const lines = statement.split('\n');
  return act === 'joint-signature'
    ? lines.includes(`案號：${caseNumber}`) && lines.includes(`連署人承諾：${commitment}`)
    : lines.includes(`草案編號：${caseNumber}`) && lines.includes(`提案人承諾：${commitment}`);
}
