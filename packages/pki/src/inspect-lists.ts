import { hash } from 'node:crypto';
import { toHex } from './bytes.ts';
import { inspectCertificate } from './inspect-certificate.ts';
import { FactList, type Inspection, type InspectOptions, instant } from './inspection.ts';
import { nameText } from './name.ts';
import { parseOcspResponse, type SingleResponse } from './ocsp-response.ts';
import { type ListScope, type ParsedRevocationList, parseRevocationList } from './parse-revocation-list.ts';
import { PUBLISHED_AUTHORITIES } from './published-authorities.ts';

const REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold (suspended)',
  'unused',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

const SCOPES: Readonly<Record<ListScope, string>> = {
  all: 'all certificates of its issuer',
  users: 'end entities',
  authorities: 'authorities',
  partial: 'some certificates only (delta, indirect, partitioned or restricted)',
};

/** What a revocation list says; its signature is not tried. */
export function inspectRevocationList(der: Uint8Array, options: InspectOptions): Inspection {
  const parsed = parseRevocationList(der);
  const list = new FactList();
  const { aki, nextUpdateMs } = parsed;
  list.add('issuer', 'Issuer', nameText(parsed.issuer));
  list.add('aki', 'Authority key ID', aki);
  const known = [...options.pins, ...PUBLISHED_AUTHORITIES].filter(
    (pin) => pin.ski !== undefined && pin.ski === aki,
  );
  list.add(
    'issuerPin',
    'Names as issuer',
    known.map(({ name }) => name),
  );
  list.add('number', 'Number', parsed.crlNumber?.toString());
  list.add('thisUpdate', 'Made', instant(parsed.thisUpdateMs));
  list.add('nextUpdate', 'Next by', nextUpdateMs === undefined ? undefined : instant(nextUpdateMs));
  list.add('scope', 'Speaks of', SCOPES[parsed.scope]);
  list.add('count', 'Entries', String(parsed.count));
  list.add('reasons', 'Reasons', reasonCounts(parsed));
  list.add('algorithm', 'Signed with', parsed.algorithm);
  list.add('sha256', 'SHA-256', hash('sha256', der, 'hex'));
  list.warn(known.length === 0, 'Its issuer is not a known authority.');
  list.warn(parsed.crlNumber === undefined, 'It has no number: an older list could be put in its place.');
  list.warn(
    nextUpdateMs === undefined || options.nowMs >= nextUpdateMs,
    'It has ended: it no longer proves that a certificate is not revoked.',
  );
  list.warn(
    parsed.scope === 'partial',
    'It is partial: a certificate that is not on it may be revoked all the same.',
  );
  list.warn(true, 'Its signature was not tried: that needs the issuer’s certificate.');
  return { kind: 'revocation-list', facts: list.facts, warnings: list.warnings, enclosed: [] };
}

function reasonCounts({ reasons, count }: ParsedRevocationList): readonly string[] {
  const tally = new Map<number, number>();
  for (let i = 0; i < count; i += 1) {
    const reason = reasons[i] ?? 0;
    tally.set(reason, (tally.get(reason) ?? 0) + 1);
  }
  return [...tally]
    .toSorted(([a], [b]) => a - b)
    .map(([reason, many]) => `${REASONS[reason] ?? reason}: ${many}`);
}

/** What an OCSP answer says; its signature is not tried. */
export function inspectOcspResponse(der: Uint8Array, options: InspectOptions): Inspection {
  const parsed = parseOcspResponse(der);
  const list = new FactList();
  const { by, value } = parsed.responder;
  list.add('responder', 'Responder', by === 'name' ? nameText(value) : `key ${toHex(value)}`);
  list.add('producedAt', 'Made', instant(parsed.producedAtMs));
  list.add('answers', 'Answers', parsed.responses.map(answerText));
  list.add('nonce', 'Nonce', parsed.nonce === undefined ? 'none' : toHex(parsed.nonce));
  list.add('algorithm', 'Signed with', parsed.algorithm);
  list.add('sha256', 'SHA-256', hash('sha256', der, 'hex'));
  list.warn(parsed.nonce === undefined, 'It carries no nonce: it could be an old answer played again.');
  const old = parsed.responses.some(({ thisUpdateMs }) => options.nowMs - thisUpdateMs > 86_400_000);
  list.warn(old, 'It is older than 24 hours.');
  list.warn(true, 'Its signature was not tried: that needs the issuer’s certificate.');
  const enclosed = parsed.certificates.map((certificate) => inspectCertificate(certificate, options));
  return { kind: 'ocsp-response', facts: list.facts, warnings: list.warnings, enclosed };
}

function answerText({ certId, status, reason, revokedAtMs, thisUpdateMs }: SingleResponse): string {
  const which = certId === undefined ? 'unnamed' : toHex(certId.serial);
  const why =
    revokedAtMs === undefined ? '' : `, ${REASONS[reason] ?? reason}, since ${instant(revokedAtMs)}`;
  return `${which}: ${status}${why} (as of ${instant(thisUpdateMs)})`;
}
