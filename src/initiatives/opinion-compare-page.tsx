import type { VNode } from 'preact';
import { DateText, Layout, type Localised, localPath, type PageFrame } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import type { AgencyOpinion } from './opinions.ts';
import { redline } from './redline.ts';
import { RedlineText } from './redline-text.tsx';

/** Two versions of one agency's opinion in one text. */
export type OpinionCompareView = Readonly<{
  caseNumber: string;
  title: Localised;
  opinion: AgencyOpinion;
  from: Readonly<{ digest: string; text: string }>;
  to: Readonly<{ digest: string; text: string }>;
}>;

const WORDS = {
  'zh-Hant-TW': {
    title: (agency: string) => `${agency}意見書之修正`,
    help: '劃線為刪除，底線為新增。修正前後之全文皆永久公開，各以其內容之 SHA-256 為名。',
    versions: '各版全文',
    received: '收受',
    amended: '修正',
    characters: (n: number) => `${n} 字`,
    back: '回到案件',
  },
  en: {
    title: (agency: string) => `Amendment of the opinion of ${agency}`,
    help: 'Struck through: removed. Underlined: added. Every version stays public for ever, each under the SHA-256 of its text.',
    versions: 'Full texts',
    received: 'received',
    amended: 'amended',
    characters: (n: number) => `${n} characters`,
    back: 'Back to the case',
  },
} as const;

/** `/initiatives/:case/opinions/compare?from=…&to=…` */
export const OpinionComparePage = ({
  frame,
  view,
}: Readonly<{ frame: PageFrame; view: OpinionCompareView }>): VNode => {
  const { language } = frame;
  const t = WORDS[language];
  const title = t.title(view.opinion.agency);
  return (
    <Layout frame={frame} title={`${view.caseNumber} ${title}`} current="initiatives">
      <div class="wrap prose">
        <p class="case-meta">
          <span class="case-number">{view.caseNumber}</span>
          <span>{view.title[language]}</span>
        </p>
        <h1>
          <QuotingChinese language={language} text={title} />
        </h1>
        <p class="hint">{t.help}</p>
        <div lang="zh-Hant-TW" class="long-text redline">
          <RedlineText language={language} parts={redline(view.from.text, view.to.text)} />
        </div>
        <h2>{t.versions}</h2>
        <ol>
          {view.opinion.versions.map((version) => (
            <li key={version.digest}>
              <a href={`/initiatives/${view.caseNumber}/opinions/${version.digest}.txt`}>
                {version.isAmendment ? t.amended : t.received}{' '}
                <DateText language={language} iso={version.on} />
              </a>{' '}
              {t.characters(version.characters)}
              <br />
              <code class="break">{version.digest}</code>
            </li>
          ))}
        </ol>
        <p>
          <a href={localPath(language, `/initiatives/${view.caseNumber}`)}>{t.back}</a>
        </p>
      </div>
    </Layout>
  );
};
