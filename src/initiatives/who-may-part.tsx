import type { VNode } from 'preact';
import { citation, type WhoMay } from '../law/index.ts';
import { DateText, type Language, type Localised } from '../web/index.ts';

const words = {
  title: {
    propose: { 'zh-Hant-TW': '誰可以提案', en: 'Who may propose' },
    sign: { 'zh-Hant-TW': '誰可以連署', en: 'Who may sign' },
  },
  national: {
    'zh-Hant-TW': '中華民國國民，未受監護宣告',
    en: 'Nationals of the ROC who are not under guardianship',
  },
  born: (age: number): Localised => ({
    'zh-Hant-TW': `年滿 ${age} 歲：`,
    en: `${age} years of age: born on or before `,
  }),
  bornEnd: { 'zh-Hant-TW': '（含）以前出生', en: '' },
  since: (months: number): Localised => ({
    'zh-Hant-TW': `繼續居住 ${months} 個月以上：`,
    en: `${months} months of continuous residence: household registration on or before `,
  }),
  sinceEnd: { 'zh-Hant-TW': '（含）以前遷入登記', en: '' },
  reference: {
    propose: {
      'zh-Hant-TW': '以提案提出日之戶籍登記為準，最遲為 ',
      en: 'Judged by the household register on the day the proposal is filed, ',
    },
    sign: {
      'zh-Hant-TW': '以連署人名冊提出日（不是簽署日）之戶籍登記為準，最遲為 ',
      en: 'Judged by the household register on the day the roster is filed (not the day of signing), ',
    },
  },
  latest: {
    'zh-Hant-TW': '；提早提出者，上列日期隨之提早。',
    en: ' at the latest; if it is filed earlier, the days above are earlier too.',
  },
} as const;

/** 資格: the exact days by which a person counts, with the day that decides. A forecast until that day is known. */
export const WhoMayPart = ({ language, view }: Readonly<{ language: Language; view: WhoMay }>): VNode => {
  const { act, bornBy, residentSince, reference, minimumAgeYears, residenceMonths } = view;
  return (
    <details class="who-may" data-who-may={act} data-born-by={bornBy}>
      <summary>{words.title[act][language]}</summary>
      <ul>
        <li>{words.national[language]}</li>
        <li>
          {words.born(minimumAgeYears)[language]}
          <DateText language={language} iso={bornBy} />
          {words.bornEnd[language]}
        </li>
        <li>
          {words.since(residenceMonths)[language]}
          <DateText language={language} iso={residentSince} />
          {words.sinceEnd[language]}
        </li>
      </ul>
      <p class="hint">
        {words.reference[act][language]}
        <DateText language={language} iso={reference} />
        {words.latest[language]} <span>{citation(view.citation)[language]}</span>
      </p>
    </details>
  );
};
