import type { VNode } from 'preact';
import {
  DateText,
  describedBy,
  ErrorSummary,
  Field,
  type FieldError,
  localPath,
  Notice,
  QuotingChinese,
} from '../web/index.ts';
import type { Nomination } from './nomination-list.ts';
import { NominationSection, ToSignSection } from './nomination-section.tsx';
import type { Proposed } from './nominations.ts';
import { type OfficeFrame, OfficeLayout } from './office-layout.tsx';
import type { OfficerRow } from './officer-list.ts';
import { officersMessages } from './officers-messages.ts';

export interface OfficersView {
  readonly officers: readonly OfficerRow[];
  readonly nominations: readonly Nomination[];
  readonly labels: ReadonlyMap<string, string>;
  readonly me: Readonly<{ id: string; credential: string }>;
  readonly rpId: string;
  readonly values: Readonly<{ label: string; untilOn: string; replace: boolean }>;
  readonly fault?: 'label' | 'untilOn';
  /** Just filled in: what the proposer is to sign. */
  readonly toSign?: Proposed;
  /** The link, shown to the proposer this once. */
  readonly link?: Readonly<{ label: string; url: string }>;
}

/** `/officers`: who they are by label, whom one officer proposed, and the steps by which two make an officer. */
export const OfficersPage = ({
  frame,
  view,
}: Readonly<{ frame: OfficeFrame; view: OfficersView }>): VNode => {
  const { language, site } = frame;
  const t = officersMessages(language);
  const { values, fault, link } = view;
  const message =
    fault === undefined ? undefined : fault === 'label' ? t.nominateLabelWrong : t.nominateUntilWrong;
  const errors: readonly FieldError[] =
    fault === undefined || message === undefined ? [] : [{ field: fault, message }];
  return (
    <OfficeLayout
      frame={frame}
      title={t.officersNav}
      current="officers"
      script={site.assets.passkeyScript}
      erroneous={errors.length > 0}
    >
      <div class="wrap prose">
        <h1>{t.officersNav}</h1>
        <ErrorSummary language={language} errors={errors} />
        {link === undefined ? null : (
          <Notice kind="strong">
            <p role="status" data-link>
              <strong>
                <QuotingChinese language={language} text={t.linkFor(link.label)} />
              </strong>
              <br />
              <code class="break">{link.url}</code>
            </p>
            <p>{t.linkNote}</p>
          </Notice>
        )}
        <ul class="office-list">
          {view.officers.map((officer) => (
            <li key={officer.label} data-officer={officer.label}>
              <h2 lang="zh-Hant-TW">{officer.label}</h2>
              <p class="case-meta">
                <span>{officer.hasPasskey ? t.hasPasskey : t.noPasskey}</span>
                {officer.mandates.map(({ capacity, fromOn, untilOn }) => (
                  <span key={capacity}>
                    {t.mandates} <DateText language={language} iso={fromOn} />
                    {' – '}
                    {untilOn === undefined ? '' : <DateText language={language} iso={untilOn} />}
                  </span>
                ))}
              </p>
            </li>
          ))}
        </ul>
        {view.toSign === undefined ? null : (
          <ToSignSection language={language} view={view} of={view.toSign} />
        )}
        {view.nominations.map((one) => (
          <NominationSection key={one.id} language={language} view={view} of={one} />
        ))}
        <h2>{t.nominate}</h2>
        <p class="hint">{t.nominateNote}</p>
        <form method="post" action={localPath(language, '/officers/nominations')} novalidate>
          <Field
            id="label"
            label={t.nominateLabel}
            hint={t.nominateLabelHint}
            error={fault === 'label' ? message : undefined}
            language={language}
          >
            <input
              id="label"
              name="label"
              type="text"
              autocomplete="off"
              maxLength={40}
              value={values.label}
              aria-describedby={describedBy('label', { hint: true, error: fault === 'label' })}
            />
          </Field>
          <Field
            id="untilOn"
            label={t.nominateUntil}
            error={fault === 'untilOn' ? message : undefined}
            language={language}
          >
            <input
              id="untilOn"
              name="untilOn"
              type="date"
              value={values.untilOn}
              aria-describedby={describedBy('untilOn', { error: fault === 'untilOn' })}
            />
          </Field>
          <p class="check">
            <input type="checkbox" id="replace" name="replace" value="yes" checked={values.replace} />{' '}
            <label for="replace">{t.nominateReplace}</label>
          </p>
          <p class="buttons">
            <button type="submit" class="button">
              {t.nominate}
            </button>
          </p>
        </form>
      </div>
    </OfficeLayout>
  );
};
