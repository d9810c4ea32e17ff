import type { VNode } from 'preact';
import type { Language } from './language.ts';

const FILE_IS = {
  'zh-Hant-TW': 'FILE：日誌公鑰檔，請取自您信任的來源。',
  en: 'FILE: the log’s public key, from a place you trust.',
} as const;

/** A command of lianshu-verify that a reader runs against the log, and what its `--keys FILE` is. */
export const VerifyCommand = ({
  language,
  command,
}: Readonly<{ language: Language; command: string }>): VNode => (
  <>
    <pre class="command">
      <code>{command}</code>
    </pre>
    <p class="hint">{FILE_IS[language]}</p>
  </>
);
