import { createHmac } from 'node:crypto';
import type { NationalId } from '@lianshu/statement';
import { SealerStartFault, type StateDirectory } from './state-directory.ts';

const FOLDER = 'person-key';
const FILE = 'person.key';
const KEY_BYTES = 32;
const LABEL = 'LIANSHU-PERSON/1';

/** A person's pseudonym for accounts: 32 bytes, the same for the same national ID at every sign-in of this house. */
export type PersonOf = (id: NationalId) => Uint8Array;

/**
 * `HMAC-SHA256(key, "LIANSHU-PERSON/1" ‖ 00 ‖ national ID)` under a key that only the sealer has, made at the first
 * start. It is no duplicate tag and shares no key with one: who knows a pseudonym can neither compute a tag nor find
 * the person's signatures. Given only for a person whose signature and identity were confirmed.
 */
export function loadPersonKey(state: StateDirectory, randomBytes: (length: number) => Uint8Array): PersonOf {
  const path = `${FOLDER}/${FILE}`;
  if (state.read(path) === undefined) state.writeOnce(FOLDER, FILE, randomBytes(KEY_BYTES));
  const key = state.read(path);
  if (key?.length !== KEY_BYTES) throw new SealerStartFault('state-malformed', path);
  return (id) => {
    const hmac = createHmac('sha256', key).update(`${LABEL}\0`).update(id.reveal());
    return new Uint8Array(hmac.digest());
  };
}
