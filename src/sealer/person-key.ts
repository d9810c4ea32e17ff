import { createHmac } from 'node:crypto';
import type { NationalId } from '@lianshu/statement';
import { SealerStartFault, type StateDirectory } from './state-directory.ts';

const FOLDER = 'person-key';
const FILE = 'person.key';
const KEY_BYTES = 32;
const LABEL = 'LIANSHU-PERSON/1';
const NAME_LABEL = 'LIANSHU-CARD-NAME/1';

/** A person's pseudonym for accounts: 32 bytes, the same for the same national ID at every sign-in of this house. */
export type PersonOf = (id: NationalId) => Uint8Array;

/** Proves to this sealer alone which name stood on the card of a person: 32 bytes; see `card-name.ts`. */
export type NameProofOf = (person: Uint8Array, name: string) => Uint8Array;

/**
 * `personOf`: `HMAC-SHA256(key, "LIANSHU-PERSON/1" ‖ 00 ‖ national ID)` under a key that only the sealer has, made at the first
 * start. It is no duplicate tag and shares no key with one: who knows a pseudonym can neither compute a tag nor find
 * the person's signatures. Given only for a person whose signature and identity were confirmed.
 *
 * `nameProofOf`: `HMAC-SHA256(key, "LIANSHU-CARD-NAME/1" ‖ 00 ‖ pseudonym ‖ name)`. Who holds one can ask this sealer
 * whether a name is the one, and learns it no other way.
 */
export function loadPersonKey(
  state: StateDirectory,
  randomBytes: (length: number) => Uint8Array,
): Readonly<{ personOf: PersonOf; nameProofOf: NameProofOf }> {
  const path = `${FOLDER}/${FILE}`;
  if (state.read(path) === undefined) state.writeOnce(FOLDER, FILE, randomBytes(KEY_BYTES));
  const key = state.read(path);
  if (key?.length !== KEY_BYTES) throw new SealerStartFault('state-malformed', path);
  const hmac = (label: string) => createHmac('sha256', key).update(`${label}\0`);
  return {
    personOf: (id) => new Uint8Array(hmac(LABEL).update(id.reveal()).digest()),
    nameProofOf: (person, name) => new Uint8Array(hmac(NAME_LABEL).update(person).update(name).digest()),
  };
}
