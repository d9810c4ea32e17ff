export { listSealed, listWrappedEpochs, type SealedPart } from './export-store.ts';
export type { AtSettleStep } from './held-store.ts';
export type { AtIntakeStep } from './joint-signature-store.ts';
export { receiptRoutes } from './receipt-routes.tsx';
export { type SettleReport, settleHeld } from './settle-held.ts';
export { createSigning, type Signing } from './signing.ts';
export { signingApi } from './signing-api.ts';
export { SIGNING_PROBLEMS } from './signing-problems.ts';
export { type SignableCase, signingRoutes } from './signing-routes.tsx';
