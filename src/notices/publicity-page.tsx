import type { VNode } from 'preact';
import { DateText, Layout, localPath, type PageFrame } from '../web/index.ts';
import { noticesMessages } from './notices-messages.ts';
import { PUBLICITY_EVENTS, type PublicityItem, TEMPLATES, templateInWords } from './publicity.ts';

/** `/notices`: the rule, the templates, and what they gave so far. */
export const PublicityPage = ({
  frame,
  items,
}: Readonly<{ frame: PageFrame; items: readonly PublicityItem[] }>): VNode => {
  const { language } = frame;
  const t = noticesMessages(language);
  return (
    <Layout frame={frame} title={t.publicity}>
      <div class="wrap prose">
        <h1>{t.publicity}</h1>
        <p class="lede">{t.publicityLede}</p>
        <h2>{t.items}</h2>
        {items.length === 0 ? <p>{t.noItems}</p> : null}
        <ol class="course" reversed>
          {items.map((item) => (
            <li key={`${item.caseNumber}${item.event}${item.on}`} data-notice={item.event}>
              <p class="course-when">
                <DateText language={language} iso={item.on} />
              </p>
              <div class="course-what">
                <strong>
                  <a href={localPath(language, `/initiatives/${item.caseNumber}`)}>{item.title[language]}</a>
                </strong>
                <p>{item.text[language]}</p>
              </div>
            </li>
          ))}
        </ol>
        <p>
          <a href={localPath(language, '/notices.atom')}>{t.feed}</a>
        </p>
        <h2>{t.rule}</h2>
        <ol>
          {t.rules.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
        <h2>{t.template}</h2>
        <ul>
          {PUBLICITY_EVENTS.map((event) => (
            <li key={event}>
              <strong>{templateInWords(TEMPLATES[event].title[language], language)}</strong>
              <br />
              {templateInWords(TEMPLATES[event].text[language], language)}
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  );
};
