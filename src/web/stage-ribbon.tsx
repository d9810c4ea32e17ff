import type { VNode } from 'preact';
import { DataTable } from './data-table.tsx';
import type { Language, Localised } from './language.ts';
import { DateText } from './text.tsx';
import { webMessages } from './web-messages.ts';

/** The ten stages in the life of an issue: 察議提審署核知計覆存. */
export type Stage =
  | 'notice'
  | 'deliberate'
  | 'propose'
  | 'review'
  | 'sign'
  | 'check'
  | 'inform'
  | 'count'
  | 'respond'
  | 'keep';

/** How far a case has come at one stage; `ended` marks where a closed case stopped. */
export type StageState = 'done' | 'now' | 'next' | 'later' | 'ended' | 'skipped';

/** One stage of one case. `basis` names the article when it differs from the usual one. */
export type StageView = Readonly<{ stage: Stage; state: StageState; on?: string; basis?: Localised }>;

type StageWords = Readonly<{ sign: string; word: Localised; what: Localised; basis: Localised }>;

const act = (article: string): Localised => ({
  'zh-Hant-TW': `公投法 ${article}`,
  en: `Referendum Act ${article}`,
});
const none: Localised = { 'zh-Hant-TW': '法律未規定', en: 'not regulated by law' };

/** The character, the word it never stands without, what happens, and the article (`law.md` §§3, 13). */
export const stageWords: Readonly<Record<Stage, StageWords>> = {
  notice: {
    sign: '察',
    word: { 'zh-Hant-TW': '察覺', en: 'Notice' },
    what: { 'zh-Hant-TW': '看見問題，查過往案件', en: 'See the problem, look up past cases' },
    basis: none,
  },
  deliberate: {
    sign: '議',
    word: { 'zh-Hant-TW': '商議', en: 'Deliberate' },
    what: { 'zh-Hant-TW': '正反意見並列討論', en: 'Discuss both sides' },
    basis: none,
  },
  propose: {
    sign: '提',
    word: { 'zh-Hant-TW': '提案', en: 'Propose' },
    what: {
      'zh-Hant-TW': '提出主文、理由書與提案人名冊',
      en: 'File main text, reasons and proposers’ roster',
    },
    basis: act('§§9–10'),
  },
  review: {
    sign: '審',
    word: { 'zh-Hant-TW': '審核', en: 'Review' },
    what: { 'zh-Hant-TW': '審核、聽證、補正、機關意見書', en: 'Review, hearing, correction, agency opinion' },
    basis: act('§10'),
  },
  sign: {
    sign: '署',
    word: { 'zh-Hant-TW': '連署', en: 'Sign' },
    what: { 'zh-Hant-TW': '六個月內徵求連署', en: 'Six months to collect joint signatures' },
    basis: act('§12'),
  },
  check: {
    sign: '核',
    word: { 'zh-Hant-TW': '核對', en: 'Check' },
    what: {
      'zh-Hant-TW': '清查、查對連署人名冊，必要時補提',
      en: 'Raw count, check of the roster, supplement',
    },
    basis: act('§13'),
  },
  inform: {
    sign: '知',
    word: { 'zh-Hant-TW': '知情', en: 'Inform' },
    what: { 'zh-Hant-TW': '公告、公報、意見發表與投票', en: 'Announcement, bulletin, debate and vote' },
    basis: { 'zh-Hant-TW': '公投法 §§17–18、23', en: 'Referendum Act §§17–18, 23' },
  },
  count: {
    sign: '計',
    word: { 'zh-Hant-TW': '計票', en: 'Count' },
    what: { 'zh-Hant-TW': '計算並公告投票結果', en: 'Count and announce the result' },
    basis: act('§§29–30'),
  },
  respond: {
    sign: '覆',
    word: { 'zh-Hant-TW': '回覆', en: 'Respond' },
    what: { 'zh-Hant-TW': '機關依結果辦理並逐項答覆', en: 'Authorities act on the result and answer' },
    basis: act('§30'),
  },
  keep: {
    sign: '存',
    word: { 'zh-Hant-TW': '存銷', en: 'Keep' },
    what: {
      'zh-Hant-TW': '封存名冊，期滿銷毀，統計留存',
      en: 'Keep the sealed roll, destroy it in time, keep statistics',
    },
    basis: { 'zh-Hant-TW': '電子連署辦法 §12', en: 'E-petition Regulation §12' },
  },
};

/**
 * The ten-stage ribbon. On a narrow screen only *now* and *next* remain visible; the table beneath, closed until
 * asked for, names for each stage what happens, the article and the day.
 */
export const StageRibbon = ({
  language,
  stages,
}: Readonly<{ language: Language; stages: readonly StageView[] }>): VNode => {
  const t = webMessages(language);
  const label: Record<StageState, string> = {
    done: t.stageDone,
    now: t.stageNow,
    next: t.stageNext,
    later: t.stageLater,
    ended: t.stageEnded,
    skipped: t.stageSkipped,
  };
  return (
    <section class="ribbon-section" aria-labelledby="ribbon-title">
      <h2 id="ribbon-title" class="small-heading">
        {t.stageRibbon}
      </h2>
      <ol class="ribbon">
        {stages.map(({ stage, state, basis }) => {
          const words = stageWords[stage];
          return (
            <li
              key={stage}
              class={`ribbon-stage ribbon-${state}`}
              aria-current={state === 'now' ? 'step' : undefined}
              title={`${words.what[language]}（${(basis ?? words.basis)[language]}）`}
            >
              <span class="ribbon-sign" lang="zh-Hant-TW" aria-hidden="true">
                {words.sign}
              </span>
              <span class="ribbon-word">{words.word[language]}</span>
              <span class="ribbon-state">{label[state]}</span>
            </li>
          );
        })}
      </ol>
      <details class="quiet-details">
        <summary>{t.stagesAll}</summary>
        <DataTable
          label={t.stagesAll}
          columns={[t.stage, t.whatHappens, t.basis, t.stageRibbon]}
          rows={stages.map(({ stage, state, on, basis }) => {
            const words = stageWords[stage];
            return {
              key: stage,
              head: (
                <>
                  <span lang="zh-Hant-TW">{words.sign}</span> {words.word[language]}
                </>
              ),
              cells: [
                words.what[language],
                (basis ?? words.basis)[language],
                <>
                  {label[state]}
                  {on === undefined ? null : (
                    <>
                      <br />
                      <DateText language={language} iso={on} />
                    </>
                  )}
                </>,
              ],
            };
          })}
        />
      </details>
    </section>
  );
};
