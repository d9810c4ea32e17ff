import type { VNode } from 'preact';
import { type Language, localPath } from './language.ts';
import { DateText } from './text.tsx';

/** One session as its owner sees it; its name opens nothing. */
export interface SessionView {
  readonly name: string;
  readonly began: string;
  readonly seen: string;
  readonly isThis: boolean;
}

/** Where somebody is signed in, each with the button that ends it. */
export const SessionList = ({
  language,
  sessions,
  words,
  list,
}: Readonly<{
  language: Language;
  sessions: readonly SessionView[];
  words: Readonly<{ began: string; seen: string; thisOne: string; end: string }>;
  /** The surface's class for lists. */
  list: string;
}>): VNode => (
  <ul class={list}>
    {sessions.map((session) => (
      <li key={session.name}>
        <dl class="facts facts-small">
          <dt>{words.began}</dt>
          <dd>
            <DateText language={language} iso={session.began} clock />{' '}
            {session.isThis ? <strong class="tag">{words.thisOne}</strong> : null}
          </dd>
          <dt>{words.seen}</dt>
          <dd>
            <DateText language={language} iso={session.seen} clock />
          </dd>
        </dl>
        <form method="post" action={localPath(language, '/sessions')}>
          <input type="hidden" name="session" value={session.name} />
          <button type="submit" class="button button-quiet">
            {words.end}
          </button>
        </form>
      </li>
    ))}
  </ul>
);
