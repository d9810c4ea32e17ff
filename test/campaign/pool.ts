/** The pool of prepared envelopes: real signatures over real statements, judged once by a real sealer. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sealOutcome, settleOutcome } from '../../src/sealer/sealer-contract.ts';

/** The log's name in every campaign. */
export const CAMPAIGN_ORIGIN = 'campaign.lianshu.invalid/log';

/** Open from the start of every world. */
export const CAMPAIGN_CASES = ['9901', '9902'] as const;

const envelope = z.object({
  /** Number of the invented citizen; two envelopes may share it. */
  person: z.int(),
  caseNumber: z.string(),
  /** `L`, base64url. */
  commitment: z.string(),
  /** What a client posts, as it stands. */
  body: z.record(z.string(), z.string()),
  /** What the sealer answered when the identity service spoke. */
  sealed: sealOutcome,
  /** What it answered when that service was silent, and what it made of it later. */
  held: sealOutcome,
  settled: settleOutcome,
});

const pool = z.object({
  /** Cookie under which every token was issued. */
  cookie: z.string(),
  /** The tokens are ten minutes good from here: each world's clock begins here. */
  preparedAtMs: z.number(),
  promiseKey: z.string(),
  /** The log's verifier keys, one a line. */
  logKeys: z.string(),
  envelopes: z.array(envelope),
});

/** One person's signature as posted, with everything the sealer would answer. */
export type Envelope = z.output<typeof envelope>;
/** See the top of this file. */
export type Pool = z.output<typeof pool>;

/** As text for a file. */
export const writePool = (of: Pool): string => JSON.stringify(z.encode(pool, of));

/** Reads a file of {@link writePool}. */
export const readPool = (path: string): Pool => z.decode(pool, JSON.parse(readFileSync(path, 'utf8')));
