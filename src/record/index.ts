/** 公卷: the public record. Modules append and read through `publicRecord`; `main.ts` runs the rest. */
export {
  type Act,
  type ActEntry,
  type ActKind,
  actKind,
  actOfNumber,
  type CompactEntry,
  type RecordEntry,
} from './entry.ts';
export { type Inclusion, InclusionWatch } from './inclusion.ts';
export { recordCeremony, recordKeys } from './key-record.ts';
export { logSigners } from './log-keys.ts';
export { confirmationOf, type RotationPlan, rotateLog } from './log-rotation.ts';
export { formerKeys, publishRotation } from './log-rotation-files.ts';
export { seemsToNameAPerson } from './person-guard.ts';
export { type CommitmentState, type PublicRecord, publicRecord, type RecordedAct } from './public-record.ts';
export { PublicCopy } from './public-store-copy.ts';
export { type S3StoreOptions, s3Store } from './public-store-s3.ts';
export { Publication, type PublicationStep } from './publication.ts';
export { type PublishedCaseCount, publishedCounts, readPublishedCount } from './published-counts.ts';
export {
  asPublished,
  type CosignedFirst,
  type PublishedProof,
  type PublishedState,
  readCosignedFirst,
  readPublishedProof,
  readPublishedSize,
} from './published-log.ts';
export {
  ConditionWatch,
  isReadOnlyError,
  type ReadOnlyReason,
  type RecordCondition,
} from './record-condition.ts';
export { readCondition } from './record-condition-store.ts';
export { RecordFault } from './record-fault.ts';
export { recordRoutes } from './record-routes.ts';
export type { RoundStep } from './round.ts';
export { Sequencer } from './sequencer.ts';
export { Stamping } from './stamping.ts';
export { type Finding, type Severity, worst } from './start-check-finding.ts';
export { lookAtRecord, type Seen, sequencerRuns } from './start-check-look.ts';
export type { BothLanguages, Explanation } from './start-check-messages.ts';
export { explain, reportOf } from './start-check-texts.ts';
export { type AskedWitnesses, askWitnessByHttp, introduceByHttp } from './start-check-witnesses.ts';
export { readPinnedFile, timeStampHttp } from './time-stamp-http.ts';
export { witnessesApi, witnessesRoutes } from './witnesses-routes.tsx';
export type { WitnessCount, Witnessing } from './witnessing.ts';
export { readWitnessPolicy, type WitnessPolicy } from './witnessing-policy.ts';
export { recordWitnessPolicy } from './witnessing-record.ts';
