import type { ComponentChildren, VNode } from 'preact';
import { type Language, localPath, Notice } from '../web/index.ts';
import type { OpenDraft } from './drafting.ts';
import { draftingMessages } from './drafting-messages.ts';

/** What every page of one draft shows around its content. */
export type DraftFrame = Readonly<{
  language: Language;
  open: OpenDraft;
  /** Comments not settled yet. */
  openComments: number;
  /** Address of the public site, without a slash at its end. */
  publicUrl: string;
  current: 'text' | 'edit' | 'comments' | 'people' | 'collect' | undefined;
}>;

/** What a draft is called on its own pages. */
export const draftTitle = (language: Language, { newest }: Pick<OpenDraft, 'newest'>): string => {
  const { subjectZh = '', subjectEn = '' } = newest?.text ?? {};
  const own = language === 'en' && subjectEn !== '' ? subjectEn : subjectZh;
  return own === '' ? draftingMessages(language).untitled : own;
};

/** Title, state and the way through one draft; `children` is the page. */
export const DraftShell = ({
  frame,
  title,
  children,
}: Readonly<{ frame: DraftFrame; title: string; children: ComponentChildren }>): VNode => {
  const { language, open, current, openComments, publicUrl } = frame;
  const { draft, role } = open;
  const t = draftingMessages(language);
  const path = `/drafts/${draft.id}`;
  const link = (key: DraftFrame['current'], target: string, text: string): VNode => (
    <li>
      <a href={localPath(language, target)} aria-current={current === key ? 'page' : undefined}>
        {text}
      </a>
    </li>
  );
  return (
    <div class="wrap drafting">
      <p class="case-meta">
        <a href={localPath(language, '/drafts')}>{t.listTitle}</a>
        <span lang={language === 'en' ? 'zh-Hant-TW' : undefined}>{draftTitle(language, open)}</span>
      </p>
      <h1>{title}</h1>
      <nav aria-label={t.navLabel} class="draft-nav">
        <ul>
          {link('text', path, t.navText)}
          {draft.frozen === undefined ? link('edit', `${path}/edit`, t.navEdit) : null}
          {link('comments', `${path}/comments`, t.navComments(openComments))}
          {link('people', `${path}/people`, t.navPeople)}
          {role === 'lead' && draft.frozen === undefined
            ? link('collect', `${path}/collect`, t.navCollect)
            : null}
        </ul>
      </nav>
      {draft.frozen === undefined ? (
        <p class="hint">{t.private}</p>
      ) : (
        <Frozen
          language={language}
          draftNumber={draft.frozen.draftNumber}
          publicUrl={publicUrl}
          copy={role === 'lead' ? { action: `${path}/copy`, version: draft.frozen.version } : undefined}
        />
      )}
      {children}
    </div>
  );
};

const Frozen = ({
  language,
  draftNumber,
  publicUrl,
  copy,
}: Readonly<{
  language: Language;
  draftNumber: string;
  publicUrl: string;
  copy: Readonly<{ action: string; version: number }> | undefined;
}>): VNode => {
  const t = draftingMessages(language);
  return (
    <Notice kind="strong">
      <p>
        {t.frozen(draftNumber)}{' '}
        <a href={`${publicUrl}${localPath(language, `/drafts/${draftNumber}`)}`}>{t.frozenLink}</a>
      </p>
      {copy === undefined ? null : (
        <p>
          <a href={localPath(language, `/console/${draftNumber}`)}>{t.console}</a>
        </p>
      )}
      {copy === undefined ? null : (
        <form method="post" action={localPath(language, copy.action)}>
          <p class="hint">{t.copyNote}</p>
          <input type="hidden" name="version" value={copy.version} />
          <button type="submit" class="button button-quiet">
            {t.copy}
          </button>
        </form>
      )}
    </Notice>
  );
};

/** Who wrote a version or a comment: a label, or the capacity of the lead proposer; never a name. */
export const Author = ({
  language,
  label,
}: Readonly<{ language: Language; label: string | undefined }>): VNode =>
  label === undefined ? (
    <span>{draftingMessages(language).lead}</span>
  ) : (
    <span lang="zh-Hant-TW">{label}</span>
  );
