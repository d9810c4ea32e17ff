/** 封存程序: the client of the sealer process, and the process itself, which only `serve sealer` starts. */

export type { RevocationSource } from './revocation-source.ts';
export { directorySource, httpSource } from './revocation-source.ts';
export type { SealerAddress } from './sealer-client.ts';
export { connectSealer } from './sealer-client.ts';
export type { RunningSealer, SealerConfig, SealerListen, SealerLogLine } from './sealer-process.ts';
export { runSealer } from './sealer-process.ts';
export type {
  Act,
  CaseState,
  ForgetOutcome,
  Held,
  HeldReference,
  Part,
  Refused,
  RevocationListState,
  Sealed,
  SealedRecord,
  SealerClient,
  SealerFaultCode,
  SealerHealth,
  SealOutcome,
  SealRequest,
  SettledSeal,
  SettleOutcome,
  SettleRefused,
  SignatureForm,
  StatementFields,
  StillHeld,
  WrappedEpoch,
} from './sealer-types.ts';
export { SealerFault } from './sealer-types.ts';
export type { SealerStartCode } from './state-directory.ts';
export { SealerStartFault } from './state-directory.ts';
