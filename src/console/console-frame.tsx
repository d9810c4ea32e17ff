/** What every page of the console stands in, and the parts they share. */
import type { ComponentChildren, VNode } from 'preact';
import { citation, type LawRefusal } from '../law/index.ts';
import {
  type AssetLink,
  DateText,
  ErrorSummary,
  type FieldError,
  type Language,
  type Localised,
  localPath,
  RefusedByLaw,
} from '../web/index.ts';
import { type Mandate, may, type Permission } from './permissions.ts';

/** One page's place: which draft or case, who looks, and the workspace's own layout around it. */
export interface ConsoleFrame {
  readonly language: Language;
  /** Case number or draft number. */
  readonly number: string;
  readonly subject: Localised;
  readonly mandate: Mandate;
  /** Origin of the public site. */
  readonly publicUrl: string;
  readonly layout: (page: ConsolePage) => VNode;
}

export interface ConsolePage {
  readonly title: string;
  readonly erroneous?: boolean;
  readonly script?: AssetLink;
  readonly children: ComponentChildren;
}

/** Chinese or English by the page's language; the two stand side by side in the source. */
export const speak =
  (language: Language) =>
  (zh: string, en: string): string =>
    language === 'en' ? en : zh;

/** Address of a console page in the reader's language. */
export const consolePath = (
  { language, number }: Pick<ConsoleFrame, 'language' | 'number'>,
  rest = '',
): string => localPath(language, `/console/${number}${rest}`);

/** Address of the case or draft on the public site. */
export const publicAddress = ({ language, number, publicUrl }: ConsoleFrame): string =>
  `${publicUrl}${localPath(language, number.startsWith('D') ? `/drafts/${number}` : `/initiatives/${number}`)}`;

interface Section {
  readonly path: string;
  readonly zh: string;
  readonly en: string;
  readonly permission: Permission;
  readonly ofDrafts?: true;
  /** What it is called of a draft, which has nothing to embed. */
  readonly draftName?: Localised;
}

const SECTIONS: readonly Section[] = [
  { path: '', zh: '總覽', en: 'Overview', permission: 'progress', ofDrafts: true },
  {
    path: '/progress',
    zh: '進度與預估',
    en: 'Progress and forecast',
    permission: 'progress',
    ofDrafts: true,
  },
  { path: '/timeline', zh: '時程與末日', en: 'Timeline and last day', permission: 'progress' },
  { path: '/record', zh: '連署紀錄查詢', en: 'Signing record', permission: 'progress' },
  {
    path: '/materials',
    zh: '海報與嵌入',
    en: 'Posters and embed',
    permission: 'materials',
    ofDrafts: true,
    draftName: { 'zh-Hant-TW': '海報', en: 'Posters' },
  },
  { path: '/help-desk', zh: '諮詢手冊', en: 'Help-desk kit', permission: 'materials' },
  { path: '/deleted', zh: '刪除名單', en: 'Deleted proposers', permission: 'letter', ofDrafts: true },
  { path: '/contact', zh: '諮詢窗口', en: 'Public contact', permission: 'act' },
  { path: '/plain-words', zh: '白話說明', en: 'Plain words', permission: 'act' },
];

export interface ConsoleLayoutProps {
  readonly frame: ConsoleFrame;
  readonly title: string;
  /** Of the section, behind the draft's or case's own. */
  readonly path: string;
  readonly errors?: readonly FieldError[];
  /** Why the law does not allow what was asked. */
  readonly refusal?: Refusal | undefined;
  /** Whether the page shows errors of a form in another way than `errors`. */
  readonly isErroneous?: boolean;
  readonly script?: AssetLink | undefined;
  readonly children: ComponentChildren;
}

/** A page of the console: what went wrong first, then the page, in the workspace's frame. */
export const ConsoleLayout = ({
  frame,
  title,
  path,
  errors = [],
  refusal,
  isErroneous = false,
  script,
  children,
}: ConsoleLayoutProps): VNode =>
  frame.layout({
    title: `${title} ${frame.number}`,
    erroneous: isErroneous || errors.length > 0 || refusal !== undefined,
    ...(script === undefined ? {} : { script }),
    children: (
      <ConsoleShell frame={frame} title={title} path={path}>
        <ErrorSummary language={frame.language} errors={errors} />
        {refusal === undefined ? null : <Refused language={frame.language} refusal={refusal} />}
        {children}
      </ConsoleShell>
    ),
  });

