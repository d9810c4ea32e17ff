import type { VNode } from 'preact';
import { citation } from '../law/index.ts';
import {
  Alert,
  describedBy,
  ErrorSummary,
  ExcessNotice,
  Field,
  type FieldError,
  formatNumber,
  type Language,
  type Localised,
  localPath,
  Notice,
} from '../web/index.ts';
import type { CollectFault } from './collect.ts';
import { type DraftFrame, DraftShell } from './draft-frame.tsx';
import type { DraftHints } from './draft-hints.ts';
import { FIELD_LABELS } from './draft-labels.ts';
import type { DraftVersion } from './draft-store.ts';
import type { DraftText } from './draft-text.ts';
import { draftingMessages } from './drafting-messages.ts';
import type { LeadName, NameField, NameRefusal } from './lead-name.ts';
import type { LikeCase } from './like-cases.ts';
import { CountLine, DraftFields, Findings, LikeCases } from './text-parts.tsx';

export type CollectView = Readonly<{
  version: DraftVersion;
  /** The version as it becomes public, and what is beyond the limits. */
  published: DraftText;
  excess: Readonly<{ mainText: string; reasons: readonly string[] }>;
  hints: DraftHints;
  like: readonly LikeCase[];
  required: number;
  electors: number;
  months: number;
  /** What allows electronic proposals; undefined where nothing does. */
  allowedBy: Localised | undefined;
  isDemo: boolean;
  name: LeadName;
  faults: readonly CollectFault[];
  /** Why the names cannot be published as they were typed. */
  names: readonly NameRefusal[];
  /** Whether the confirmation was ticked, for these same words. */
  isSure: boolean;
  isSureMissing: boolean;
  changed?: number;
  refusal?: Readonly<{ citation: string; instead: Localised }>;
}>;

const NAME_FIELDS: ReadonlySet<string> = new Set(['nameZh', 'nameEn']);

function faultText(language: Language, { field, code }: CollectFault): string {
  const t = draftingMessages(language);
  const label = field === 'nameZh' ? t.nameZh : field === 'nameEn' ? t.nameEn : FIELD_LABELS[field][language];
  return code === 'missing'
    ? t.faultMissing(label)
    : code === 'too-long'
      ? t.faultTooLong(label)
      : t.faultPersonal(label);
}

/** One error of each name: its form first, then what the card says, told in a line for the summary. */
function nameErrors(language: Language, { faults, names }: CollectView): readonly NameError[] {
  return (['nameZh', 'nameEn'] as const).flatMap((field): NameError[] => {
    const fault = faults.find((one) => one.field === field);
    if (fault !== undefined) {
      const message = faultText(language, fault);
      return [{ field, message, whole: message }];
    }
    const refused = names.find((one) => one.field === field);
    if (refused === undefined) return [];
    const article = citation(refused.citation)[language];
    const whole = `${refused.instead[language]}${language === 'en' ? ` (${article})` : `（${article}）`}`;
    return [{ field, message: refused.fault[language], whole }];
  });
}

type NameError = FieldError & Readonly<{ field: NameField; whole: string }>;

/** `/drafts/:id/collect`: exactly what becomes public and frozen, what the law says, and whose name is told. */
export const CollectPage = ({ frame, view }: Readonly<{ frame: DraftFrame; view: CollectView }>): VNode => {
  const { language } = frame;
  const t = draftingMessages(language);
  const inText = view.faults.filter(({ field }) => !NAME_FIELDS.has(field));
  return (
    <DraftShell frame={frame} title={t.collectTitle}>
      <Summary frame={frame} view={view} />
      <p class="lede">{t.collectLede}</p>
      {view.isDemo ? <p class="hint">{t.invented}</p> : null}
      <section aria-labelledby="frozen-title">
        <h2 id="frozen-title">{t.collectFrozen}</h2>
        <p>{t.collectFrozenText(view.version.version)}</p>
        <ExcessNotice language={language} excess={view.excess} isPrivateKept />
        <DraftFields language={language} text={view.published} />
      </section>
      <section aria-labelledby="hints-title">
        <h2 id="hints-title">{t.hints}</h2>
        <p class="hint">{t.hintsNote}</p>
        {view.hints.counts.map((count) => (
          <div key={count.part}>
            <h3>{FIELD_LABELS[count.part][language]}</h3>
            <CountLine language={language} count={count} />
          </div>
        ))}
        <Findings language={language} findings={view.hints.findings} text={view.version.text} />
        <h3>{t.like}</h3>
        <p class="hint">{t.likeNote}</p>
        <LikeCases language={language} cases={view.like} publicUrl={frame.publicUrl} />
      </section>
      <Law language={language} view={view} />
      {view.allowedBy === undefined || inText.length > 0 ? null : <ConfirmForm frame={frame} view={view} />}
    </DraftShell>
  );
};

