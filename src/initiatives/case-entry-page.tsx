import type { VNode } from 'preact';
import { DateText, Layout, type Localised, localPath, type PageFrame, VerifyCommand } from '../web/index.ts';
import { CourseEntry, type CourseEntryView } from './case-course.tsx';
import { caseMessages } from './case-messages.ts';
import { initiativesMessages } from './initiatives-messages.ts';

/** One entry of the record, at an address that never changes. */
export type EntryView = Readonly<{
  caseNumber: string;
  title: Localised;
  entry: CourseEntryView & Readonly<{ index: number }>;
  kind: string;
  capacity: Localised;
  at: string;
  /** The canonical JSON of the log's leaf. */
  raw: string;
  verifyCommand: string;
}>;

/** `/initiatives/:case/entries/:index`: an act in words, and exactly as the record holds it. */
export const EntryPage = ({ frame, view }: Readonly<{ frame: PageFrame; view: EntryView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  const title = c.entryTitle(view.entry.index);
  return (
    <Layout frame={frame} title={`${t.caseNumber(view.caseNumber)} ${title}`} current="initiatives">
      <div class="wrap prose">
        <p class="case-meta">
          <a href={localPath(language, `/initiatives/${view.caseNumber}`)}>
            {t.caseNumber(view.caseNumber)} {view.title[language]}
          </a>
        </p>
        <h1>{title}</h1>
        <CourseEntry language={language} caseNumber={view.caseNumber} entry={view.entry} />
        <dl class="facts">
          <dt>{c.entryKind}</dt>
          <dd>
            <code>{view.kind}</code>
          </dd>
          <dt>{c.entryCapacity}</dt>
          <dd>{view.capacity[language]}</dd>
          <dt>{c.entryAt}</dt>
          <dd>
            <DateText language={language} iso={view.at} clock />
          </dd>
        </dl>
        <h2>{c.entryRaw}</h2>
        <p class="hint">{c.entryText}</p>
        <pre class="command">
          <code>{view.raw}</code>
        </pre>
        <p class="hint">{c.entryVerify}</p>
        <VerifyCommand language={language} command={view.verifyCommand} />
      </div>
    </Layout>
  );
};
