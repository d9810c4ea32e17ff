/**
 * 領銜人姓名: the one name that becomes public. It must be the one on the certificate that signed in: whoever leads a
 * proposal is named by it, and nobody is named by somebody else.
 */
import type { Localised } from '../web/index.ts';
import type { Person } from './workspace.ts';

/** What the lead proposer types here and nowhere else: the name that becomes public. */
export interface LeadName {
  readonly zh: string;
  /** In Latin letters, beside the name and never in its place; empty where none is wished. */
  readonly en: string;
}

/** The field a name is typed in. */
export type NameField = 'nameZh' | 'nameEn';

/** Asks the sealer whether a name is the one on the card that signed in; undefined where it gives no answer now. */
export type IsNameOnCard = (
  claim: Readonly<{ person: Uint8Array; name: string; proof: Uint8Array }>,
) => Promise<boolean | undefined>;

export interface NameRefusal {
  readonly code: 'name-not-on-card' | 'name-not-latin' | 'name-unchecked' | 'name-needs-sign-in';
  /** The field that must be mended; undefined where no name is at fault. */
  readonly field: NameField | undefined;
  readonly citation: string;
  /** What is wrong with the field, in a line. */
  readonly fault: Localised;
  readonly instead: Localised;
}

const CITATION = '公民投票法 §9 I、§10 VI②；專案預設';

const refusal = (
  code: NameRefusal['code'],
  field: NameRefusal['field'],
  [faultZh, faultEn]: readonly [string, string],
  zh: string,
  en: string,
): NameRefusal => ({
  code,
  field,
  citation: CITATION,
  fault: { 'zh-Hant-TW': faultZh, en: faultEn },
  instead: { 'zh-Hant-TW': zh, en },
});

const NOT_ON_CARD = refusal(
  'name-not-on-card',
  'nameZh',
  [
    '領銜人姓名與登入所用自然人憑證上的姓名不同。',
    'The name of the lead proposer is not the one on the certificate you signed in with.',
  ],
  '公開的領銜人姓名以登入所用的自然人憑證為準。所填姓名與您登入所用自然人憑證上的姓名不同，沒有公開任何內容。請照憑證上的姓名填寫，異體字、間隔號都要相同（空格與全形、半形不影響）。已改名者，請先向戶政事務所辦理姓名變更並換發自然人憑證，再以新憑證登入。',
  'A lead proposer is named as on the certificate of the sign-in. The name is not the one on the certificate you signed in with; nothing was published. Type it exactly as on the certificate, variant characters and dots included (spaces and full width do not matter). After a change of name: have the household registration office record it and issue a new certificate, then sign in with that.',
);
const NOT_LATIN = refusal(
  'name-not-latin',
  'nameEn',
  [
    "羅馬字姓名只能用拉丁字母、空格與 - ' . , ( )。",
    "The name in Latin letters may hold only those, spaces and - ' . , ( ).",
  ],
  "羅馬字姓名只能用拉丁字母、空格與 - ' . , ( )，沒有公開任何內容。中文姓名另由憑證核對，會一併顯示；這一欄可以不填。",
  "The name in Latin letters may hold only those, spaces and - ' . , ( ); nothing was published. The name of the certificate is shown beside it anyway; this field may be left empty.",
);
const UNCHECKED = refusal(
  'name-unchecked',
  undefined,
  ['目前無法核對憑證上的姓名。', 'The name on the certificate cannot be checked now.'],
  '目前無法核對憑證上的姓名，沒有公開任何內容。請幾分鐘後再按一次；草案仍在。',
  'The name on the certificate cannot be checked now; nothing was published. Please try again in a few minutes; the draft is kept.',
);
const NEEDS_SIGN_IN = refusal(
  'name-needs-sign-in',
  undefined,
  ['這次登入沒有核對過憑證上的姓名。', 'This session has no name of a certificate to compare with.'],
  '這次登入沒有核對過憑證上的姓名，沒有公開任何內容。請登出，以自然人憑證重新登入後再開始徵求；草案仍在。',
  'This session has no name of a certificate to compare with; nothing was published. Sign out, sign in again with the certificate, then begin to collect; the draft is kept.',
);

/** Letters that are not taken for the name itself. */
const LATIN = /^[\p{Script=Latin}\p{M} \-'’.,()]*$/u;

/** A demonstration marks its people as invented; the mark is ours and stands on no card. */
const withoutMark = (zh: string): string => zh.replace(/[（(]虛構[）)]$/u, '').trim();

/**
 * Everything that keeps the names from being published, at once; empty where they may be. A name that is not typed yet
 * is not asked about.
 */
export async function nameRefusals(
  isNameOnCard: IsNameOnCard,
  { person, nameProof }: Pick<Person, 'person' | 'nameProof'>,
  name: LeadName,
  isInvented: boolean,
): Promise<readonly NameRefusal[]> {
  const refusals = LATIN.test(name.en) ? [] : [NOT_LATIN];
  if (person === undefined || nameProof === undefined) return [NEEDS_SIGN_IN, ...refusals];
  const zh = isInvented ? withoutMark(name.zh) : name.zh;
  if (zh === '') return refusals;
  const isOnCard = await isNameOnCard({ person, name: zh, proof: nameProof });
  if (isOnCard === true) return refusals;
  return [isOnCard === undefined ? UNCHECKED : NOT_ON_CARD, ...refusals];
}

/** The name as it becomes public: in English the Latin letters stand before it, for nobody checked those. */
export function publicName({ zh, en }: LeadName, isInvented: boolean): Localised {
  const name = isInvented ? withoutMark(zh) : zh;
  const latin = isInvented ? en.replace(/\s*\(invented\)$/iu, '') : en;
  const both = latin === '' ? name : `${latin} ${name}`;
  return isInvented
    ? { 'zh-Hant-TW': `${name}（虛構）`, en: `${both} (invented)` }
    : { 'zh-Hant-TW': name, en: both };
}
