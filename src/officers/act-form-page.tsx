import type { VNode } from 'preact';
import type { CaseCourse, LawRefusal } from '../law/index.ts';
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
} from '../web/index.ts';
import type { FieldFault, FormField, FormPart } from './act-form.ts';
import { CHECKLISTS, CHOICE_LABELS, MEMBER_LABELS } from './desk-messages.ts';
import type { DeskActView } from './desk-view.ts';
import { type OfficeFrame, OfficeLayout } from './office-layout.tsx';
import { officersMessages } from './officers-messages.ts';

export interface ActFormView {
  readonly caseNumber: string;
  readonly subject: Localised;
  readonly course: CaseCourse;
  readonly act: DeskActView;
  readonly parts: readonly FormPart[];
  readonly hasText: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly (FieldFault | Readonly<{ field: string; code: 'personal' }>)[];
  readonly law?: LawRefusal;
}

type FormContext = Readonly<{ language: Language; view: ActFormView }>;

const labelOf = (language: Language, member: string): string => MEMBER_LABELS[member]?.[language] ?? member;

function faultText(language: Language, { field, code }: ActFormView['faults'][number]): string {
  const t = officersMessages(language);
  if (code === 'personal') return t.personal;
  const member = field.replace(/\.\d+(?=\.|$)/g, '');
  const label = labelOf(language, member);
  return code === 'missing'
    ? t.faultMissing(label)
    : code === 'too-long'
      ? t.faultTooLong(label)
      : t.faultWrong(label);
}

/** `/cases/:case/acts/:kind`: article, term, checklist and the form of one act. */
export const ActFormPage = ({ frame, view }: Readonly<{ frame: OfficeFrame; view: ActFormView }>): VNode => {
  const { language } = frame;
  const t = officersMessages(language);
  const { act, caseNumber, law } = view;
  const errors: readonly FieldError[] = view.faults.map((fault) => ({
    field: fault.field,
    message: faultText(language, fault),
  }));
  const checklist = CHECKLISTS[act.kind] ?? [];
  return (
    <OfficeLayout
      frame={frame}
      title={`${act.name[language]} ${t.deskOf(caseNumber)}`}
      current="register"
      erroneous={errors.length > 0 || law !== undefined}
    >
      <div class="wrap prose">
        <p class="case-meta">
          <a href={localPath(language, `/cases/${caseNumber}`)}>{t.deskOf(caseNumber)}</a>
          <span>{view.subject[language]}</span>
        </p>
        <h1>{`${t.formTitle}${language === 'en' ? ': ' : '：'}${act.name[language]}`}</h1>
        <ErrorSummary language={language} errors={errors} />
        {law === undefined ? null : <LawNotice language={language} law={law} />}
        <dl class="facts">
          <dt>{t.article}</dt>
          <dd lang="zh-Hant-TW">{act.citation}</dd>
          <dt>{t.term}</dt>
          <dd>
            {act.until === undefined ? null : (
              <>
                {`${t.until} `}
                <DateText language={language} iso={act.until} />{' '}
              </>
            )}
            {act.allowedWhen[language]}
          </dd>
        </dl>
        {checklist.length === 0 ? null : (
          <>
            <h2>{t.checklist}</h2>
            <ul>
              {checklist.map((line) => (
                <li key={line.en}>{line[language]}</li>
              ))}
            </ul>
          </>
        )}
        {act.isInSession ? (
          <Notice kind="strong">
            <p>{t.sessionNote}</p>
          </Notice>
        ) : null}
        <form method="post" action={localPath(language, `/cases/${caseNumber}/acts/${act.kind}`)} novalidate>
          {view.parts.map((part) => (
            <Part key={part.name} language={language} view={view} part={part} />
          ))}
          {view.hasText ? (
            <Asked
              language={language}
              view={view}
              field={{
                type: 'field',
                name: 'text',
                member: 'text',
                input: 'text',
                choices: [],
                isOptional: false,
                most: undefined,
              }}
            />
          ) : null}
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

/** What the law says against it: article, and what is possible instead. */
export const LawNotice = ({ language, law }: Readonly<{ language: Language; law: LawRefusal }>): VNode => {
  const t = officersMessages(language);
  return (
    <section
      class="error-summary"
      role="alert"
      tabIndex={-1}
      autofocus
      aria-labelledby="law-title"
      data-law={law.code}
    >
      <h2 id="law-title">{t.lawRefuses}</h2>
      <p>
        <strong lang="zh-Hant-TW">{law.citation}</strong>
      </p>
      <p>{law.instead[language]}</p>
    </section>
  );
};

const Part = ({ language, view, part }: FormContext & Readonly<{ part: FormPart }>): VNode => {
  const t = officersMessages(language);
  if (part.type === 'field') return <Asked language={language} view={view} field={part} />;
  const [first = [], ...others] = part.rows;
  const isFilled = (row: readonly FormPart[]) => row.some(({ name }) => (view.values[name] ?? '') !== '');
  const row = (parts: readonly FormPart[]) =>
    parts.map((child) => <Part key={child.name} language={language} view={view} part={child} />);
  return (
    <fieldset id={part.name}>
      <legend>{labelOf(language, part.name)}</legend>
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
  const error = fault && faultText(language, fault);
  const hint = field.member === 'on' ? t.onHint : undefined;
  const label = `${labelOf(language, field.member)}${field.isOptional ? t.optional : ''}`;
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
