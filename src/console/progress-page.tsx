import type { VNode } from 'preact';
import { Bar, DataTable, DateText, Field, formatNumber, formatShare } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import { type ConsoleFrame, ConsoleLayout, consolePath, Day, speak } from './console-frame.tsx';
import { CHECKED_ROSTERS, ELECTRONIC_BAND, PAPER_BAND, shareOf } from './exclusion-rates.ts';
import { ForecastChart } from './forecast-chart.tsx';
import { Counties } from './progress-counties.tsx';
import type { ProgressView } from './progress-view.ts';

const percent = (share: number): string => `${(share / 100).toFixed(share % 100 === 0 ? 0 : 1)} %`;

/** `/console/:number/progress`: by day, channel and county, and what it may come to. */
export const ProgressPage = ({
  frame,
  view,
}: Readonly<{ frame: ConsoleFrame; view: ProgressView | undefined }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t('進度與預估', 'Progress and forecast');
  return (
    <ConsoleLayout frame={frame} title={title} path="/progress">
      {view === undefined ? (
        <p>{t('尚未開始連署，沒有數字。', 'Signing has not opened; there are no numbers yet.')}</p>
      ) : (
        <>
          <Now frame={frame} view={view} />
          <Outlook frame={frame} view={view} />
          <Counties frame={frame} view={view} />
          <Days frame={frame} view={view} />
          <Rates frame={frame} />
        </>
      )}
    </ConsoleLayout>
  );
};

type Part = Readonly<{ frame: ConsoleFrame; view: ProgressView }>;

const Now = ({ frame, view }: Part): VNode => {
  const { language } = frame;
  const t = speak(language);
  const isDraft = frame.number.startsWith('D');
  return (
    <section aria-labelledby="channel-title">
      <h2 id="channel-title">{t('目前', 'Now')}</h2>
      <Bar value={view.electronic} threshold={view.threshold} />
      <dl class="facts">
        <dt>{t('電子', 'Electronic')}</dt>
        <dd data-electronic={view.electronic}>
          <strong>{formatNumber(view.electronic)}</strong>
          {t('（門檻之 ', ' (')}
          {formatShare(view.electronic, view.threshold)}
          {t('）', ' of the threshold)')}{' '}
          {view.countedAt === undefined ? null : <DateText language={language} iso={view.countedAt} clock />}
        </dd>
        <dt>{t('紙本', 'Paper')}</dt>
        <dd>
          {isDraft
            ? t('由承辦人員收件後登錄。', 'Recorded by the Commission once received.')
            : t('名冊提出並清查後才有數字。', 'Known from the raw count on, after filing.')}
        </dd>
        <dt>{t('門檻', 'Threshold')}</dt>
        <dd>{formatNumber(view.threshold)}</dd>
      </dl>
    </section>
  );
};

