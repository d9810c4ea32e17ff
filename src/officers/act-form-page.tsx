import type { VNode } from 'preact';
import { citation, type LawRefusal } from '../law/index.ts';
import {
  DateText,
  describedBy,
  ErrorSummary,
  Field,
  type FieldError,
  type Language,
  type Localised,
  localPath,
  Notice,
  RefusedByLaw,
} from '../web/index.ts';
import type { FieldFault, FormField, FormPart } from './act-form.ts';
import { CHOICE_LABELS, draftName, MEMBER_LABELS } from './desk-messages.ts';
import { type DeskKind, type DeskRule, formTitle, type Place } from './desk-rules.ts';
import { daysFrom } from './desk-view.ts';
import { type OfficeFrame, OfficeLayout } from './office-layout.tsx';
import { type OfficersMessages, officersMessages } from './officers-messages.ts';

export interface ActFormView {
  readonly place: Place;
  /** Empty for an act of no case. */
  readonly caseNumber: string;
  readonly subject: Localised | undefined;
  readonly kind: DeskKind;
  readonly rule: DeskRule;
  /** Last day of the term that this act meets. */
  readonly due: string | undefined;
  readonly today: string;
  readonly parts: readonly FormPart[];
  readonly checklist: readonly Localised[];
  /** Index of the entry that is to be replaced. */
  readonly replaces: number | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly FieldFault[];
  /** Ids of actions of the same act that wait already. */
  readonly waiting: readonly string[];
  readonly law?: LawRefusal;
}

type FormContext = Readonly<{ language: Language; view: ActFormView }>;

/** A member may be called otherwise in one kind of act: the place of a closure is no place of a hearing. */
const labelOf = (language: Language, kind: DeskKind, member: string): string =>
  (MEMBER_LABELS[`${kind}.${member}`] ?? MEMBER_LABELS[member])?.[language] ?? member;

function faultText({ language, view }: FormContext, { field, code }: FieldFault): string {
  const t = officersMessages(language);
  const { kind, values, checklist, parts } = view;
  if (code === 'personal') return t.personal;
  if (code === 'meeting-late') return t.faultMeetingLate;
  if (code === 'election-past') return t.faultElectionPast(values[field] ?? '');
  if (code === 'unticked') {
    const [, line = ''] = field.split('.');
    return t.faultUnticked(checklist[Number(line)]?.[language] ?? '');
  }
  const member = field.replace(/\.\d+(?=\.|$)/g, '');
  const label = labelOf(language, kind, member);
  return code === 'missing'
    ? t.faultMissing(label)
    : code === 'too-long'
      ? t.faultTooLong(label)
      : wrongText(t, label, fieldNamed(parts, field), values[field] ?? '');
}

const fieldNamed = (parts: readonly FormPart[], name: string): FormField | undefined =>
  parts
    .flatMap((part): readonly FormPart[] => (part.type === 'rows' ? part.rows.flat() : [part]))
    .find((part) => part.type === 'field' && part.name === name) as FormField | undefined;

/** Says what the field takes, by the kind of field it is. */
function wrongText(t: OfficersMessages, label: string, field: FormField | undefined, value: string): string {
  if (field?.least !== undefined && value.trim().length < field.least)
    return t.faultLeast(label, field.least);
  if (field?.input === 'link' || field?.member === 'recordings') return t.faultLink(label);
  if (field?.input === 'number') return t.faultNumber(label);
  if (field?.input === 'day') return t.faultDay(label);
  if (field?.input === 'choice' || field?.input === 'flag') return t.faultChoice(label);
  return field?.member === 'hour' ? t.faultHour(label) : t.faultWrong(label);
}

/** Where a form is found. */
const PATHS = {
  case: ({ caseNumber }: ActFormView) => `/cases/${caseNumber}`,
  draft: ({ caseNumber }: ActFormView) => `/drafts/${caseNumber}`,
  platform: () => '/platform',
} as const;

/** The form of one act: article, term with the days left, checklist to be ticked, and what is asked. */
export const ActFormPage = ({ frame, view }: Readonly<{ frame: OfficeFrame; view: ActFormView }>): VNode => {
  const { language } = frame;
  const t = officersMessages(language);
  const { rule, caseNumber, law, replaces, due } = view;
  const errors: readonly FieldError[] = view.faults.map((fault) => ({
    field: fault.field,
    message: faultText({ language, view }, fault),
  }));
  const back = PATHS[view.place](view);
  const of =
    view.place === 'draft'
      ? draftName(caseNumber)[language]
      : caseNumber === ''
        ? t.platformTitle
        : t.deskOf(caseNumber);
  const title = formTitle(view.kind, replaces !== undefined)[language];
  return (
    <OfficeLayout
      frame={frame}
      title={`${title} ${of}`}
      current={view.place === 'case' ? 'register' : 'platform'}
      erroneous={errors.length > 0 || law !== undefined}
    >
      <div class="wrap prose">
        <p class="case-meta">
          <a href={localPath(language, view.place === 'draft' ? '/platform' : back)}>{of}</a>
          {view.subject === undefined ? null : <span>{view.subject[language]}</span>}
        </p>
        <h1>{`${t.formTitle}${language === 'en' ? ': ' : '：'}${title}`}</h1>
        <ErrorSummary language={language} errors={errors} />
        {law === undefined ? null : <LawNotice language={language} law={law} />}
        {replaces === undefined ? null : (
          <Notice kind="strong">
            <p>{t.replacing(replaces)}</p>
          </Notice>
        )}
        {view.waiting.length === 0 ? null : (
          <Notice kind="strong">
            <p data-already-waiting>
              {t.alreadyWaiting}{' '}
              {view.waiting.map((id) => (
                <a key={id} href={localPath(language, `/actions/${id}`)}>
                  {title}
                </a>
              ))}
            </p>
          </Notice>
        )}
        <dl class="facts">
          <dt>{t.article}</dt>
          <dd>{citation(rule.citation)[language]}</dd>
          <dt>{t.term}</dt>
          <dd>
            {due === undefined ? null : (
              <>
                {`${t.until} `}
                <DateText language={language} iso={due} />{' '}
                <strong>{t.daysLeft(daysFrom(view.today, due))}</strong>{' '}
              </>
            )}
            {rule.allowedWhen[language]}
          </dd>
        </dl>
        {rule.isInSession ? (
          <Notice kind="strong">
            <p>{t.sessionNote}</p>
          </Notice>
        ) : null}
        <form method="post" action={localPath(language, `${back}/acts/${view.kind}`)} novalidate>
          {replaces === undefined ? null : <input type="hidden" name="replaces" value={String(replaces)} />}
          <Checklist language={language} view={view} />
          {view.parts.map((part) => (
            <Part key={part.name} language={language} view={view} part={part} />
          ))}
          <Notice>
            <p>{t.publicForEver}</p>
          </Notice>
          <p class="buttons">
            <button type="submit" class="button">
              {t.preview}
            </button>
          </p>
        </form>
      </div>
    </OfficeLayout>
  );
};

