import type { VNode } from 'preact';
import { ROSTER_FORM, ROSTER_SHEET } from '../law/index.ts';
import type { Language } from '../web/index.ts';
import { speak } from './console-frame.tsx';

/** What a paper sheet asks of a signer, field by field, folded away. */
export const PaperSheet = ({ language }: Readonly<{ language: Language }>): VNode => {
  const t = speak(language);
  return (
    <details>
      <summary>{t('紙本名冊的欄位', 'Fields of a paper sheet')}</summary>
      <ol>
        {ROSTER_SHEET.map(({ name, boxes, parts, note }) => (
          <li>
            {name[language]}
            {boxes === undefined ? '' : t(`（${boxes} 格）`, ` (${boxes} boxes)`)}
            {parts === undefined
              ? ''
              : t('：', ': ') + parts.map((part) => part[language]).join(t('、', ', '))}
            {note === undefined ? '' : t('：', '. ') + note[language]}
          </li>
        ))}
      </ol>
      <p>
        {t('出處：', 'Source: ')}
        {ROSTER_FORM.version[language]}
        {t('；', '; ')}
        {ROSTER_FORM.effectiveFrom.note?.[language]}
      </p>
    </details>
  );
};