/** What stands in the way, first: faults of the text lead to the form where they are mended. */
const Summary = ({ frame, view }: Readonly<{ frame: DraftFrame; view: CollectView }>): VNode | null => {
  const { language, open } = frame;
  const t = draftingMessages(language);
  if (view.refusal !== undefined) return <Refused language={language} refusal={view.refusal} />;
  if (view.changed !== undefined)
    return (
      <section class="error-summary" role="alert" tabIndex={-1} autofocus data-changed={view.changed}>
        <p>{t.collectChanged(view.changed)}</p>
      </section>
    );
  const inText = view.faults.filter(({ field }) => !NAME_FIELDS.has(field));
  if (inText.length > 0)
    return (
      <section class="error-summary" role="alert" tabIndex={-1} autofocus aria-labelledby="faults-title">
        <h2 id="faults-title">{t.collectFaults}</h2>
        <ul>
          {inText.map((fault) => (
            <li key={`${fault.field}-${fault.code}`} data-fault={`${fault.field}:${fault.code}`}>
              <a href={localPath(language, `/drafts/${open.draft.id}/edit#${fault.field}`)}>
                {faultText(language, fault)}
              </a>
            </li>
          ))}
        </ul>
      </section>
    );
  const errors: FieldError[] = [...nameErrors(language, view)];
  if (view.isSureMissing) errors.push({ field: 'sure', message: t.collectSureMissing });
  // No name is at fault where the card cannot be asked: that is told beside what can be mended meanwhile.
  const unasked = view.names.find(({ field }) => field === undefined);
  return (
    <>
      {unasked === undefined ? null : <Refused language={language} refusal={unasked} />}
      <ErrorSummary language={language} errors={errors} />
    </>
  );
};

const Refused = ({
  language,
  refusal,
}: Readonly<{ language: Language; refusal: Exclude<CollectView['refusal'], undefined> }>): VNode => (
  <Alert id="law-title" title={draftingMessages(language).lawRefuses}>
    <p>
      <strong class="article">{citation(refusal.citation)[language]}</strong>
    </p>
    <p>{refusal.instead[language]}</p>
  </Alert>
);

const Law = ({ language, view }: Readonly<{ language: Language; view: CollectView }>): VNode => {
  const t = draftingMessages(language);
  return (
    <section aria-labelledby="law-says-title">
      <h2 id="law-says-title">{t.collectLaw}</h2>
      <ul>
        <li>{t.collectThreshold(formatNumber(view.required), formatNumber(view.electors))}</li>
        <li>{t.collectLeadMust}</li>
        <li>{t.collectTime(view.months)}</li>
        <li>{t.collectNoCure}</li>
        <li>{t.collectWithdraw}</li>
      </ul>
      <p data-electronic={view.allowedBy === undefined ? 'off' : 'on'}>
        {view.allowedBy === undefined
          ? t.collectOff
          : `${t.collectElectronic}${language === 'en' ? ': ' : '：'}${view.allowedBy[language]}`}
      </p>
    </section>
  );
};

const ConfirmForm = ({ frame, view }: Readonly<{ frame: DraftFrame; view: CollectView }>): VNode => {
  const { language, open } = frame;
  const t = draftingMessages(language);
  const errors = nameErrors(language, view);
  const errorOf = (name: NameField): string | undefined => errors.find(({ field }) => field === name)?.whole;
  const input = (field: NameField, value: string, label: string, hint: string, lang: string): VNode => (
    <Field id={field} label={label} hint={hint} error={errorOf(field)} language={language}>
      <input
        id={field}
        name={field}
        type="text"
        lang={lang}
        autocomplete="off"
        value={value}
        aria-invalid={errorOf(field) === undefined ? undefined : true}
        aria-describedby={describedBy(field, { hint: true, error: errorOf(field) !== undefined })}
      />
    </Field>
  );
  return (
    <section aria-labelledby="public-title">
      <h2 id="public-title">{t.collectPublic}</h2>
      <p>{t.collectPublicText}</p>
      <form method="post" action={localPath(language, `/drafts/${open.draft.id}/collect`)} novalidate>
        <input type="hidden" name="version" value={view.version.version} />
        {input('nameZh', view.name.zh, t.nameZh, t.nameZhHint, 'zh-Hant-TW')}
        {input('nameEn', view.name.en, t.nameEn, t.nameEnHint, 'en')}
        <div class={view.isSureMissing ? 'field field-erroneous' : 'field'}>
          <label class="check" for="sure">
            <input
              id="sure"
              name="sure"
              type="checkbox"
              value="yes"
              checked={view.isSure}
              aria-invalid={view.isSureMissing || undefined}
              aria-describedby={view.isSureMissing ? 'sure-error' : undefined}
            />{' '}
            <span>{t.collectSure}</span>
          </label>
          {view.isSureMissing ? (
            <p class="field-error" id="sure-error">
              {t.collectSureMissing}
            </p>
          ) : null}
        </div>
        <Notice>
          <p>{t.collectLede}</p>
        </Notice>
        <p class="buttons">
          <button type="submit" class="button">
            {t.collectButton}
          </button>
        </p>
      </form>
    </section>
  );
};
