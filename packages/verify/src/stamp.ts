import { type Certificate, type TimeStampCode, verifyTimeStamp } from '@lianshu/pki';
import { sha256 } from '@lianshu/tlog/node';

/** What a time-stamp over a published checkpoint proves: it existed then, by the authority's word. */
export type StampVerdict =
  | Readonly<{
      code: 'stamped';
      /** The time the authority states, ISO; it may be off by `accuracyMs` either way, where it says so. */
      time: string;
      accuracyMs?: number;
      policy: string;
      /** SHA-256 of the pinned certificate that signed, hexadecimal. */
      certificate: string;
    }>
  | Readonly<{ code: TimeStampCode; detail: string }>;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * Verifies a time-stamp (`<size>.tsr`, RFC 3161) over the bytes of a checkpoint (`<size>.checkpoint`) by one of the
 * pinned certificates. Says nothing about who signed the checkpoint: `openTrusted` does. Never throws.
 */
export function checkStamp(
  stamp: Uint8Array,
  checkpoint: Uint8Array,
  certificates: readonly Certificate[],
): StampVerdict {
  const verdict = verifyTimeStamp(stamp, { digest: sha256(checkpoint), certificates });
  if (!verdict.ok) return { code: verdict.code, detail: verdict.detail };
  const { genTimeMs, accuracyMs, policy, certificate } = verdict.stamp;
  return {
    code: 'stamped',
    time: new Date(genTimeMs).toISOString(),
    ...(accuracyMs === undefined ? {} : { accuracyMs }),
    policy,
    certificate: hex(sha256(certificate.der)),
  };
}
