/** 登入: how a session begins. */
import { toBase64Url } from '@lianshu/statement';
import type { Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { secretName } from '../platform/sign-in-rule.ts';
import type { Clock } from '../platform/time.ts';
import { endNamed, endOldest, insertSession } from './session-store.ts';

/** Browsers of one account at a time; the oldest make room, so that a forgotten one does not stay. */
const MOST_SESSIONS = 8;

/** Begins a session in the transaction that spent what was signed, and ends the one the browser had. Resolves to its secret id. */
export async function beginSession(
  { clock, random }: Readonly<{ clock: Clock; random: Random }>,
  tx: Tx,
  of: Readonly<{
    account: string;
    eSystem?: string | undefined;
    nameProof?: Uint8Array | undefined;
    former?: string | undefined;
  }>,
): Promise<string> {
  const sessionId = toBase64Url(random.bytes(32));
  const nowMs = clock.nowMs();
  const { account, eSystem, nameProof } = of;
  await insertSession(tx, { name: secretName(sessionId), account, eSystem, nameProof, beganAtMs: nowMs });
  if (of.former !== undefined) await endNamed(tx, secretName(of.former), nowMs);
  await endOldest(tx, account, MOST_SESSIONS, nowMs);
  return sessionId;
}
