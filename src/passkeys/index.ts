/** 通行金鑰: asking a device, and verifying what it answered (W3C WebAuthn). Whose key it is, the caller knows. */
export { type Challenges, challenges } from './challenge.ts';
export { spendChallenge } from './challenge-store.ts';
export {
  type Assertion,
  type AuthenticationAnswer,
  answerOf,
  assertionOf,
  challengeIn,
  type NewPasskey,
  type PasskeyKey,
  parseAuthentication,
  publicKeyOf,
  type RelyingParty,
  verifyAssertion,
  verifyRegistration,
} from './passkey-proof.ts';
export { assertionOptions, type PasskeyOptions, PasskeyStep, registrationOptions } from './passkey-step.tsx';
