import type { VNode } from 'preact';
import { DateText, Layout, type Localised, localPath, type PageFrame } from '../web/index.ts';
import { isProposal, pathOf } from './what-is-signed.ts';

/** Why a case or a draft takes no signatures today; nobody tried anything yet. */
export interface NotOpen {
  readonly title: Localised;
  /** `ended`: it ended without signing, or before it. */
  readonly why: 'not-yet' | 'over' | 'ended';
  /** Known once the code was collected. */
  readonly firstDay?: string;
  readonly lastDay?: string;
}

const zh = {
  notYet: '本案尚未開始連署',
  notYetText: '連署自領銜人領取系統認證碼或連署人名冊格式的次日開始（公民投票法第 12 條第 2 項）。',
  from: '開始',
  hour: ' 00:00 起',
  over: '本案連署已結束',
  overText: '已完成的連署不受影響，收執仍可查驗。',
  last: '最後一天',
  ended: '本案已終結，不再連署',
  endedText: '經過與結果載於案件頁。',
  draftOver: '這份草案不再徵求提案人',
  draftOverText: '結果載於草案頁；已完成的提案不受影響，收執仍可查驗。',
  backToCase: (number: string) => `回到第 ${number} 案`,
  backToDraft: (number: string) => `回到草案 ${number}`,
};

const en: typeof zh = {
  notYet: 'Signing has not begun yet',
  notYetText:
    'Signing begins the day after the lead proposer collects the access code or the roster format (Referendum Act, Article 12 II).',
  from: 'Begins',
  hour: ', 00:00',
  over: 'Signing has ended',
  overText: 'What was signed stands, and receipts can still be checked.',
  last: 'Last day',
  ended: 'This case has ended and takes no signatures',
  endedText: 'Its course and outcome are on its page.',
  draftOver: 'This draft no longer collects proposers',
  draftOverText: 'Its outcome is on its page. What was signed stands, and receipts can still be checked.',
  backToCase: (number) => `Back to case ${number}`,
  backToDraft: (number) => `Back to draft ${number}`,
};

/** `/…/sign` of a case that takes no signatures today: since when or until when, and the way back. */
export const NotOpenPage = ({
  frame,
  number,
  view,
}: Readonly<{ frame: PageFrame; number: string; view: NotOpen }>): VNode => {
  const { language } = frame;
  const t = language === 'en' ? en : zh;
  const [title, text] = isProposal(number)
    ? [t.draftOver, t.draftOverText]
    : {
        'not-yet': [t.notYet, t.notYetText] as const,
        over: [t.over, t.overText] as const,
        ended: [t.ended, t.endedText] as const,
      }[view.why];
  const day = view.why === 'not-yet' ? view.firstDay : view.lastDay;
  return (
    <Layout frame={frame} title={title} current="initiatives">
      <div class="wrap prose" data-not-open={view.why}>
        <p class="case-meta">
          <span>{view.title[language]}</span>
        </p>
        <h1>{title}</h1>
        {day === undefined || view.why === 'ended' ? null : (
          <p class="lede">
            {view.why === 'not-yet' ? t.from : t.last}
            {language === 'en' ? ': ' : '：'}
            <DateText language={language} iso={day} />
            {view.why === 'not-yet' ? t.hour : null}
          </p>
        )}
        <p>{text}</p>
        <p>
          <a class="button" href={localPath(language, pathOf(number))}>
            {isProposal(number) ? t.backToDraft(number) : t.backToCase(number)}
          </a>
        </p>
      </div>
    </Layout>
  );
};
