import { RevocationIndex } from '../revocation-index.ts';
import { readRevocationList } from '../revocation-list.ts';
import { TrustStore } from '../trust-store.ts';
import { createAuthority, p256Key, rsaKey, TEST_NOW_MS } from './authority.ts';
import { issueCard } from './citizen.ts';
import { buildRevocationList } from './revocation.ts';

/** A world in which an envelope passes: authority, trust, current empty-of-us lists, an RSA and a P-256 card. */
function createFixture() {
  const authority = createAuthority({ rsaBits: 2048, simulated: true });
  const trust = TrustStore.load(authority.pins, authority.certificates, {
    production: false,
    nowMs: TEST_NOW_MS,
  });
  const strangers = [{ serial: Uint8Array.of(7) }, { serial: Uint8Array.of(0x77, 1, 2, 3), reason: 4 }];
  const lists = [authority.g2, authority.g3].map((issuer) =>
    readRevocationList(buildRevocationList(issuer, strangers), trust),
  );
  const key = rsaKey(2048);
  const ecKey = p256Key();
  return {
    authority,
    trust,
    lists,
    revocation: new RevocationIndex(lists),
    key,
    ecKey,
    card: issueCard(authority.g3, key, 1n),
    ecCard: issueCard(authority.g3, ecKey, 2n),
  };
}

let made: ReturnType<typeof createFixture> | undefined;

/** The fixture, made once per process: RSA keys are dear. */
export function fixture(): ReturnType<typeof createFixture> {
  made ??= createFixture();
  return made;
}
