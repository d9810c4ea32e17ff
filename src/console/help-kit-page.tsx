import type { VNode } from 'preact';
import { type ConsoleFrame, ConsoleLayout, consolePath, publicAddress, speak } from './console-frame.tsx';
import { HELP_KIT } from './help-kit.ts';

/** `/console/:case/help-desk`: answers for signers, to read aloud or to print. */
export const HelpKitPage = ({
  frame,
  contact,
}: Readonly<{ frame: ConsoleFrame; contact: string | undefined }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t('諮詢手冊', 'Help-desk kit');
  return (
    <ConsoleLayout frame={frame} title={title} path="/help-desk">
      <p class="lede">
        {t(
          '領銜人應向連署人提供諮詢（電子連署及查對作業辦法 §4 III）。本頁可直接列印。',
          'The lead proposer owes signers help (E-petition Regulation §4 III). This page prints as it is.',
        )}
      </p>
      <p>
        {t('連署網址：', 'Address: ')}
        <a href={publicAddress(frame)} class="break">
          {publicAddress(frame)}
        </a>
        <br />
        {t('諮詢窗口：', 'Contact: ')}
        {contact ?? (
          <a href={consolePath(frame, '/contact')}>
            {t('尚未公開，請先登錄', 'none published yet; enter one first')}
          </a>
        )}
      </p>
      {HELP_KIT.map((part) => (
        <section key={part.id} aria-labelledby={`kit-${part.id}`}>
          <h2 id={`kit-${part.id}`}>{part.title[language]}</h2>
          {part.answers.map(({ question, answer }) => (
            <div key={question.en}>
              <h3>{question[language]}</h3>
              {answer.map((line) => (
                <p key={line.en}>{line[language]}</p>
              ))}
            </div>
          ))}
        </section>
      ))}
    </ConsoleLayout>
  );
};