const Outlook = ({ frame, view }: Part): VNode => {
  const { language } = frame;
  const t = speak(language);
  const { forecast } = view;
  const { paces } = forecast;
  const isDraft = frame.number.startsWith('D');
  return (
    <section aria-labelledby="forecast-title">
      <h2 id="forecast-title">{t('預估與安全餘裕', 'Forecast and safety margin')}</h2>
      <p data-goal={forecast.goal.high}>
        {t(
          `查對會剔除一部分。為使查對後仍達門檻，${isDraft ? '電子提案' : '電子連署'}應達 `,
          `The check excludes some. For the threshold to hold after it, electronic ${isDraft ? 'proposers' : 'signatures'} should reach `,
        )}
        <strong>{formatNumber(forecast.goal.low)}</strong>
        {t(' 至 ', ' to ')}
        <strong>{formatNumber(forecast.goal.high)}</strong>
        {t(
          `（電子不合格率 ${percent(ELECTRONIC_BAND.low)} 至 ${percent(ELECTRONIC_BAND.high)}，假設值）。`,
          ` (electronic exclusions of ${percent(ELECTRONIC_BAND.low)} to ${percent(ELECTRONIC_BAND.high)}, an assumption).`,
        )}{' '}
        {forecast.missing === 0
          ? t('目前已達審慎目標。', 'The careful goal is met.')
          : forecast.neededPerDay === undefined
            ? null
            : t(
                `尚差 ${formatNumber(forecast.missing)}；至末日平均每日需 ${formatNumber(forecast.neededPerDay)}。`,
                `${formatNumber(forecast.missing)} are missing: ${formatNumber(forecast.neededPerDay)} a day until the last day.`,
              )}
      </p>
      <form method="get" action={consolePath(frame, '/progress')} class="inline-form">
        <Field
          id="paper"
          label={t('手上紙本份數（自行估計，不會儲存）', 'Paper slips in hand (your estimate; not stored)')}
          language={language}
        >
          <input id="paper" name="paper" inputMode="numeric" autocomplete="off" value={String(view.paper)} />
        </Field>
        <button type="submit" class="button button-quiet">
          {t('重新試算', 'Reckon again')}
        </button>
      </form>
      {view.byDay.length === 0 ? null : (
        <ForecastChart
          language={language}
          title={t('累計與預估', 'Count and forecast')}
          provenance={t(
            `實線為各日累計，虛線與色帶為依本案最近 ${forecast.restsOn} 日之最慢與最快一週推估，不是機率，也不是保證。`,
            `Line: the count of each day. Band and dashes: the slowest and fastest week of this case’s last ${forecast.restsOn} days carried on; scenarios, not probabilities.`,
          )}
          known={view.known}
          expected={view.expected}
          lines={[
            { value: view.threshold, label: t('門檻', 'threshold') },
            { value: forecast.goal.high, label: t('審慎目標', 'careful goal') },
          ]}
        />
      )}
      {paces === undefined ? (
        <p class="hint">{t('滿一日後才有預估。', 'A forecast begins after the first whole day.')}</p>
      ) : (
        <DataTable
          label={t('三種步調', 'Three paces')}
          columns={[
            t('步調', 'Pace'),
            { number: t('每日', 'a day') },
            { number: t('末日累計', 'on the last day') },
            t('達審慎目標之日', 'careful goal met on'),
          ]}
          rows={(
            [
              ['slow', t('最慢一週', 'slowest week')],
              ['usual', t('最近十四日平均', 'mean of the last 14 days')],
              ['fast', t('最快一週', 'fastest week')],
            ] as const
          ).map(([key, name]) => {
            const { perDay, atEnd, goalOn } = paces[key];
            return {
              key,
              head: name,
              data: { 'data-pace': key },
              cells: [
                formatNumber(perDay),
                formatNumber(atEnd),
                goalOn === undefined ? (
                  t('期間內未達', 'not within the period')
                ) : (
                  <Day language={language} iso={goalOn} />
                ),
              ],
            };
          })}
        />
      )}
    </section>
  );
};

const Days = ({ frame, view }: Part): VNode => {
  const { language } = frame;
  const t = speak(language);
  const label = frame.number.startsWith('D')
    ? t('各日電子提案', 'Electronic proposers, by day')
    : t('各日電子連署', 'Electronic, by day');
  return (
    <section aria-labelledby="days-title">
      <h2 id="days-title">{t('各日', 'By day')}</h2>
      {view.byDay.length === 0 ? (
        <p>{t('滿一日後顯示。', 'Shown after the first whole day.')}</p>
      ) : (
        <details class="quiet-details">
          <summary>
            {t(
              `最近 ${Math.min(60, view.byDay.length)} 日`,
              `The last ${Math.min(60, view.byDay.length)} days`,
            )}
          </summary>
          <DataTable
            label={label}
            columns={[t('日期', 'Date'), { number: t('電子', 'Electronic') }]}
            rows={view.byDay
              .slice(-60)
              .toReversed()
              .map(({ day, count }) => ({
                key: day,
                head: <Day language={language} iso={day} />,
                cells: [formatNumber(count)],
              }))}
          />
        </details>
      )}
    </section>
  );
};

const Rates = ({ frame }: Readonly<{ frame: ConsoleFrame }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const label = t('歷來紙本查對結果', 'Published checks of paper rosters');
  return (
    <section aria-labelledby="rates-title">
      <h2 id="rates-title">{t('餘裕的根據', 'What the margin rests on')}</h2>
      <p>
        {t(
          `紙本不合格率以 ${percent(PAPER_BAND.low)} 至 ${percent(PAPER_BAND.high)} 計：`,
          `Paper is reckoned with ${percent(PAPER_BAND.low)} to ${percent(PAPER_BAND.high)} excluded: `,
        )}
        {PAPER_BAND.note[language]} {ELECTRONIC_BAND.note[language]}
      </p>
      <details class="quiet-details">
        <summary>{label}</summary>
        <DataTable
          label={label}
          columns={[
            t('案', 'Case'),
            { number: t('提出', 'Filed') },
            { number: t('合格', 'Valid') },
            { number: t('不合格率', 'Excluded') },
            t('來源', 'Source'),
          ]}
          rows={CHECKED_ROSTERS.map((row) => ({
            key: row.caseNumber,
            head: row.caseNumber,
            cells: [
              formatNumber(row.filed),
              formatNumber(row.valid),
              percent(shareOf(row)),
              <a key="source" href={row.source.href} rel="noreferrer">
                <QuotingChinese language={language} text={row.source.label} />
              </a>,
            ],
          }))}
        />
      </details>
    </section>
  );
};
