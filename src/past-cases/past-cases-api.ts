import { z } from 'zod';
import { citation } from '../law/index.ts';
import { type ApiRoute, apiRoute, localisedText } from '../platform/http/api.ts';
import { judged, type PastCase } from './past-case.ts';
import type { PastCases } from './past-cases.ts';

const count = z.int().nonnegative();
const pastCasesAnswer = z.object({
  pastCases: z.array(
    z.object({
      number: z.int().positive(),
      voteOn: z.iso.date(),
      title: z.string(),
      leadProposer: z.string(),
      yes: count,
      no: count,
      invalid: count,
      electors: count,
      /** Percent with two decimals, as the source gives it. */
      turnout: z.string().regex(/^\d{1,3}\.\d\d$/),
      passed: z.boolean(),
      /** The rule pack then in force and what it asked for. */
      rule: z
        .object({
          pack: z.string(),
          basis: localisedText,
          needed: count,
          had: count,
          hasMajority: z.boolean(),
        })
        .optional(),
      source: z.string(),
    }),
  ),
});

/** `/v1/past-cases`: national referendums voted on outside this platform, told from the source that each names. */
export function pastCasesApi(pastCases: PastCases): ApiRoute {
  return apiRoute({
    id: 'listPastCases',
    method: 'GET',
    path: '/v1/past-cases',
    summary: {
      'zh-Hant-TW': '歷次全國性公民投票，附資料來源',
      en: 'Past national referendums, each with its source',
    },
    publicForSeconds: 60,
    problems: [],
    answers: {
      200: { description: { 'zh-Hant-TW': '歷次公投', en: 'Past referendums' }, schema: pastCasesAnswer },
    },
    answer: async () => ({ status: 200, body: { pastCases: (await pastCases.list()).map(told) } }),
  });
}

function told(one: PastCase) {
  const { yes, no, invalid, electors, turnout, ...rest } = one;
  const found = judged(one);
  return {
    ...rest,
    yes: Number(yes),
    no: Number(no),
    invalid: Number(invalid),
    electors: Number(electors),
    turnout: (turnout / 100).toFixed(2),
    rule: found && {
      pack: found.pack.id,
      basis: citation(found.pack.parameters.passRule.citation),
      needed: Number(found.verdict.needed),
      had: Number(found.verdict.had),
      hasMajority: found.verdict.hasMajority,
    },
  };
}
