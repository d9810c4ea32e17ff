/** 收據: what is handed to whoever filed something on paper at the desk, once two officers have entered it. */
import type { VNode } from 'preact';
import { citation as lawCitation } from '../law/index.ts';
import { DateText, type Language, type Localised } from '../web/index.ts';
import type { Action } from './actions.ts';
import { deskKindOf } from './desk-acts.ts';
import type { DeskKind } from './desk-rules.ts';

/** What reaches this desk on paper from somebody else, and who is given the receipt. */
const HANDED_IN: ReadonlySet<DeskKind> = new Set<DeskKind>([
  'paper-filing',
  'delivered',
  'paper-proposers',
  'corrected',
  'proposer-supplement-filed',
  'withdrawn',
  'applied-for-system',
  'collected',
  'opinion-received',
  'opinion-amended',
]);

const words = {
  title: { 'zh-Hant-TW': '收據', en: 'Receipt' },
  note: {
    'zh-Hant-TW': '請列印交付提出者。下列雜湊值任何人都能重新計算、比對。',
    en: 'Print it for whoever filed this. Anybody can compute the digests below again and compare them.',
  },
  number: { 'zh-Hant-TW': '案號', en: 'Case or draft' },
  what: { 'zh-Hant-TW': '收受事項', en: 'Received' },
  article: { 'zh-Hant-TW': '依據', en: 'Article' },
  on: { 'zh-Hant-TW': '收受日', en: 'Day of receipt' },
  at: { 'zh-Hant-TW': '登錄時間', en: 'Entered' },
  text: { 'zh-Hant-TW': '所公開文字檔案之 SHA-256', en: 'SHA-256 of the published text' },
  act: {
    'zh-Hant-TW': '所登錄文件之 SHA-256（公卷中本件之核可所載者）',
    en: 'SHA-256 of what was entered (the record’s approval of it names the same)',
  },
} satisfies Readonly<Record<string, Localised>>;

type Handed = Readonly<{ on?: string; textDigest?: string; onPaper?: Readonly<{ textDigest: string }> }>;

/** Null where nothing was handed in, or it is not yet entered. Time and digests are those of the record. */
export const FilingReceipt = ({
  language,
  action,
  name,
  citation,
}: Readonly<{ language: Language; action: Action; name: Localised; citation: string }>): VNode | null => {
  const { document, outcome, approvals } = action;
  const kind = deskKindOf(document.act);
  const last = approvals.at(-1);
  if (outcome !== 'entered' || last === undefined || kind === undefined || !HANDED_IN.has(kind)) return null;
  const { on, textDigest, onPaper } = document.act.body as Handed;
  const text = onPaper?.textDigest ?? textDigest;
  return (
    <section aria-labelledby="receipt-title" data-receipt={document.case} data-receipt-of={kind}>
      <h2 id="receipt-title">{words.title[language]}</h2>
      <p>{words.note[language]}</p>
      <dl class="facts">
        <dt>{words.number[language]}</dt>
        <dd>{document.case}</dd>
        <dt>{words.what[language]}</dt>
        <dd>{name[language]}</dd>
        <dt>{words.article[language]}</dt>
        <dd>{lawCitation(citation)[language]}</dd>
        {on === undefined ? null : (
          <>
            <dt>{words.on[language]}</dt>
            <dd>
              <DateText language={language} iso={on} />
            </dd>
          </>
        )}
        <dt>{words.at[language]}</dt>
        <dd data-receipt-at>
          <DateText language={language} iso={new Date(last.atMs).toISOString()} clock />
        </dd>
        {text === undefined ? null : (
          <>
            <dt>{words.text[language]}</dt>
            <dd>
              <code class="break" data-receipt-text>
                {text}
              </code>
            </dd>
          </>
        )}
        <dt>{words.act[language]}</dt>
        <dd>
          <code class="break" data-receipt-digest>
            {action.digest}
          </code>
        </dd>
      </dl>
    </section>
  );
};
