import type { VNode } from 'preact';
import { citation, nationalPackOn, valueInWords } from '../law/index.ts';
import { DateText, type Language, Layout, type PageFrame } from '../web/index.ts';
import type { PastCase } from './past-case.ts';
import { PastCaseRows } from './past-case-rows.tsx';
import { pastCasesMessages } from './past-cases-messages.ts';

/** `/past-cases`: every imported case under the day of its vote, with the rule of that day; or that none is held. */
export const PastCasesPage = ({
  frame,
  cases,
  today,
}: Readonly<{ frame: PageFrame; cases: readonly PastCase[]; today: string }>): VNode => {
  const { language } = frame;
  const t = pastCasesMessages(language);
  const days = [...new Set(cases.map(({ voteOn }) => voteOn))];
  return (
    <Layout frame={frame} title={t.title} current="initiatives">
      <div class="wrap page">
        <h1>{t.title}</h1>
        <p class="lede">{t.lede}</p>
        {cases.length === 0 ? (
          <div class="notice notice-plain">
            <p>{t.empty}</p>
          </div>
        ) : (
          <p class="hint">
            {t.count(cases.length)}
            {language === 'en' ? ' ' : ''}
            {t.standing}
          </p>
        )}
        {days.map((day) => (
          <section key={day} class="cases" aria-labelledby={`vote-${day}`}>
            <h2 id={`vote-${day}`}>
              <DateText language={language} iso={day} />
            </h2>
            <Rule language={language} day={day} />
            <PastCaseRows
              language={language}
              cases={cases.filter(({ voteOn }) => voteOn === day)}
              today={today}
            />
          </section>
        ))}
        {cases.length === 0 ? null : (
          <p>
            <a href="/v1/past-cases">{t.api}</a>
          </p>
        )}
      </div>
    </Layout>
  );
};

const Rule = ({ language, day }: Readonly<{ language: Language; day: string }>): VNode | null => {
  const t = pastCasesMessages(language);
  const rule = nationalPackOn(day)?.parameters.passRule;
  if (rule?.value === undefined) return null;
  const words = valueInWords('passRule', rule.value)[language];
  const basis = rule.status === 'confirmed' ? citation(rule.citation)[language] : t.ruleUnconfirmed;
  return (
    <p class="hint">
      {language === 'en' ? `${t.rule}: ${words} (${basis}).` : `${t.rule}：${words}（${basis}）。`}
    </p>
  );
};
