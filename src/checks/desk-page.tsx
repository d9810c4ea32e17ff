import type { ComponentChildren, VNode } from 'preact';
import { citation, type LawRefusal } from '../law/index.ts';
import { type Language, localPath, Notice } from '../web/index.ts';
import type { CheckRefusal } from './checks-contract.ts';
import { deskMessages } from './desk-messages.ts';

/** What stood against the last step, if anything: a refusal of this module, or what the law says. */
export interface SaidBefore {
  readonly refusal?: CheckRefusal;
  readonly law?: LawRefusal;
}

/** A page of this module at the officers' desk: the way back to its case or draft, its name, and what was refused. */
export const DeskPage = ({
  language,
  number,
  title,
  refusal,
  law,
  children,
}: SaidBefore &
  Readonly<{ language: Language; number: string; title: string; children: ComponentChildren }>): VNode => {
  const t = deskMessages(language);
  const isDraft = number.startsWith('D');
  return (
    <div class="wrap office-page">
      <p class="case-meta">
        <a href={localPath(language, isDraft ? '/platform' : `/cases/${number}`)}>
          {isDraft ? t.backToPlatform : t.back}
        </a>
      </p>
      <h1>{title}</h1>
      {refusal === undefined ? null : (
        <Notice kind="error">
          <p role="alert" data-refusal={refusal}>
            {t.refusals[refusal]}
          </p>
        </Notice>
      )}
      {law === undefined ? null : (
        <Notice kind="error">
          <p role="alert" data-law={law.code}>
            {law.instead[language]} <span class="article">{citation(law.citation)[language]}</span>
          </p>
        </Notice>
      )}
      {children}
    </div>
  );
};
