import { createHmac } from 'node:crypto';
import { equalBytes } from '@lianshu/statement';
import type { CaseKeys } from './case-keys.ts';

const LABEL = 'LIANSHU-LEAD/1';

/**
 * `HMAC-SHA256(K_case, "LIANSHU-LEAD/1" ‖ 00 ‖ pseudonym)`: what stands on the signature of a draft's lead proposer. Ends
 * with the draft's key.
 */
export const leadMarkOf = ({ key }: Pick<CaseKeys, 'key'>, person: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(`${LABEL}\0`).update(person).digest());

/** The mark of a confirmed proposer: nobody without the draft's key tells the lead proposer's from the random others. */
export const leadMarkFor = (
  keys: Pick<CaseKeys, 'key'>,
  signer: Uint8Array,
  lead: Uint8Array | undefined,
  randomBytes: (length: number) => Uint8Array,
): Uint8Array =>
  lead !== undefined && equalBytes(signer, lead) ? leadMarkOf(keys, lead) : Uint8Array.from(randomBytes(32));
