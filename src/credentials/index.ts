/** 憑證: signing methods, the validation policy's codes and sentences, identity confirmation. */
export type { CatalogueCode, HoldReason, UiCode } from './policy-codes.ts';
export { POLICY_VERSION } from './policy-codes.ts';
