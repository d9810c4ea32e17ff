/** 封存程序: the client of the sealer process, and the process itself, which only `serve sealer` starts. */

export { DAY_CLOSES_MS, UNKNOWN_COUNTY } from './county-days.ts';
export { leadMarks, noAnswerNow } from './no-answer.ts';
export { directorySource, httpSource } from './revocation-source.ts';
export { connectSealer } from './sealer-client.ts';
export type { RunningSealer, SealerConfig } from './sealer-process.ts';
export { runSealer } from './sealer-process.ts';
export type {
  AffidavitOutcome,
  AffidavitRequest,
  CountyDay,
  Held,
  Sealed,
  SealerClient,
  SealOutcome,
  SealRequest,
  SettledSeal,
  SignInOutcome,
  SignInRequest,
  WrappedEpoch,
} from './sealer-types.ts';
export { SealerFault } from './sealer-types.ts';
