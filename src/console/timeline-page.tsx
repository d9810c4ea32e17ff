import type { VNode } from 'preact';
import { DataTable, Field, Notice, TableScroll } from '../web/index.ts';
import { Article, type ConsoleFrame, ConsoleLayout, consolePath, Day, speak } from './console-frame.tsx';
import type { ElectionVote, LastDays, Timeline, WayToVote } from './timeline.ts';

export interface TimelineView {
  readonly rows: readonly Timeline[];
  readonly chosen: Timeline | undefined;
  /** Announced elections that a vote of this case would be held with, and when to file for that. */
  readonly elections: readonly ElectionVote[];
  /** What was asked for, as typed; and whether it was no day of the period. */
  readonly asked: string;
  readonly isWrong: boolean;
  readonly lastDays: LastDays | undefined;
  readonly pack: string;
}

/** `/console/:case/timeline`: "if you file by X the vote is on Y", and what the last day means. */
export const TimelinePage = ({
  frame,
  view,
}: Readonly<{ frame: ConsoleFrame; view: TimelineView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t('時程與末日', 'Timeline and last day');
  const { lastDays, chosen } = view;
  return (
    <ConsoleLayout frame={frame} title={title} path="/timeline" isErroneous={view.isWrong}>
      {lastDays === undefined ? (
        <p>
          {t(
            '連署期間尚未確定（自領取翌日起六個月）。',
            'The period is not fixed yet (six months from the day after collection).',
          )}
        </p>
      ) : (
        <LastDay frame={frame} lastDays={lastDays} />
      )}
      <section aria-labelledby="vote-title">
        <h2 id="vote-title">{t('何時提出，何時投票', 'File by then, vote by then')}</h2>
        <p>
          {t(
            '以下為各機關用滿法定期限之日；機關可以更快，投票日也就可能更早。期間內有全國性選舉者，應與該選舉同日投票。',
            'These are the last days the law gives each authority; it may be faster, and the vote earlier. If a national election falls into the window, the vote is on that day.',
          )}{' '}
          <Article language={language} text="公民投票法 §13、§17、§23" />
        </p>
        <Ways frame={frame} rows={view.rows} />
        {view.elections.map(({ day, fileFrom, fileBy }) => (
          <p key={day} data-election={day}>
            {t('已公告之全國性選舉：', 'A national election was announced: ')}
            <Day language={language} iso={day} />
            {t('。於 ', '. If filed between ')}
            <Day language={language} iso={fileFrom} />
            {t(' 至 ', ' and ')}
            <Day language={language} iso={fileBy} />
            {t(
              ' 提出（各機關用滿期限）者，公民投票與其同日舉行。',
              ' (every authority taking all its time), the vote is on that day.',
            )}
          </p>
        ))}
        <form method="get" action={consolePath(frame, '/timeline')} class="inline-form">
          <Field
            id="file"
            label={t('換一個提出日試算', 'Try another day of filing')}
            language={language}
            error={
              view.isWrong
                ? t(
                    '請輸入連署期間內的日期，例如 2026-12-31。',
                    'A day within the period, such as 2026-12-31.',
                  )
                : undefined
            }
          >
            <input id="file" name="file" type="date" value={view.asked} />
          </Field>
          <button type="submit" class="button button-quiet">
            {t('試算', 'Reckon')}
          </button>
        </form>
        {chosen === undefined ? null : (
          <p data-chosen={chosen.filedOn} role="status">
            <strong>
              {t('若於 ', 'If filed on ')}
              <Day language={language} iso={chosen.filedOn} />
              {t(' 提出：', ': ')}
              <Vote language={language} way={chosen.direct} />
            </strong>
          </p>
        )}
        <p class="hint">
          {t('規則包：', 'Rule pack: ')}
          {view.pack}
          {t(
            '。首日不算入；投票期間兩端之日均可投票（專案預設）；補提之查對以六十日計（專案預設）。',
            '. The first day is not counted; both ends of the window are permitted days (project default); the check of a supplement is taken as 60 days (project default).',
          )}
        </p>
      </section>
    </ConsoleLayout>
  );
};

const Vote = ({ language, way }: Readonly<{ language: ConsoleFrame['language']; way: WayToVote }>): VNode => {
  const t = speak(language);
  if (way.vote === undefined) return <>{t('無可投票之日', 'no permitted day')}</>;
  if (way.vote.first === way.vote.last)
    return (
      <>
        <Day language={language} iso={way.vote.first} />
        {way.vote.election === undefined ? null : t('（與全國性選舉同日）', ' (with the national election)')}
      </>
    );
  return (
    <>
      {t('投票日在 ', 'the vote is between ')}
      <Day language={language} iso={way.vote.first} />
      {t(' 至 ', ' and ')}
      <Day language={language} iso={way.vote.last} />
    </>
  );
};

const Ways = ({ frame, rows }: Readonly<{ frame: ConsoleFrame; rows: readonly Timeline[] }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const label = t('提出日與投票日', 'Day of filing and day of the vote');
  return (
    <DataTable
      label={label}
      columns={[
        t('提出名冊', 'Roster filed'),
        t('查對至（60 日）', 'Checked by (60 days)'),
        t('成立公告至（10 日）', 'Announced by (10 days)'),
        t('投票日', 'Vote'),
        t('若須補提（30 日，一次）', 'With a supplement (30 days, once)'),
      ]}
      rows={rows.map(({ filedOn, direct, supplemented }) => ({
        key: filedOn,
        head: <Day language={language} iso={filedOn} />,
        cells: [
          <Day key="checked" language={language} iso={direct.checkedBy} />,
          <Day key="established" language={language} iso={direct.establishedBy} />,
          <Vote key="vote" language={language} way={direct} />,
          <Vote key="supplemented" language={language} way={supplemented} />,
        ],
      }))}
    />
  );
};

const LastDay = ({ frame, lastDays }: Readonly<{ frame: ConsoleFrame; lastDays: LastDays }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  return (
    <section aria-labelledby="last-title" data-last-day={lastDays.lastDay}>
      <h2 id="last-title">{t('末日', 'The last day')}</h2>
      <p>
        {t('連署期間至 ', 'The period ends on ')}
        <strong>
          <Day language={language} iso={lastDays.lastDay} />
        </strong>
        {t(
          ' 二十四時（專案預設），遇例假日不順延；系統故障亦不延長。',
          ' at 24:00 (project default); a weekend does not move it, nor does an outage of the system.',
        )}{' '}
        <Article language={language} text="公民投票法 §12 II；電子連署及查對作業辦法 §6、§11" />
      </p>
      {lastDays.isWeekend ? (
        <Notice kind="strong" title={t('末日是例假日', 'The last day is on a weekend')}>
          <p>
            {t(
              '名冊須由機關收受。期間內最後一個星期一至五是 ',
              'The roster must be received by the office. The last Monday to Friday of the period is ',
            )}
            <strong>
              <Day language={language} iso={lastDays.lastWeekday} />
            </strong>
            {t(
              '；補班日與辦公時間以選務機關公告為準（未確認）。請在這一天的辦公時間內提出。',
              '; make-up days and office hours are as the commission announces (unconfirmed). File within office hours of that day.',
            )}
          </p>
        </Notice>
      ) : (
        <p class="hint">
          {t(
            '收件窗口有辦公時間（以選務機關公告為準，未確認）：請勿等到深夜才提出。',
            'The office that receives the roster has hours (as the commission announces, unconfirmed): do not wait for the night.',
          )}
        </p>
      )}
      <h3>{t('人數不足時：提出，或不提出', 'Short of the threshold: filing, or not filing')}</h3>
      <TableScroll label={t('提出與不提出之效果', 'What filing and not filing mean')}>
        <table>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('人數不足仍提出', 'Filed, though short')}</th>
              <th scope="col">{t('期間內未提出', 'Not filed in time')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('結果', 'Outcome')}</th>
              <td data-ending="filed-short">
                {t(
                  '不受理：清查人數不足或未裝訂成冊，不得補正、不得補提。',
                  'Inadmissible: the raw count finds too few, or the roster is unbound; no cure, no supplement.',
                )}{' '}
                <Article language={language} text="公民投票法 §13 I" />
              </td>
              <td data-ending="not-filed">
                {t('視為放棄連署，自 ', 'Deemed abandoned from ')}
                <Day language={language} iso={lastDays.abandonedOn} />
                {t(' 起。', '. ')}
                <Article language={language} text="公民投票法 §12 II、IV" />
              </td>
            </tr>
            <tr>
              <th scope="row">{t('再提案', 'Proposing again')}</th>
              <td>
                {t(
                  '法律未定限制期間（導出：本法未就不受理設二年限制）。',
                  'No bar is stated (derived: the Act sets no two-year bar for inadmissibility).',
                )}
              </td>
              <td data-barred-until={lastDays.barredUntil}>
                {t(
                  '原提案人就同一事項二年內不得再提案，至 ',
                  'The original proposers may not propose the same matter for two years, until ',
                )}
                <Day language={language} iso={lastDays.barredUntil} />
                {t('。', '. ')}
                <Article language={language} text="公民投票法 §12 IV" />
              </td>
            </tr>
            <tr>
              <th scope="row">{t('次數', 'How often')}</th>
              <td>
                {t(
                  '提出以一次為限，紙本與電子一併；提出後不得再收連署。',
                  'Filing is once only, paper and electronic together; nothing is collected after it.',
                )}
              </td>
              <td>
                {t(
                  '期滿自動發生，無須任何人決定。',
                  'It happens by itself when the period ends; nobody decides it.',
                )}
              </td>
            </tr>
          </tbody>
        </table>
      </TableScroll>
      <p class="hint">
        {t(
          '以上為法條之說明，不是法律意見；有疑義請先洽選務機關或律師。',
          'This explains the articles and is no legal advice; ask the commission or a lawyer in doubt.',
        )}
      </p>
    </section>
  );
};
