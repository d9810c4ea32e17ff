/** 憑證: signing methods, the validation policy's codes and sentences, identity confirmation. */
export { type CardFailure, type CardFailureCode, cardFailures, pinResetAddress } from './card-failures.ts';
export { icsConfirmation, icsPost } from './ics-confirmation.ts';
export { IcsError } from './ics-error.ts';
export { IdentityBatcher } from './identity-batcher.ts';
export type {
  ConfirmationProof,
  IdentityConfirmation,
  IdentityOutcome,
  IdentityRequest,
} from './identity-confirmation.ts';
export { NationalIdEntry, NationalIdField } from './national-id-field.tsx';
export { NATIONAL_ID_WORDS, type NationalIdWords } from './national-id-words.ts';
export { POLICY_CATALOGUE, policyEntry } from './policy-catalogue.ts';
export type { CatalogueCode, HoldReason } from './policy-codes.ts';
export { MAXIMUM_SIGNATURE_BYTES, readSignatureFile, type SignatureFile } from './signature-file.ts';
export { acceptsForm, SIGNING_METHODS } from './signing-methods.ts';
