/** The sealer of a campaign: it answers each prepared envelope as the real one did, in no time. */
import { type SealerClient, SealerFault, type SealOutcome } from '../../src/sealer/index.ts';
import type { SettleOutcome } from '../../src/sealer/sealer-types.ts';
import type { Pool } from './pool.ts';

/** Of the envelopes whose commitments are in `held` it says first that their identity was not confirmed. */
export function replayedSealer(pool: Pool, held: ReadonlySet<string>): SealerClient {
  const byCommitment = new Map(pool.envelopes.map((one) => [one.commitment, one]));
  const byCiphertext = new Map(
    pool.envelopes.flatMap((one) =>
      one.held.outcome === 'held' ? [[text(one.held.ciphertext), one.settled] as const] : [],
    ),
  );
  return {
    async seal({ recordCommitment }) {
      const commitment = text(recordCommitment);
      const envelope = byCommitment.get(commitment);
      if (envelope === undefined) throw new SealerFault('request-malformed');
      return (held.has(commitment) ? envelope.held : envelope.sealed) as SealOutcome;
    },
    async settle({ ciphertext }) {
      const settled = byCiphertext.get(text(ciphertext));
      if (settled === undefined) throw new SealerFault('hold-record-unreadable');
      return settled as SettleOutcome;
    },
    signIn: async () => {
      throw new SealerFault('request-malformed');
    },
    sealAffidavit: async () => {
      throw new SealerFault('request-malformed');
    },
    isNameOnCard: async () => false,
    leadMark: async () => new Uint8Array(32),
    openCase: async (caseNumber) => ({
      caseNumber,
      ready: true,
      evidenceRecipients: 1,
      rosterRecipients: 2,
    }),
    noteStored: async () => undefined,
    countyDays: async () => [],
    forgetCountyDay: async () => ({ outcome: 'absent' }),
    forgetHoldKey: async () => ({ outcome: 'current' }),
    health: async () => ({ ready: true, promiseKey: pool.promiseKey, crl: [], inFlight: 0 }),
    reloadRevocation: async () => [],
    close: () => undefined,
  };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
