import { hash } from 'node:crypto';
import { sameBytes } from './bytes.ts';
import { PkiError } from './error.ts';
import { KEY_USAGE } from './extensions.ts';
import { type ParsedRevocationList, parseRevocationList } from './parse-revocation-list.ts';
import { verifySha256 } from './public-key.ts';
import type { RevocationList } from './revocation-index.ts';
import { sortSerials } from './serial-sort.ts';
import type { Anchor, TrustStore } from './trust-store.ts';

/**
 * Reads and verifies a complete revocation list (RFC 5280 §5; check 20).
 *
 * Guarantees: signed by the pinned authority whose key identifier the list's AKI names, and which may sign lists;
 * it names that authority; its number is higher than `previous` (or it is the same list again); it covers all
 * certificates of that issuer that matter here (of a root: the authorities). Whether it is current is judged at each look-up, not here.
 *
 * Throws {@link PkiError}: `E_CRL_FORMAT`, `E_CRL_SCOPE` (delta, indirect or partitioned list: absence would prove nothing),
 * `E_ISSUER_UNKNOWN`, `E_CRL_SIG`, `E_CRL_NUMBER`.
 */
export function readRevocationList(
  der: Uint8Array,
  trust: TrustStore,
  previous?: RevocationList,
): RevocationList {
  const parsed = parseRevocationList(der);
  const authority = parsed.aki === undefined ? undefined : trust.anchor(parsed.aki);
  if (authority === undefined || !sameBytes(authority.certificate.subject, parsed.issuer)) {
    throw new PkiError('E_ISSUER_UNKNOWN', `list of authority ${parsed.aki ?? 'unnamed'}`);
  }
  if (!isListSignedBy(parsed, authority)) throw new PkiError('E_CRL_SIG', authority.pin.name);
  const needed = authority.pin.role === 'root' ? 'authorities' : 'users';
  if (parsed.scope !== 'all' && parsed.scope !== needed) {
    throw new PkiError(
      'E_CRL_SCOPE',
      `${authority.pin.name}: delta, indirect, partitioned or restricted list`,
    );
  }
  const sha256 = hash('sha256', der, 'hex');
  const { crlNumber, nextUpdateMs } = parsed;
  if (crlNumber === undefined || nextUpdateMs === undefined)
    throw new PkiError('E_CRL_FORMAT', 'no number or no next update');
  if (nextUpdateMs <= parsed.thisUpdateMs)
    throw new PkiError('E_CRL_FORMAT', 'next update not after this update');
  if (previous !== undefined && previous.issuerSki === authority.pin.ski) {
    const floor = BigInt(previous.crlNumber);
    if (crlNumber < floor || (crlNumber === floor && sha256 !== previous.sha256)) {
      throw new PkiError('E_CRL_NUMBER', `${crlNumber} does not follow ${floor}`);
    }
  }
  return {
    issuerSki: authority.pin.ski,
    crlNumber: crlNumber.toString(),
    sha256,
    thisUpdateMs: parsed.thisUpdateMs,
    nextUpdateMs,
    ...sortSerials(parsed.records, parsed.reasons, parsed.count),
  };
}

function isListSignedBy(parsed: ParsedRevocationList, authority: Anchor): boolean {
  const wanted = authority.certificate.key.kind === 'rsa' ? 'rsa-sha256' : 'ecdsa-sha256';
  return (
    ((authority.certificate.keyUsage ?? 0) & KEY_USAGE.crlSign) !== 0 &&
    parsed.algorithm === wanted &&
    verifySha256(authority.key, parsed.tbs, parsed.signature)
  );
}
