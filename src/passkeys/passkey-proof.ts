/** 通行金鑰: what a browser's authenticator answered, verified by W3C WebAuthn §7 with user verification required. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '@lianshu/statement';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { z } from 'zod';

/** ES256 and EdDSA: the two that verifiers of the record know. */
export const ALGORITHMS = [-7, -8] as const;

/** Where a surface stands: what the browser signs names both. */
export interface RelyingParty {
  /** As in `https://office.example`. */
  readonly origin: string;
  /** Its host. */
  readonly id: string;
}

/** A key on somebody's device, as far as verifying needs it. */
export interface PasskeyKey {
  readonly credentialId: string;
  /** COSE (RFC 9052). */
  readonly publicKey: Uint8Array;
  readonly counter: number;
}

/** An assertion as it came from the authenticator (W3C WebAuthn §6.3.3). */
export interface Assertion {
  readonly clientData: Uint8Array;
  readonly authenticatorData: Uint8Array;
  readonly signature: Uint8Array;
}

const base64Url = z
  .string()
  .min(1)
  .max(8_000)
  .regex(/^[A-Za-z0-9_-]+$/);
const transports = z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])).max(8);

const registration = z.object({
  id: base64Url.max(1_400),
  rawId: base64Url.max(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64Url,
    attestationObject: base64Url,
    transports: transports.optional().catch(undefined),
  }),
});

const authentication = z.object({
  id: base64Url.max(1_400),
  rawId: base64Url.max(1_400),
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: base64Url, authenticatorData: base64Url, signature: base64Url }),
});

export type AuthenticationAnswer = z.infer<typeof authentication>;

function parse<T>(schema: z.ZodType<T>, text: string): T | undefined {
  if (text.length > 24_000) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The answer to `navigator.credentials.get`, as JSON; undefined for anything else. */
export const parseAuthentication = (text: string): AuthenticationAnswer | undefined =>
  parse(authentication, text);

/** The challenge that the browser says it was asked; undefined when the client data is none. */
export function challengeIn(clientDataJSON: string): string | undefined {
  try {
    const bytes = fromBase64Url(clientDataJSON);
    const said: unknown = bytes && JSON.parse(new TextDecoder().decode(bytes));
    return z.object({ challenge: z.string().max(200) }).safeParse(said).data?.challenge;
  } catch {
    return undefined;
  }
}

export interface NewPasskey extends PasskeyKey {
  readonly transports: readonly string[];
  readonly challenge: string;
}

/** Verifies a registration whose challenge `isOurs`; undefined when anything is wrong with it. */
export async function verifyRegistration(
  text: string,
  party: RelyingParty,
  isOurs: (challenge: string) => boolean,
): Promise<NewPasskey | undefined> {
  const answer = parse(registration, text);
  const challenge = answer && challengeIn(answer.response.clientDataJSON);
  if (answer === undefined || challenge === undefined || !isOurs(challenge)) return undefined;
  const { transports: hints, ...response } = answer.response;
  const verified = await verifyRegistrationResponse({
    response: { ...answer, response, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: [...ALGORITHMS],
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { credential } = verified.registrationInfo;
  if (publicKeyOf(credential.publicKey) === undefined) return undefined;
  return {
    credentialId: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: hints ?? [],
    challenge,
  };
}

/** Verifies an assertion over `challenge`; the authenticator's new counter, or undefined when it does not hold. */
export async function verifyAssertion(
  answer: AuthenticationAnswer,
  passkey: PasskeyKey,
  party: RelyingParty,
  challenge: string,
): Promise<number | undefined> {
  const verified = await verifyAuthenticationResponse({
    response: { ...answer, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
    },
    requireUserVerification: true,
  }).catch(() => undefined);
  return verified?.verified ? verified.authenticationInfo.newCounter : undefined;
}

/** A stored assertion in the form in which it is verified again. */
export const answerOf = (credentialId: string, assertion: Assertion): AuthenticationAnswer => ({
  id: credentialId,
  rawId: credentialId,
  type: 'public-key',
  response: {
    clientDataJSON: toBase64Url(assertion.clientData),
    authenticatorData: toBase64Url(assertion.authenticatorData),
    signature: toBase64Url(assertion.signature),
  },
});

/** The bytes of an assertion, for the record. */
export function assertionOf({ response }: AuthenticationAnswer): Assertion | undefined {
  const clientData = fromBase64Url(response.clientDataJSON);
  const authenticatorData = fromBase64Url(response.authenticatorData);
  const signature = fromBase64Url(response.signature);
  return clientData && authenticatorData && signature && { clientData, authenticatorData, signature };
}

/** A COSE key as SPKI (RFC 5280), base64url: P-256 or Ed25519 only. */
export function publicKeyOf(coseBytes: Uint8Array): string | undefined {
  try {
    const key = decodeCredentialPublicKey(new Uint8Array(coseBytes));
    const x = (at: number) =>
      toBase64Url((key as unknown as Map<number, Uint8Array>).get(at) ?? new Uint8Array());
    const object: KeyObject | undefined = cose.isCOSEPublicKeyEC2(key)
      ? createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x(-2), y: x(-3) } })
      : cose.isCOSEPublicKeyOKP(key)
        ? createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: x(-2) } })
        : undefined;
    return object && toBase64Url(object.export({ format: 'der', type: 'spki' }));
  } catch {
    return undefined;
  }
}
