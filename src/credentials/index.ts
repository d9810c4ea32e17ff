/** 憑證: signing methods, the validation policy's codes and sentences, the card's step, identity confirmation. */
export { rephrase, wordsOfAct } from './act-words.ts';
export { type CardFailureCode, cardFailures, pinResetAddress } from './card-failures.ts';
export { CardForm, CardStep, FailureWords, LastTry, PinField } from './card-step.tsx';
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
export { SignatureFileField, SignElsewhere, SigningCommand, statementHref } from './sign-elsewhere.tsx';
export { MAXIMUM_SIGNATURE_BYTES, readSignatureFile, type SignatureFile } from './signature-file.ts';
export { acceptsForm, SIGNING_METHODS } from './signing-methods.ts';
