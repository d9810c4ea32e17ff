export {
  type AddCheckpoint,
  type AddCheckpointFaultCode,
  formatAddCheckpoint,
  MAX_ADD_CHECKPOINT_BYTES,
  MAX_CONSISTENCY_LINES,
  parseAddCheckpoint,
} from './add-checkpoint.ts';
export {
  consistencyProof,
  inclusionProof,
  ProofBuilder,
  type ReadTile,
  tilesForConsistency,
  tilesForInclusion,
} from './build-proof.ts';
export {
  type Checkpoint,
  type CheckpointFaultCode,
  type CheckpointKeys,
  checkpointText,
  openCheckpoint,
  parseCheckpointText,
  speaksFor,
} from './checkpoint.ts';
export { ed25519Form } from './ed25519-form.ts';
export { fromBase64, toBase64 } from './encoding.ts';
export { decodeBundle, encodeBundle, MAX_ENTRY_BYTES } from './entry-bundle.ts';
export { type ExternalKey, externalSigner } from './external-signer.ts';
export { formatPolicy } from './format-policy.ts';
export {
  leafHash,
  nodeHash,
  rootOf,
  type Sha256,
  type TreeNumber,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
export {
  isNoteText,
  MAX_NOTE_BYTES,
  type NoteFaultCode,
  type NotePrimitives,
  type NoteSignature,
  type NoteSigner,
  openNote,
  type ParsedNote,
  parseNote,
  signatureLine,
  signNote,
  type VerifiedSignature,
  type VerifySignature,
} from './note.ts';
export {
  MAX_POLICY_BYTES,
  MAX_POLICY_ITEMS,
  NO_QUORUM,
  type Policy,
  type PolicyFault,
  type PolicyFaultCode,
  type PolicyGroup,
  type PolicyLog,
  type PolicyWitness,
  parsePolicy,
} from './policy.ts';
export { type PublicationPromise, parsePromiseText, promiseKeyName, promiseText } from './promise.ts';
export { quorumOf } from './quorum.ts';
export {
  bundlePath,
  hashAt,
  hashesOf,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
  type TileRef,
  tilePath,
  tileWidth,
} from './tile.ts';
export { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts';
export { TreeEdge } from './tree-edge.ts';
export {
  formatVerifierKey,
  parseVerifierKey,
  parseVerifierKeys,
  SIGNATURE_TYPE,
  type SignatureType,
  type VerifierKey,
  verifierKey,
} from './verifier-key.ts';
export {
  type Cosignature,
  openWitnessedCheckpoint,
  readCosignatures,
  type WitnessedCheckpoint,
} from './witnessed-checkpoint.ts';
