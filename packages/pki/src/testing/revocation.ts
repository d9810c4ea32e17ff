import { sign } from 'node:crypto';
import * as der from '@lianshu/der';
import { OID } from '../oids.ts';
import { TEST_NOW_MS, type TestAnchor } from './authority.ts';
import { extension, signatureAlgorithm } from './build-certificate.ts';

type Bytes = Uint8Array;

/** One entry of a list. */
export interface RevokedEntry {
  readonly serial: Bytes;
  readonly reason?: number;
}

/** What a test may bend in a list. */
export interface ListBend {
  readonly number?: bigint;
  readonly thisUpdateMs?: number;
  readonly nextUpdateMs?: number;
  readonly aki?: Bytes;
  readonly issuer?: Bytes;
  readonly extensions?: readonly Bytes[];
  readonly signer?: TestAnchor;
}

/** Builds and signs a revocation list. */
export function buildRevocationList(
  issuer: TestAnchor,
  entries: readonly RevokedEntry[],
  bend: ListBend = {},
): Bytes {
  const thisUpdateMs = bend.thisUpdateMs ?? TEST_NOW_MS - 3_600_000;
  const when = der.time(thisUpdateMs - 86_400_000);
  const rows = entries.map(({ serial, reason }) =>
    reason === undefined
      ? der.sequence(der.integer(serial), when)
      : der.sequence(
          der.integer(serial),
          when,
          der.sequence(extension(OID.reasonCode, der.enumerated(reason))),
        ),
  );
  const signer = (bend.signer ?? issuer).key;
  const algorithm = signatureAlgorithm(signer);
  const tbs = der.sequence(
    der.integer(1),
    algorithm,
    bend.issuer ?? issuer.name,
    der.time(thisUpdateMs),
    der.time(bend.nextUpdateMs ?? TEST_NOW_MS + 86_400_000),
    ...(rows.length === 0 ? [] : [der.sequence(der.concat(rows))]),
    der.context(
      0,
      der.sequence(
        extension(OID.authorityKeyIdentifier, der.sequence(der.contextValue(0, bend.aki ?? issuer.ski))),
        extension(OID.crlNumber, der.integer(bend.number ?? 2026112110n)),
        ...(bend.extensions ?? []),
      ),
    ),
  );
  return der.sequence(tbs, algorithm, der.bitString(sign('sha256', tbs, signer)));
}