/** Each line has to be ticked; what was ticked is kept with the act and is not public. */
const Checklist = ({ language, view }: FormContext): VNode | null => {
  const t = officersMessages(language);
  if (view.checklist.length === 0) return null;
  return (
    <fieldset class="checklist">
      <legend>{t.checklist}</legend>
      <p class="hint">{t.checklistNote}</p>
      {view.checklist.map((line, i) => {
        const id = `check.${i}`;
        const isMissing = view.faults.some((fault) => fault.field === id);
        return (
          <p key={line.en} class={isMissing ? 'check field-erroneous' : 'check'}>
            <input
              type="checkbox"
              id={id}
              name={id}
              value="yes"
              checked={view.values[id] === 'yes'}
              aria-describedby={isMissing ? `${id}-error` : undefined}
            />{' '}
            <label for={id}>{line[language]}</label>
            {isMissing ? (
              <span class="field-error" id={`${id}-error`}>
                {' '}
                {t.faultUnticked(line[language])}
              </span>
            ) : null}
          </p>
        );
      })}
    </fieldset>
  );
};

/** What the law says against it: article, and what is possible instead. */
export const LawNotice = ({ language, law }: Readonly<{ language: Language; law: LawRefusal }>): VNode => (
  <RefusedByLaw
    language={language}
    title={officersMessages(language).lawRefuses}
    code={law.code}
    article={citation(law.citation)}
    instead={law.instead}
  />
);

const Part = ({ language, view, part }: FormContext & Readonly<{ part: FormPart }>): VNode => {
  const t = officersMessages(language);
  if (part.type === 'field') return <Asked language={language} view={view} field={part} />;
  const [first = [], ...others] = part.rows;
  const isFilled = (row: readonly FormPart[]) => row.some(({ name }) => (view.values[name] ?? '') !== '');
  const row = (parts: readonly FormPart[]) =>
    parts.map((child) => <Part key={child.name} language={language} view={view} part={child} />);
  return (
    <fieldset id={part.name}>
      <legend>{labelOf(language, view.kind, part.name)}</legend>
      {row(first)}
      <details open={others.some(isFilled)}>
        <summary>{t.more}</summary>
        {others.map((parts, i) => (
          <div key={i} class="form-row">
            {row(parts)}
          </div>
        ))}
      </details>
    </fieldset>
  );
};

const Asked = ({ language, view, field }: FormContext & Readonly<{ field: FormField }>): VNode => {
  const t = officersMessages(language);
  const fault = view.faults.find((one) => one.field === field.name);
  const error = fault && faultText({ language, view }, fault);
  const hint = field.member === 'on' ? t.onHint : undefined;
  const label = `${labelOf(language, view.kind, field.member)}${field.isOptional ? t.optional : ''}`;
  const described = describedBy(field.name, { hint: hint !== undefined, error: error !== undefined });
  return (
    <Field id={field.name} label={label} hint={hint} error={error} language={language}>
      <Control
        language={language}
        field={field}
        value={view.values[field.name] ?? ''}
        described={described}
      />
    </Field>
  );
};

const Control = ({
  language,
  field,
  value,
  described,
}: Readonly<{
  language: Language;
  field: FormField;
  value: string;
  described: string | undefined;
}>): VNode => {
  const t = officersMessages(language);
  const common = { id: field.name, name: field.name, 'aria-describedby': described };
  const options = field.input === 'flag' ? ['yes', 'no'] : field.choices;
  const nameOf = (choice: string) =>
    field.input === 'flag'
      ? choice === 'yes'
        ? t.yes
        : t.no
      : (CHOICE_LABELS[choice]?.[language] ?? choice);
  switch (field.input) {
    case 'choice':
    case 'flag':
      return (
        <select {...common}>
          <option value="">{t.chooseOne}</option>
          {options.map((choice) => (
            <option key={choice} value={choice} selected={choice === value}>
              {nameOf(choice)}
            </option>
          ))}
        </select>
      );
    case 'text':
    case 'lines':
      return (
        <textarea {...common} rows={field.input === 'lines' ? 2 : field.member.endsWith('.en') ? 3 : 5}>
          {value}
        </textarea>
      );
    case 'day':
      return <input {...common} type="date" value={value} />;
    case 'number':
      return <input {...common} inputMode="numeric" autocomplete="off" value={value} />;
    default:
      return <input {...common} type="text" autocomplete="off" maxLength={field.most} value={value} />;
  }
};
