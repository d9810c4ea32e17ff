import type { VNode } from 'preact';
import type { LawRefusal } from '../law/index.ts';
import {
  describedBy,
  ErrorSummary,
  Field,
  type Language,
  localPath,
  Notice,
  TableScroll,
} from '../web/index.ts';
import type { CheckRefusal } from './checks-contract.ts';
import { deskMessages } from './desk-messages.ts';
import { DeskPage } from './desk-page.tsx';
import { paperMessages } from './paper-messages.ts';
import type { PaperBatch } from './paper-roster.ts';
import type { StoredSheet } from './paper-store.ts';
import { SHEET_FIELDS, type SheetFault, type SheetField } from './sheet-form.ts';

export interface PaperPageProps {
  readonly language: Language;
  /** Number of the draft or case. */
  readonly number: string;
  readonly sheets: readonly StoredSheet[];
  readonly waiting: readonly PaperBatch[];
  /** The fewest sheets of a township that are told. */
  readonly least: number;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly SheetFault[];
  readonly note?: 'paperSaved' | 'takenBack';
  readonly refusal?: CheckRefusal;
  readonly law?: LawRefusal;
}

const HINTS: Readonly<Partial<Record<SheetField, 'townshipHint' | 'sheetHint'>>> = {
  township: 'townshipHint',
  sheet: 'sheetHint',
};

/** `/rolls/:number/paper`: sheets are typed here one by one, and sealed at once. */
export const PaperPage = (props: PaperPageProps): VNode => {
  const { language, number, faults, refusal, law, note, values } = props;
  const t = paperMessages(language);
  const errors = faults.map(({ field, code }) => ({
    field,
    message: `${t.fields[field]}${deskMessages(language).colon}${t.faults[code]}`,
  }));
  const faultOf = (field: SheetField) => {
    const fault = faults.find((one) => one.field === field);
    return fault && t.faults[fault.code];
  };
  // Asked only of a number whose check digit is wrong, or where it was said already.
  const asksAsWritten = values['asWritten'] === 'yes' || faults.some(({ code }) => code === 'national-id');
  const path = `/rolls/${number}/paper`;
  const said = { ...(refusal && { refusal }), ...(law && { law }) };
  return (
    <DeskPage language={language} number={number} title={t.paperTitle(number)} {...said}>
      <p class="lede">{t.paperLede}</p>
      <ErrorSummary language={language} errors={errors} />
      {note === undefined ? null : (
        <Notice kind="strong">
          <p role="status">{t[note]}</p>
        </Notice>
      )}
      <form method="post" action={localPath(language, path)} autocomplete="off" novalidate>
        {SHEET_FIELDS.map((field) => {
          const error = faultOf(field);
          const hint = HINTS[field];
          return (
            <Field
              key={field}
              id={field}
              label={t.fields[field]}
              hint={hint === undefined ? undefined : t[hint]}
              error={error}
              language={language}
            >
              <input
                id={field}
                name={field}
                value={values[field] ?? ''}
                autocomplete="off"
                spellcheck={false}
                inputMode={field === 'township' || field === 'sheet' ? 'numeric' : undefined}
                aria-invalid={error === undefined ? undefined : true}
                aria-describedby={describedBy(field, {
                  hint: hint !== undefined,
                  error: error !== undefined,
                })}
              />
            </Field>
          );
        })}
        {asksAsWritten ? (
          <p class="check">
            <input
              type="checkbox"
              id="asWritten"
              name="asWritten"
              value="yes"
              checked={values['asWritten'] === 'yes'}
            />{' '}
            <label for="asWritten">{t.asWritten}</label>
          </p>
        ) : null}
        <button type="submit" class="button">
          {t.seal}
        </button>
      </form>
      <Batches {...props} />
      <Sheets {...props} />
    </DeskPage>
  );
};

const Batches = ({ language, number, sheets, waiting, least }: PaperPageProps): VNode => {
  const t = paperMessages(language);
  const typed = sheets.filter(({ state }) => state === 'typed').length;
  const path = localPath(language, `/rolls/${number}/paper/batch`);
  return (
    <section aria-labelledby="batch-title">
      <h2 id="batch-title">{t.batchTitle}</h2>
      {waiting.map((batch, i) => (
        <form key={i} method="post" action={path} data-waiting-batch={batch.count}>
          <p>{t.batchWaiting(batch.count)}</p>
          <button type="submit" name="again" value={String(i)} class="button button-quiet">
            {t.batchAgain}
          </button>
        </form>
      ))}
      {typed === 0 ? (
        <p>{t.batchNone}</p>
      ) : (
        <form method="post" action={path}>
          <p>{t.batchLede(typed, least)}</p>
          <p class="check">
            <input type="checkbox" id="includesLead" name="includesLead" value="yes" />{' '}
            <label for="includesLead">{t.includesLead}</label>
          </p>
          <button type="submit" class="button">
            {t.batchButton}
          </button>
        </form>
      )}
    </section>
  );
};

const Sheets = ({ language, number, sheets }: PaperPageProps): VNode => {
  const t = paperMessages(language);
  return (
    <section aria-labelledby="sheets-title">
      <h2 id="sheets-title">
        {t.list} ({sheets.length})
      </h2>
      {sheets.length === 0 ? (
        <p>{t.listEmpty}</p>
      ) : (
        <TableScroll label={t.list}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.township}</th>
                <th scope="col" class="number">
                  {t.sheet}
                </th>
                <th scope="col">{t.stateTitle}</th>
              </tr>
            </thead>
            <tbody>
              {sheets.map(({ row, township, sheet, state }) => (
                <tr key={row} data-sheet={`${township}-${sheet}`} data-state={state}>
                  <td>{township}</td>
                  <td class="number">{sheet}</td>
                  <td>
                    {t.state[state]}
                    {state === 'typed' ? (
                      <form method="post" action={localPath(language, `/rolls/${number}/paper/take-back`)}>
                        <button type="submit" class="link-button" name="row" value={String(row)}>
                          {t.takeBack}
                          <span class="visually-hidden">{` ${township}-${sheet}`}</span>
                        </button>
                      </form>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </section>
  );
};
