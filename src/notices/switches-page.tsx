import type { VNode } from 'preact';
import { citation } from '../law/index.ts';
import type { RecordedAct } from '../record/index.ts';
import { STATUS_WORDS, SWITCH_WORDS, type SwitchState, switchWords } from '../switches/index.ts';
import { DateText, Layout, type PageFrame } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import { noticesMessages } from './notices-messages.ts';

const WORDS = {
  'zh-Hant-TW': {
    title: '功能開關',
    lede: '法律留白或尚未明定之處，平台以開關處理：每一次開關都登錄於公卷，載明依據與開始日，並由二位承辦人員核可。沒有登錄者一律為關。',
    on: '開',
    off: '關',
    since: '自',
    never: '從未開啟',
    minutes: (n: number) => `${n} 分鐘`,
    notBuilt: '尚未建置，沒有作用',
    notBuiltSays: '本平台尚未建置此項功能；在建置之前不得開啟，已登錄者亦不起作用。',
    history: '歷次登錄',
    none: '尚無登錄。',
  },
  en: {
    title: 'Switches',
    lede: 'Where the law leaves something open, or does not name it yet, the platform has a switch. Each turn of it is in the record with its basis and first day, approved by two officers. What was never entered is off.',
    on: 'on',
    off: 'off',
    since: 'from',
    never: 'never switched on',
    minutes: (n: number) => `${n} minutes`,
    notBuilt: 'not built here yet, has no effect',
    notBuiltSays:
      'This platform does not have the thing yet: until it does, it cannot be switched on, and what was entered has no effect.',
    history: 'Entries',
    none: 'There are no entries.',
  },
} as const;

/** `/switches`: how each stands today, on which basis, and every turn so far. */
export const SwitchesPage = ({
  frame,
  states,
  entries,
}: Readonly<{
  frame: PageFrame;
  states: readonly SwitchState[];
  entries: readonly RecordedAct[];
}>): VNode => {
  const { language } = frame;
  const t = WORDS[language];
  const own = noticesMessages(language);
  return (
    <Layout frame={frame} title={t.title}>
      <div class="wrap prose">
        <h1>{t.title}</h1>
        <p class="lede">{t.lede}</p>
        {states.map((state) => (
          <section
            key={state.name}
            data-switch={state.name}
            data-on={state.isOn ? 'yes' : 'no'}
            data-built={state.isBuilt ? 'yes' : 'no'}
          >
            <h2>
              {SWITCH_WORDS[state.name].name[language]}{' '}
              <span class="tag">
                {state.isBuilt ? (state.isOn ? t.on : t.off) : t.notBuilt}
                {state.minutes === undefined ? '' : ` ${t.minutes(state.minutes)}`}
              </span>
            </h2>
            <p>{SWITCH_WORDS[state.name].says[language]}</p>
            {state.isBuilt ? null : <p class="hint">{t.notBuiltSays}</p>}
            <p class="course-meta">
              <span>
                {STATUS_WORDS[state.status][language]}
                {language === 'en' ? ': ' : '：'}
                <QuotingChinese language={language} text={citation(state.citation)[language]} />
              </span>
              {state.from === undefined ? (
                <span>{t.never}</span>
              ) : (
                <span>
                  {t.since} <DateText language={language} iso={state.from} />
                </span>
              )}
              {state.index === undefined ? null : <span>{own.entry(state.index)}</span>}
            </p>
          </section>
        ))}
        <h2>{t.history}</h2>
        {entries.length === 0 ? <p>{t.none}</p> : null}
        <ol class="course" reversed>
          {entries.map((act) => {
            const { what, detail } = switchWords(act.body);
            return (
              <li key={`${act.at}${act.index ?? ''}${what.en}`}>
                <p class="course-when">
                  <DateText language={language} iso={act.at} />
                </p>
                <div class="course-what">
                  <strong>{what[language]}</strong>
                  <p>{detail[language]}</p>
                  <p class="course-meta">
                    {act.index === undefined ? null : <span>{own.entry(act.index)}</span>}
                    {act.replaces === undefined ? null : <span>{own.mends(act.replaces)}</span>}
                    {act.why === undefined ? null : (
                      <span>
                        {own.reason}
                        {act.why[language] ?? act.why['zh-Hant-TW']}
                      </span>
                    )}
                  </p>
                </div>
              </li>
            );
          })}
        </ol>
      </div>
    </Layout>
  );
};
