import type { VNode } from 'preact';
import { DateText, type Language, type Localised, localPath } from '../web/index.ts';
import type { DeskKind } from './desk-rules.ts';
import { officersMessages } from './officers-messages.ts';

/** An entry that may be corrected by a new one. */
export interface MendRow {
  readonly index: number;
  readonly kind: DeskKind;
  readonly what: Localised;
  readonly at: string;
  readonly isRetractable: boolean;
}

/** 更正: entries of this desk, each with the way to the form that replaces it. Nothing is overwritten. */
export const MendList = ({
  language,
  rows,
  back,
  id = 'mend-title',
}: Readonly<{ language: Language; rows: readonly MendRow[]; back: string; id?: string }>): VNode | null => {
  const t = officersMessages(language);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t.mendTitle}</h2>
      <details>
        <summary>{t.mendChoose(rows.length)}</summary>
        <p>{t.mendNote}</p>
        <ul class="office-list">
          {rows.map(({ index, kind, what, at, isRetractable }) => (
            <li key={index} data-mend={String(index)}>
              <h3>{what[language]}</h3>
              <p class="case-meta">
                <span>{t.entry(index)}</span>
                <DateText language={language} iso={at} clock />
                <a href={localPath(language, `${back}/acts/${kind}?replaces=${index}`)}>
                  {t.mend}
                  <span class="visually-hidden">{` ${t.entry(index)}`}</span>
                </a>
                {isRetractable ? (
                  <a href={localPath(language, `${back}/acts/retraction?replaces=${index}`)}>
                    {t.retract}
                    <span class="visually-hidden">{` ${t.entry(index)}`}</span>
                  </a>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
};
