/** 憑證: signing methods, the validation policy's codes and sentences, identity confirmation. */
export { icsConfirmation, icsPost } from './ics-confirmation.ts';
export { IcsError } from './ics-error.ts';
export { IdentityBatcher } from './identity-batcher.ts';
export type {
  ConfirmationProof,
  IdentityConfirmation,
  IdentityOutcome,
  IdentityRequest,
} from './identity-confirmation.ts';
export { POLICY_CATALOGUE, policyEntry } from './policy-catalogue.ts';
export type { CatalogueCode, HoldReason } from './policy-codes.ts';
export { acceptsForm, SIGNING_METHODS } from './signing-methods.ts';
