import { checkOf, type PolicyCode } from '@lianshu/pki';
import type { ProblemEntry } from '../platform/http/problem.ts';
import { CERTIFICATE_SENTENCES } from './certificate-sentences.ts';
import { ENVELOPE_SENTENCES } from './envelope-sentences.ts';
import { OUTCOME_SENTENCES } from './outcome-sentences.ts';
import { PAGE_SENTENCES } from './page-sentences.ts';
import type { CatalogueCode } from './policy-codes.ts';
import { refused } from './policy-sentence.ts';

const POLICY_SENTENCES: Readonly<Record<PolicyCode, ProblemEntry>> = {
  ...ENVELOPE_SENTENCES,
  ...CERTIFICATE_SENTENCES,
  ...OUTCOME_SENTENCES,
};

/**
 * What a person is told for every code of LIANSHU-VP/1 and of the signing page: HTTP status, one sentence of
 * cause that begins with whether anything was signed or counted, one next act, the first check that gives the
 * code, the article where it rests on one. Handed to `Problems` once; families stand under their stem.
 *
 * Source: identity.md §10, §11.
 */
export const POLICY_CATALOGUE: Readonly<Record<CatalogueCode, ProblemEntry>> = {
  ...withChecks(POLICY_SENTENCES),
  ...PAGE_SENTENCES,
  'commitment-mismatch': {
    ...refused(
      422,
      [
        '收執用的承諾值和送來的內容對不起來。',
        'the commitment meant for your receipt does not fit what was sent.',
      ],
      [
        '請重新整理頁面再簽一次；若仍不行，請換一個瀏覽器。',
        'Reload the page and sign once more; if it fails again, try another browser.',
      ],
    ),
    check: 4,
  },
};

const FAMILIES = ['E_HIPKI', 'E_DIW', 'E_NOT_ELIGIBLE'] as const;

/**
 * The entry of any code, also of a family's member (`E_HIPKI_76100006` → `E_HIPKI`). Undefined for a text that
 * is no code of ours.
 */
export function policyEntry(code: string): ProblemEntry | undefined {
  if (isCatalogueCode(code)) return POLICY_CATALOGUE[code];
  const family = FAMILIES.find((stem) => code.startsWith(`${stem}_`));
  return family === undefined ? undefined : POLICY_CATALOGUE[family];
}

function isCatalogueCode(code: string): code is CatalogueCode {
  return Object.hasOwn(POLICY_CATALOGUE, code);
}

function withChecks(
  sentences: Readonly<Record<PolicyCode, ProblemEntry>>,
): Readonly<Record<PolicyCode, ProblemEntry>> {
  const codes = Object.keys(sentences) as PolicyCode[];
  const entries = codes.map((code) => [code, { ...sentences[code], check: checkOf(code) }] as const);
  return Object.fromEntries(entries) as Record<PolicyCode, ProblemEntry>;
}
