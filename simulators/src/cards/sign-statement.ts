import type { Der } from '../asn1.ts';
import { signWith } from '../ca/key-pair.ts';
import type { SimulatedCard } from './card.ts';
import { type DigestName, type SignedDataBend, signedData } from './cms.ts';

/** Shapes an envelope can have: CMS with or without the content, or the bare RSA signature. */
export type EnvelopeForm = 'cms-attached' | 'cms-detached' | 'pkcs1';

/** How a statement is to be signed; `nowMs` becomes signingTime. */
export type SignOptions = {
  readonly form: EnvelopeForm;
  readonly nowMs: number;
  /** Nonce attribute; the signing page sends the 交易序號 of the statement. */
  readonly nonce?: string;
  readonly withCardNumber?: boolean;
  readonly digest?: DigestName;
  readonly signatureOid?: 'rsaEncryption' | 'sha256WithRSAEncryption';
  /** Sign with the encryption pair, as a wrong client might. */
  readonly withEncryptionKey?: boolean;
  readonly bend?: SignedDataBend;
};

/** What the signing page posts: the envelope and the signer's certificate, both DER (or the raw signature). */
export type SignedStatement = { readonly signature: Der; readonly certificate: Der };

/**
 * Signs a statement with a card, without component and browser: the same bytes the component's `/sign`
 * returns for PKCS7 and PKCS1.
 *
 * @example
 * const card = await authority.issueCard(cast.meiling);
 * const { signature, certificate } = signStatement(card, statement, { form: 'cms-attached', nonce, nowMs });
 */
export function signStatement(
  card: SimulatedCard,
  statement: Uint8Array,
  options: SignOptions,
): SignedStatement {
  const signer = options.withEncryptionKey === true ? card.encryption : card.signing;
  if (options.form === 'pkcs1') {
    const signature = signWith(signer.keys, options.digest ?? 'sha256', statement);
    return { signature, certificate: signer.certificate };
  }
  const signature = signedData({
    content: statement,
    attached: options.form === 'cms-attached',
    digest: options.digest ?? 'sha256',
    signer,
    signingTimeMs: options.nowMs,
    signatureOid: options.signatureOid ?? 'rsaEncryption',
    ...(options.nonce === undefined ? {} : { nonce: options.nonce }),
    ...(options.withCardNumber === true ? { cardNumber: card.cardNumber } : {}),
    ...(options.bend === undefined ? {} : { bend: options.bend }),
  });
  return { signature, certificate: signer.certificate };
}
