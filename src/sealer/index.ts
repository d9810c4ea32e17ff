/**
 * 封存程序: the client of the sealer process and its types. The process itself is `sealer-process.ts`, which only
 * `main` starts; it is not part of this face, so that no web process ever holds it.
 */
export type { SealerAddress } from './sealer-client.ts';
export { connectSealer } from './sealer-client.ts';
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
