/** An officer's assertion over a digest: verified under their living key and mandate, now and again later. */
import {
  type AuthenticationAnswer,
  answerOf,
  challengeIn,
  type RelyingParty,
  verifyAssertion,
} from '../passkeys/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { isLocked } from '../platform/sign-in-rule.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { StoredApproval } from './action-store.ts';
import {
  findPasskey,
  livePasskey,
  lockOfficer,
  type Passkey,
  setCounter,
  setFailures,
} from './officer-store.ts';
import { capacitiesOn, countFailure } from './officers.ts';
import type { OfficersProblem } from './officers-problems.ts';

/** The mandate under which this desk acts. */
export const DESK_CAPACITY = 'commission';

export interface ActionSignatures {
  /** The officer's answer to this challenge, under their living key and mandate; a failure is counted. */
  verify(
    tx: Tx,
    officerId: string,
    challenge: string,
    answer: AuthenticationAnswer | undefined,
  ): Promise<Passkey | OfficersProblem>;
  /** The key's public name if an earlier signature still holds: key living, mandate running, assertion right. */
  stillHolds(tx: Tx, approval: StoredApproval, challenge: string): Promise<string | undefined>;
}

export function actionSignatures({
  clock,
  party,
}: Readonly<{ clock: Clock; party: () => RelyingParty }>): ActionSignatures {
  const mayAct = async (tx: Tx, officer: string): Promise<boolean> =>
    (await capacitiesOn(tx, officer, legalDateOf(clock.nowMs()))).includes(DESK_CAPACITY);
  return {
    async verify(tx, officerId, challenge, answer) {
      const nowMs = clock.nowMs();
      const officer = await lockOfficer(tx, officerId);
      if (officer === undefined) return 'mandate-ended';
      if (isLocked(officer, nowMs)) return 'officer-locked';
      if (!(await mayAct(tx, officerId))) return 'mandate-ended';
      if (answer !== undefined && challengeIn(answer.response.clientDataJSON) !== challenge)
        return 'approval-of-another-action';
      const passkey = await livePasskey(tx, officerId);
      const counter =
        answer !== undefined && passkey?.credentialId === answer.id
          ? await verifyAssertion(answer, passkey, party(), challenge)
          : undefined;
      if (passkey === undefined || counter === undefined) {
        await countFailure(tx, officer, nowMs);
        return 'approval-invalid';
      }
      await setCounter(tx, passkey.credentialId, counter);
      await setFailures(tx, officerId, 0);
      return passkey;
    },

    async stillHolds(tx, approval, challenge) {
      const passkey = await findPasskey(tx, approval.credentialId);
      if (passkey === undefined || passkey.endedAtMs !== undefined || passkey.officer !== approval.officer)
        return undefined;
      if (!(await mayAct(tx, approval.officer))) return undefined;
      // Its counter was compared when it was made; by now the key may have signed other things.
      const again = { ...passkey, counter: 0 };
      const answer = answerOf(approval.credentialId, approval);
      const counter = await verifyAssertion(answer, again, party(), challenge);
      return counter === undefined ? undefined : passkey.keySha256;
    },
  };
}
