/** 憑證: signing methods, the validation policy's codes and sentences, identity confirmation. */
export type { IcsPost, IcsSettings } from './ics-confirmation.ts';
export { icsConfirmation, icsPost } from './ics-confirmation.ts';
export type { IcsErrorCode } from './ics-error.ts';
export { IcsError } from './ics-error.ts';
export type { BatchLimits } from './identity-batcher.ts';
export { IdentityBatcher } from './identity-batcher.ts';
export type {
  ConfirmationProof,
  IdentityConfirmation,
  IdentityOutcome,
  IdentityRequest,
} from './identity-confirmation.ts';
export { MAX_IDENTITY_BATCH } from './identity-confirmation.ts';
export { POLICY_CATALOGUE, policyEntry } from './policy-catalogue.ts';
export type { CatalogueCode, HoldReason, UiCode } from './policy-codes.ts';
export type { LegalTier, SigningMethod } from './signing-methods.ts';
export { enabledMethod, SIGNING_METHODS } from './signing-methods.ts';
