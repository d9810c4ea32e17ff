/** Sealing of evidence and roster records, and their opening away from the server (trust.md §3). */
export type { CaseKey, CaseKeyKind } from './case-key.ts';
export { formatIdentityFile, generateCaseKey, parseIdentityFile } from './case-key.ts';
export { MAX_EPOCH_MS, MAX_RECORDS } from './chain.ts';
export type { EpochReader } from './epoch-reader.ts';
export { openEpoch } from './epoch-reader.ts';
export type { EpochStart, SealedAt } from './epoch-sealer.ts';
export { EpochSealer } from './epoch-sealer.ts';
export type { EvidenceRecord } from './evidence-record.ts';
export { decodeEvidence, decodeRosterRecord, encodeEvidence, encodeRosterRecord } from './evidence-record.ts';
export type { OcspProof, RevocationListProof, RevocationProof } from './evidence-record-proof.ts';
export type { ExportedEpoch, ExportedRecord, ExportHeader, ExportLine } from './export-file.ts';
export { formatExport, parseExport } from './export-file.ts';
export { openEvidence, openRoster } from './open-export.ts';
export { pad, unpad } from './padding.ts';
export type { Part } from './record-cipher.ts';
export type { SealErrorCode } from './seal-error.ts';
export { SealError } from './seal-error.ts';
export { areRecipients } from './wrapped-key.ts';
