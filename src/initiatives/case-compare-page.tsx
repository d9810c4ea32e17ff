import type { VNode } from 'preact';
import { Layout, type Localised, localPath, type PageFrame, Phrases } from '../web/index.ts';
import { initiativesMessages } from './initiatives-messages.ts';
import { redline } from './redline.ts';
import { RedlineText } from './redline-text.tsx';

/** Two published versions of a case's text, side by side in one text. */
export type CompareView = Readonly<{
  caseNumber: string;
  title: Localised;
  from: Readonly<{ version: number; text: string }>;
  to: Readonly<{ version: number; text: string }>;
  /** All versions there are, oldest first. */
  versions: readonly number[];
}>;

/** `/initiatives/:case/texts/compare`: what changed between two versions, word by word, without script. */
export const ComparePage = ({ frame, view }: Readonly<{ frame: PageFrame; view: CompareView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  const parts = redline(view.from.text, view.to.text);
  const isSame = parts.every(({ kind }) => kind === 'same');
  const title = t.compareTitle(view.from.version, view.to.version);
  return (
    <Layout frame={frame} title={`${t.caseNumber(view.caseNumber)} ${title}`} current="initiatives">
      <div class="wrap">
        <p class="case-meta">
          <a href={localPath(language, `/initiatives/${view.caseNumber}`)}>
            {t.caseNumber(view.caseNumber)} {view.title[language]}
          </a>
        </p>
        <h1>
          <Phrases text={title} />
        </h1>
        <p class="hint">{isSame ? t.compareSame : t.compareHelp}</p>
        <div lang="zh-Hant-TW" class="long-text redline">
          <RedlineText language={language} parts={parts} />
        </div>
        <nav aria-label={t.compareChoose}>
          <p>{t.compareChoose}</p>
          <ul>
            {view.versions.slice(1).map((version) => (
              <li key={version}>
                <a
                  href={localPath(
                    language,
                    `/initiatives/${view.caseNumber}/texts/compare?from=${version - 1}&to=${version}`,
                  )}
                >
                  {t.compareTitle(version - 1, version)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </Layout>
  );
};
