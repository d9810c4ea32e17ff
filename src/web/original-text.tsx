import type { VNode } from 'preact';
import type { Language } from './language.ts';
import { Chinese } from './text.tsx';

/**
 * A text of which only the Chinese counts, a main text or reasons: in English its translation stands below, with a
 * remark that it is one. `isQuestion` sets it as the one question people answer.
 */
export const OriginalText = ({
  language,
  paragraphs,
  translation,
  remark,
  isQuestion = false,
}: Readonly<{
  language: Language;
  paragraphs: readonly string[];
  translation: readonly string[] | undefined;
  remark: string;
  isQuestion?: boolean;
}>): VNode => (
  <>
    {isQuestion ? (
      <blockquote class="main-text">
        <p>
          <Chinese language={language} text={paragraphs.join('')} />
        </p>
      </blockquote>
    ) : (
      <div lang="zh-Hant-TW" class="long-text">
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    )}
    {language !== 'en' || translation === undefined ? null : (
      <div class="translation">
        {translation.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p class="hint">{remark}</p>
      </div>
    )}
  </>
);

/** The digest of a text's file, as statements name it, and what it is good for. */
export const TextDigest = ({
  words,
  digest,
}: Readonly<{ words: Readonly<{ digest: string; digestHelp: string }>; digest: string }>): VNode => (
  <>
    <dt>{words.digest}</dt>
    <dd>
      <code class="break">{digest}</code>
      <p class="hint">{words.digestHelp}</p>
    </dd>
  </>
);
