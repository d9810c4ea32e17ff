import { parseCertificate } from './certificate.ts';
import { PkiError } from './error.ts';

const ALLOWED_SUFFIXES = ['.nat.gov.tw', '.moi.gov.tw'];

/**
 * Whether an address taken from a certificate may be asked: plain HTTP or HTTPS on its usual port, a host below
 * `nat.gov.tw` or `moi.gov.tw`, no user information. Certificates come from strangers; without the list a forged one
 * would send our requests wherever it liked. The caller must not follow redirects and must resolve the host itself.
 */
export function isAllowedAuthorityUrl(text: string): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
  const { hostname, port, username, password } = new URL(text);
  if (port !== '' || username !== '' || password !== '') return false;
  const wellFormed = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(hostname) && !hostname.includes('..');
  return wellFormed && ALLOWED_SUFFIXES.some((suffix) => hostname.endsWith(suffix));
}

/** The first allowed OCSP address in a certificate's AuthorityInfoAccess; undefined when there is none or the bytes are no certificate. */
export function ocspUrlOf(certificate: Uint8Array): string | undefined {
  try {
    return parseCertificate(certificate).ocspUrls.find(isAllowedAuthorityUrl);
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}
