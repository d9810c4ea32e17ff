import type { VNode } from 'preact';
import { type Language, type Localised, localPath } from '../web/index.ts';
import { speak } from './console-frame.tsx';
import type { Mandate } from './permissions.ts';

const NAMES: Readonly<Record<Mandate, Localised>> = {
  lead: { 'zh-Hant-TW': '領銜人', en: 'lead proposer' },
  'e-system': { 'zh-Hant-TW': '領銜人（憑證與認證碼）', en: 'lead proposer (certificate and code)' },
  'co-drafter': { 'zh-Hant-TW': '共同草擬', en: 'co-drafter' },
  assistant: { 'zh-Hant-TW': '協助人員', en: 'assistant' },
};

/** `/console`: the drafts that collect and the cases one works on. */
export const ConsoleListPage = ({
  language,
  rows,
}: Readonly<{
  language: Language;
  rows: readonly Readonly<{ number: string; subject: Localised; mandate: Mandate }>[];
}>): VNode => {
  const t = speak(language);
  return (
    <div class="wrap console">
      <h1>{t('領銜人專區', 'Lead proposer’s console')}</h1>
      {rows.length === 0 ? (
        <p>
          {t(
            '您名下沒有徵求中的草案或案件。草擬完成並開始徵求提案人之後，會出現在這裡。',
            'No draft that collects, and no case, is yours. It appears here once a text starts to collect proposers.',
          )}
        </p>
      ) : null}
      <ul class="case-list">
        {rows.map(({ number, subject, mandate }) => (
          <li key={number} class="case-row" data-number={number}>
            <div>
              <h2 class="row-title">
                <a href={localPath(language, `/console/${number}`)}>{subject[language]}</a>
              </h2>
              <p class="case-meta">
                <span class="case-number">
                  {number.startsWith('D')
                    ? t(`草案 ${number}`, `Draft ${number}`)
                    : t(`案 ${number}`, `Case ${number}`)}
                </span>
                <span>{NAMES[mandate][language]}</span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
};
