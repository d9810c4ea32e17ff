import type { VNode } from 'preact';
import { citation } from '../law/index.ts';
import { DateText, type Language, Layout, type Localised, localPath, type PageFrame } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import { DUTY_STATES, type DutyRow, type DutyState } from './duties.ts';
import { noticesMessages } from './notices-messages.ts';

export interface DutiesView {
  readonly rows: readonly DutyRow[];
  /** Only these, where asked for. */
  readonly state: DutyState | undefined;
  readonly closures: readonly Readonly<{
    day: string;
    place: string;
    source: { label: string; href: string };
  }>[];
}

/** `/duties`: who owes what to whom, by when, under which article. */
export const DutiesPage = ({ frame, view }: Readonly<{ frame: PageFrame; view: DutiesView }>): VNode => {
  const { language } = frame;
  const t = noticesMessages(language);
  const { rows, state } = view;
  const shown = state === undefined ? rows : rows.filter((row) => row.state === state);
  const overdue = rows.filter((row) => row.state === 'overdue').length;
  return (
    <Layout frame={frame} title={t.duties}>
      <div class="wrap prose">
        <h1>{t.duties}</h1>
        <p class="lede">{t.dutiesLede}</p>
        <p data-overdue={String(overdue)}>
          <strong>{t.overdueNow(overdue)}</strong>
        </p>
        <nav class="course-filter" aria-label={t.show}>
          <ul>
            <li>
              <a
                href={localPath(language, '/duties')}
                aria-current={state === undefined ? 'page' : undefined}
              >
                {t.all} {rows.length}
              </a>
            </li>
            {DUTY_STATES.filter((one) => one === state || rows.some((row) => row.state === one)).map(
              (one) => (
                <li key={one}>
                  <a
                    href={localPath(language, `/duties?state=${one}`)}
                    aria-current={state === one ? 'page' : undefined}
                  >
                    {t.states[one]} {rows.filter((row) => row.state === one).length}
                  </a>
                </li>
              ),
            )}
          </ul>
        </nav>
        {shown.length === 0 ? <p>{t.noDuties}</p> : null}
        <ul class="duties">
          {shown.map((row) => (
            <Duty
              key={`${row.caseNumber}${row.what.en}${row.from}${row.who.en}`}
              language={language}
              row={row}
            />
          ))}
        </ul>
        <h2>{t.closuresTitle}</h2>
        {view.closures.length === 0 ? <p>{t.noClosures}</p> : null}
        <ul>
          {view.closures.map(({ day, place, source }) => (
            <li key={`${day}${place}`}>
              <DateText language={language} iso={day} /> <span lang="zh-Hant-TW">{place}</span>{' '}
              <a href={source.href} rel="noreferrer">
                {source.label}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  );
};

const Fact = ({ term, children }: Readonly<{ term: string; children: VNode | string }>): VNode => (
  <>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </>
);

const inWords = (language: Language, text: Localised): string => text[language];

const Duty = ({ language, row }: Readonly<{ language: Language; row: DutyRow }>): VNode => {
  const t = noticesMessages(language);
  const { days, state } = row;
  const isRunning = state === 'open' || state === 'extended';
  return (
    <li class={`duty duty-${state}`} data-duty-state={state} data-case={row.caseNumber}>
      <p>
        <strong>{inWords(language, row.what)}</strong> <span class="tag">{t.states[state]}</span>{' '}
        {days === undefined ? null : state === 'overdue' ? (
          <strong>{t.daysLate(-days)}</strong>
        ) : isRunning ? (
          <span>{t.daysLeft(days)}</span>
        ) : null}
      </p>
      <p class="course-meta">
        <a href={localPath(language, `/initiatives/${row.caseNumber}`)}>{t.ofCase(row.caseNumber)}</a>
        <span>{inWords(language, row.subject)}</span>
      </p>
      <dl class="facts facts-small">
        <Fact term={t.owes}>
          <QuotingChinese language={language} text={inWords(language, row.who)} />
        </Fact>
        <Fact term={t.to}>
          <QuotingChinese language={language} text={inWords(language, row.toWhom)} />
        </Fact>
        <Fact term={t.from}>
          <DateText language={language} iso={row.from} />
        </Fact>
        <Fact term={t.due}>
          {row.due === undefined ? t.termUnknown : <DateText language={language} iso={row.due} />}
        </Fact>
        {row.metOn === undefined ? null : (
          <Fact term={t.metOn}>
            <DateText language={language} iso={row.metOn} />
          </Fact>
        )}
        <Fact term={t.article}>{citation(row.citation)[language]}</Fact>
      </dl>
      {row.movedFrom === undefined ? null : <p class="hint">{t.moved(row.movedFrom)}</p>}
      {row.isProjectDefault ? <p class="hint">{t.projectDefault}</p> : null}
    </li>
  );
};
