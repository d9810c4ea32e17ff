export {
  type CanonicalJsonCode,
  canonicalJson,
  type JsonValue,
  parseCanonicalJson,
} from './canonical-json.ts';
export {
  deriveLeafSecret,
  deriveSalt,
  duplicateTag,
  evidenceCommitment,
  publicTag,
  recordCommitment,
  signerCommitment,
  type TagAct,
} from './commitment.ts';
export { concatBytes, equalBytes, fromBase64Url, toBase64Url, toHex, utf8 } from './encoding.ts';
export { NationalId, type NationalIdFault, type NationalIdFaultCode } from './national-id.ts';
export type { Awaitable, Bytes, Primitives, SyncPrimitives } from './primitives.ts';
export {
  type AffidavitFields,
  type JointSignatureFields,
  type LoginFields,
  MAX_STATEMENT_BYTES,
  type OwnSignatureQuestionFields,
  type ProposalFields,
  renderAffidavitStatement,
  renderJointSignatureStatement,
  renderLoginStatement,
  renderOwnSignatureQuestion,
  renderProposalStatement,
  type StatementKind,
  statementKind,
} from './statement.ts';
export { StatementFault, type StatementFaultCode } from './statement-field.ts';
