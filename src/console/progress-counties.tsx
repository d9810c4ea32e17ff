import type { VNode } from 'preact';
import { COUNTIES, isCountyCode } from '../registry/index.ts';
import { DataTable, formatNumber, type Language } from '../web/index.ts';
import { type ConsoleFrame, Day, speak } from './console-frame.tsx';
import type { ProgressView } from './progress-view.ts';

const UNKNOWN = { 'zh-Hant-TW': '不明', en: 'Unknown' };

/** What people do under a number: 提案 under a draft's, 連署 under a case's. */
const deedOf = (number: string): string => (number.startsWith('D') ? '提案' : '連署');

const nameOf = (county: string, language: Language): string =>
  (isCountyCode(county) ? COUNTIES[county] : UNKNOWN)[language];

/** 縣市: totals as far as they may be told, what they rest on, and when there are any. */
export const Counties = ({ frame, view }: Readonly<{ frame: ConsoleFrame; view: ProgressView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  return (
    <section aria-labelledby="county-title">
      <h2 id="county-title">{t('縣市', 'Counties')}</h2>
      {view.counties === undefined ? (
        <NoneYet frame={frame} view={view} />
      ) : (
        <Table frame={frame} counties={view.counties} leastTold={view.leastTold} />
      )}
    </section>
  );
};

const NoneYet = ({ frame, view }: Readonly<{ frame: ConsoleFrame; view: ProgressView }>): VNode => {
  const t = speak(frame.language);
  const deed = deedOf(frame.number);
  if (!view.hasRegistry)
    return (
      <p data-counties="not-connected">
        {t(
          `本系統未接上戶政機關，沒有縣市統計。接上後，只列入當日起的${deed}。`,
          'No household registry is connected here, so there are no figures by county. Once one is, they begin with that day.',
        )}
      </p>
    );
  if (!Number.isFinite(view.leastTold))
    return (
      <p data-counties="no-rule">
        {t(
          '本案適用的規則未定可公布的最少人數，因此不公布縣市統計。',
          'The rules of this case name no least number that may be told, so no figures by county are.',
        )}
      </p>
    );
  return (
    <p data-counties="none">
      {t(
        `尚無數字：滿 ${view.leastTold} 人${deed}後，於次日凌晨公布到前一日為止的統計。`,
        `No figures yet: once ${view.leastTold} have signed they appear after midnight, up to the day before.`,
      )}
    </p>
  );
};

const Table = ({
  frame,
  counties: { asOf, total, shown, rest },
  leastTold: k,
}: Readonly<{
  frame: ConsoleFrame;
  counties: NonNullable<ProgressView['counties']>;
  leastTold: number;
}>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const deed = deedOf(frame.number);
  const orMore = (n: number) => t(`${formatNumber(n)} 以上`, `${formatNumber(n)} or more`);
  const isUnknown = ({ county }: Readonly<{ county: string }>) => !isCountyCode(county);
  const named = shown.filter((one) => !isUnknown(one));
  const unknown = shown.find(isUnknown);
  return (
    <>
      <p>
        {t('統計至 ', 'Up to ')}
        <Day language={language} iso={asOf} />
        {t(
          `（含），共 ${formatNumber(total)} 人；依${deed}當時之戶籍。`,
          ` inclusive: ${formatNumber(total)} people, by where they were registered when they signed.`,
        )}
      </p>
      <DataTable
        label={t('各縣市累計', 'Totals by county')}
        columns={[t('縣市', 'County'), { number: t('電子', 'Electronic') }]}
        rows={[
          ...named.map(({ county, atLeast }) => ({
            key: county,
            head: nameOf(county, language),
            cells: [orMore(atLeast)],
          })),
          {
            key: 'unknown',
            head: nameOf('unknown', language),
            cells: [unknown === undefined ? t(`不足 ${k}`, `fewer than ${k}`) : orMore(unknown.atLeast)],
          },
          {
            key: 'rest',
            head: t('未分列', 'Not told apart'),
            cells: [formatNumber(rest)],
          },
        ]}
        data={{ 'data-counties': 'shown', 'data-as-of': asOf }}
      />
      <details class="quiet-details">
        <summary>
          {t('這些數字怎麼來、為什麼取整', 'How these numbers are made, and why they are rounded')}
        </summary>
        <ul>
          <li>
            {t(
              `為免推知個人，各縣市以 ${k} 人為一級向下取整，不足 ${k} 人者不列；零數都在「未分列」，其人數恆在 ${k} 以上。`,
              `So that nobody can be picked out, each county is rounded down to a multiple of ${k} and left out below ${k}. The remainders are under “not told apart”, which always holds ${k} or more.`,
            )}
          </li>
          <li>
            {t(
              `每逢新增滿 ${k} 人，才於次日凌晨更新；當日的${deed}不列入。`,
              `The table is made anew, after midnight, only once ${k} more have signed; today’s signatures are not in it.`,
            )}
          </li>
          <li>
            {t(
              `「不明」：${deed}時戶政機關未及回覆，或查無戶籍；不影響${deed}本身。`,
              '“Unknown”: the registry gave no answer in time, or has no household registration. It changes nothing about the signature.',
            )}
          </li>
          <li>
            {t(
              `數字為${deed}當日之情形：日後遷徙、經查對刪除或不予計算者，不再調整，故與「目前」之人數可能不同。`,
              'They tell the day of signing: who moves, or is excluded by a check later, stays in them, so they may differ from the count above.',
            )}
          </li>
          <li>
            {t(
              '由本系統依戶政機關之預查統計，為營運者之陳述，未經戶政機關簽署；資格以名冊查對為準。',
              'Counted by this system from the registry’s pre-checks: the operator’s statement, which the registry has not signed. Eligibility is decided by the check of the roster.',
            )}
          </li>
        </ul>
      </details>
    </>
  );
};
