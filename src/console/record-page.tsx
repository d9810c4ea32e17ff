import type { VNode } from 'preact';
import type { LawRefusal } from '../law/index.ts';
import { DataTable, DateText, formatNumber, type Localised } from '../web/index.ts';
import { type ConsoleFrame, ConsoleLayout, publicAddress, speak } from './console-frame.tsx';
import type { DayCount } from './forecast.ts';

/** One act of the record as the query lists it. */
export interface RecordEvent {
  readonly at: string;
  readonly index: number | undefined;
  readonly what: Localised;
}

export interface RecordView {
  readonly refusal: LawRefusal | undefined;
  readonly counts:
    | Readonly<{ counted: number; held: number; voided: number; at: string | undefined }>
    | undefined;
  readonly days: readonly DayCount[];
  readonly events: readonly RecordEvent[];
}

/** `/console/:case/record`: counts and events of the signing record; persons are not asked about anywhere. */
export const RecordPage = ({ frame, view }: Readonly<{ frame: ConsoleFrame; view: RecordView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t('連署紀錄查詢', 'Signing record');
  const label = t('整日筆數', 'Counts of whole days');
  return (
    <ConsoleLayout frame={frame} title={title} path="/record" refusal={view.refusal}>
      {view.refusal === undefined ? (
        <>
          <p class="lede">
            {t(
              '只有筆數與事件，查不到任何人是否連署：這個系統沒有這種查詢。查詢權限至公告成立、不成立或視為放棄連署時終止（電子連署及查對作業辦法 §6）。',
              'Counts and events only. Nobody can ask here whether a person signed: no such query exists. The right to query ends with establishment, non-establishment or deemed abandonment (E-petition Regulation §6).',
            )}
          </p>
          {view.counts === undefined ? (
            <p>{t('尚未開始連署。', 'Signing has not opened.')}</p>
          ) : (
            <dl class="facts">
              <dt>{t('已計入', 'Counted')}</dt>
              <dd data-counted={view.counts.counted}>{formatNumber(view.counts.counted)}</dd>
              <dt>{t('已收受，待確認', 'Received, waiting for confirmation')}</dt>
              <dd>{formatNumber(view.counts.held)}</dd>
              <dt>{t('不予計算', 'Excluded')}</dt>
              <dd>{formatNumber(view.counts.voided)}</dd>
              {view.counts.at === undefined ? null : (
                <>
                  <dt>{t('截至', 'As of')}</dt>
                  <dd>
                    <DateText language={language} iso={view.counts.at} clock />
                  </dd>
                </>
              )}
            </dl>
          )}
          <section aria-labelledby="events-title">
            <h2 id="events-title">{t('事件', 'Events')}</h2>
            <ol class="plain-list">
              {view.events.toReversed().map((event, i) => (
                <li key={event.index ?? `pending-${i}`}>
                  <DateText language={language} iso={event.at} clock /> {event.what[language]}{' '}
                  <span class="hint">
                    {event.index === undefined
                      ? t('（待入列）', '(being sequenced)')
                      : t(`公卷第 ${event.index} 筆`, `entry ${event.index}`)}
                  </span>
                </li>
              ))}
            </ol>
          </section>
          {view.days.length === 0 ? null : (
            <section aria-labelledby="record-days">
              <h2 id="record-days">{label}</h2>
              <DataTable
                label={label}
                columns={[t('日期', 'Date'), { number: t('筆數', 'Count') }]}
                rows={view.days.toReversed().map(({ day, count }) => ({
                  key: day,
                  head: <DateText language={language} iso={day} />,
                  cells: [formatNumber(count)],
                }))}
              />
            </section>
          )}
        </>
      ) : (
        <p>
          <a href={publicAddress(frame)}>{t('公開之公卷與數字', 'The public record and its numbers')}</a>
        </p>
      )}
    </ConsoleLayout>
  );
};