/** A line that says where one is, the sections this mandate may open, and the page. */
const ConsoleShell = ({
  frame,
  title,
  path,
  children,
}: Readonly<{ frame: ConsoleFrame; title: string; path: string; children: ComponentChildren }>): VNode => {
  const { language, number, subject, mandate } = frame;
  const t = speak(language);
  const isDraft = number.startsWith('D');
  const sections = SECTIONS.filter(
    (one) => may(mandate, one.permission) && (!isDraft || one.ofDrafts === true),
  );
  return (
    <div class="wrap console">
      <p class="case-meta">
        <span class="case-number">
          {isDraft ? t(`草案 ${number}`, `Draft ${number}`) : t(`案 ${number}`, `Case ${number}`)}
        </span>
        <span>{subject[language]}</span>
      </p>
      <nav aria-label={t('專區選單', 'Console sections')} class="console-nav">
        <ul>
          {sections.map((one) => (
            <li key={one.path}>
              <a href={consolePath(frame, one.path)} aria-current={one.path === path ? 'page' : undefined}>
                {isDraft && one.draftName !== undefined ? one.draftName[language] : t(one.zh, one.en)}
              </a>
            </li>
          ))}
          {may(mandate, 'act') ? (
            <li>
              <a href={localPath(language, `/members/${number}`)}>{t('協助人員', 'Assistants')}</a>
            </li>
          ) : null}
        </ul>
      </nav>
      <h1>{title}</h1>
      {may(mandate, 'act') ? null : (
        <p class="notice">
          {t(
            '您以協助人員身分登入：可看進度、海報與諮詢手冊；切結書、認證碼、提出、窗口變更只有領銜人得為之（專案預設）。',
            'You are signed in as an assistant: numbers, posters and the help-desk kit are open to you; affidavit, access code, filing and the public contact are the lead proposer’s alone (project default).',
          )}
        </p>
      )}
      {children}
    </div>
  );
};

/** An article as it is cited, in the reader's language. */
export const Article = ({ language, text }: Readonly<{ language: Language; text: string }>): VNode => (
  <span class="article">{citation(text)[language]}</span>
);

/** What the law, or the platform's rule for drafts, says against an act. */
type Refusal = Pick<LawRefusal, 'citation' | 'instead'> & Readonly<{ code: string }>;

const Refused = ({ language, refusal }: Readonly<{ language: Language; refusal: Refusal }>): VNode => (
  <RefusedByLaw
    language={language}
    title={speak(language)(
      '目前依法不得為之；沒有任何東西被登錄。',
      'The law does not allow this now. Nothing was entered.',
    )}
    code={refusal.code}
    article={citation(refusal.citation)}
    instead={refusal.instead}
  />
);

/** Before anything is entered: what, under which article, with what consequence; then one button. */
export const Confirm = ({
  language,
  action,
  article,
  what,
  consequence,
  hidden,
  button,
  back,
}: Readonly<{
  language: Language;
  action: string;
  article: string;
  what: ComponentChildren;
  consequence: readonly string[];
  hidden: Readonly<Record<string, string>>;
  button: string;
  back: string;
}>): VNode => {
  const t = speak(language);
  return (
    <section aria-labelledby="preview-title" class="preview" data-preview>
      <h2 id="preview-title">{t('請核對，確認後登錄', 'Check, then confirm')}</h2>
      <dl class="facts">
        <dt>{t('內容', 'What')}</dt>
        <dd>{what}</dd>
        <dt>{t('依據', 'Article')}</dt>
        <dd>
          <Article language={language} text={article} />
        </dd>
        <dt>{t('效果', 'What follows')}</dt>
        <dd>
          <ul>
            {consequence.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </dd>
      </dl>
      <p class="hint">
        {t(
          '登錄後即公開於公卷，不得刪改；有誤只能另登錄一筆更正。',
          'Once entered it is in the public record for good; a mistake is mended by a further entry only.',
        )}
      </p>
      <form method="post" action={action}>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="confirm" value="yes" />
        <p class="buttons">
          <button type="submit" class="button">
            {button}
          </button>{' '}
          <a class="button button-quiet" href={back}>
            {t('回上頁修改', 'Go back')}
          </a>
        </p>
      </form>
    </section>
  );
};

/** A day in both calendars within a sentence's row of facts. */
export const Day = ({ language, iso }: Readonly<{ language: Language; iso: string }>): VNode => (
  <DateText language={language} iso={iso} />
);
