import type { Localised, ProblemEntry } from '../platform/http/problem.ts';

/** A sentence in both languages: zh-Hant-TW, then en. */
export type Pair = readonly [zh: string, en: string];

/** A refusal of what was sent. Its sentence begins by saying that nothing was counted. */
export function refused(status: number, cause: Pair, next: Pair, legalBasis?: Pair): ProblemEntry {
  return entry(status, [`沒有計入連署：${cause[0]}`, `Nothing was counted: ${cause[1]}`], next, legalBasis);
}

/** Something the browser met before sending. Its sentence begins by saying that nothing was signed. */
export function unsigned(cause: Pair, next: Pair): ProblemEntry {
  return entry(422, [`還沒有簽署任何內容：${cause[0]}`, `Nothing has been signed: ${cause[1]}`], next);
}

/** Received and kept, decided later; the person has a promise in hand. */
export function waiting(cause: Pair, next: Pair): ProblemEntry {
  return entry(202, [`已收到連署，尚未計入：${cause[0]}`, `Received, not yet counted: ${cause[1]}`], next);
}

/** Any other sentence, as it stands. */
export function entry(status: number, title: Pair, next: Pair, legalBasis?: Pair): ProblemEntry {
  return {
    status,
    title: localised(title),
    next: localised(next),
    ...(legalBasis === undefined ? {} : { legalBasis: localised(legalBasis) }),
  };
}

function localised([zh, en]: Pair): Localised {
  return { 'zh-Hant-TW': zh, en };
}

/** Articles several refusals rest on. */
export const LAW = {
  /** The signer types the national ID number and uses a Citizen Digital Certificate. */
  credential: [
    '全國性公民投票電子連署及查對作業辦法第5條',
    'Regulations on Electronic Joint Signatures and Checks for National Referendums, Article 5',
  ],
  /** Six months from the day after the earliest collection; collection stops with the submission. */
  period: [
    '公民投票法第12條第2項；全國性公民投票電子連署及查對作業辦法第6條',
    'Referendum Act, Article 12(2); Regulations on Electronic Joint Signatures and Checks, Article 6',
  ],
  /** Within validity and scope of use, the signature is presumed to be the person's own. */
  presumption: ['電子簽章法第6條', 'Electronic Signatures Act, Article 6'],
  once: ['公民投票法施行細則第11條', 'Enforcement Rules of the Referendum Act, Article 11'],
  eligibility: ['公民投票法第7條、第8條', 'Referendum Act, Articles 7 and 8'],
} as const satisfies Readonly<Record<string, Pair>>;
