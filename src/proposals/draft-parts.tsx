import type { VNode } from 'preact';
import { citation } from '../law/index.ts';
import { DateText, OriginalText, type PageFrame, TextDigest } from '../web/index.ts';
import type { DraftAct } from './draft-facts.ts';
import type { DraftMaterial } from './draft-view.ts';
import type { ProposalsMessages } from './proposals-messages.ts';

export type Part = Readonly<{ frame: PageFrame; draft: DraftMaterial; t: ProposalsMessages }>;

/** The frozen text: main text, reasons, and the file that every statement names. */
export const Text = ({ frame, draft, t }: Part): VNode => {
  const { language } = frame;
  const { text, facts } = draft;
  const { translation } = facts.opened;
  return (
    <>
      <section aria-labelledby="main-text-title">
        <h2 id="main-text-title">{t.mainText}</h2>
        <OriginalText
          language={language}
          paragraphs={[text.mainText]}
          translation={translation && [translation.mainText]}
          remark={t.translation}
          isQuestion
        />
      </section>
      <section aria-labelledby="sides-title">
        <h2 id="sides-title">{t.reasons}</h2>
        <OriginalText
          language={language}
          paragraphs={text.reasons}
          translation={translation?.reasons}
          remark={t.translation}
        />
        <p class="hint">{t.frozen}</p>
        <dl class="facts facts-small">
          <TextDigest words={t} digest={text.digest} />
        </dl>
        <p>
          <a href={`/drafts/${facts.draft}/text.txt`} download>
            {t.download}
          </a>
        </p>
      </section>
    </>
  );
};

/** What happened to the draft, newest first. */
export const Course = ({ frame, draft, t }: Part): VNode => {
  const { language } = frame;
  return (
    <section aria-labelledby="course-title">
      <h2 id="course-title">{t.course}</h2>
      <p class="hint">{t.courseNote}</p>
      <ol class="course" reversed>
        {draft.acts.toReversed().map((act) => (
          <li key={`${act.at}${act.kind}${act.index ?? ''}`}>
            <p class="course-when">
              <DateText language={language} iso={act.at} />
            </p>
            <div class="course-what">
              <strong>{t.acts[act.kind as keyof ProposalsMessages['acts']] ?? act.kind}</strong>
              <Detail t={t} act={act} />
              <p class="course-meta">
                <span>{citation(act.basis)[language]}</span>
                <span>{act.index === undefined ? t.pending : t.entryIndex(act.index)}</span>
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
};

const Detail = ({ t, act }: Readonly<{ t: ProposalsMessages; act: DraftAct }>): VNode | null => {
  const body = act.body as Readonly<{ outcome?: string; case?: string; count?: number }>;
  if (act.kind === 'paper-proposers') return <p>{t.people(body.count ?? 0)}</p>;
  if (act.kind !== 'proposal-closed') return null;
  const outcome = body.outcome as keyof ProposalsMessages['states'];
  return <p>{body.case === undefined ? t.states[outcome] : t.filedAs(body.case)}</p>;
};
