import { describe, expect, it } from 'vitest';
import { languages, type PageFrame, renderPage, type StageView } from '../web/index.ts';
import { coursePart } from './case-course-view.ts';
import { CasePage, type CaseView } from './case-page.tsx';
import { HomePage, type HomeView } from './home-page.tsx';

const frame = (language: PageFrame['language'] = 'zh-Hant-TW'): PageFrame => ({
  site: {
    demo: true,
    host: 'lianshu.example',
    assets: { css: { href: '/c' }, signScript: { href: '/s' }, receiptCheckScript: { href: '/r' } },
  },
  language,
  path: '/',
});
const both = (zh: string, en: string) => ({ 'zh-Hant-TW': zh, en });
const open = (caseNumber: string, verified: number) => ({
  caseNumber,
  title: both(`案${caseNumber}`, `Case about ${caseNumber}`),
  stage: 'sign' as const,
  lastDay: '2027-04-30',
  daysLeft: 160,
  verified,
  threshold: 293_228,
  demonstrationText: true,
});
const home: HomeView = {
  before: [
    {
      caseNumber: '9903',
      title: both('丙', 'C'),
      stage: both('審核', 'review'),
      demonstrationText: true,
      due: { what: both('審核提案', 'review the proposal'), on: '2026-04-11', daysLeft: 3, isLate: false },
    },
  ],
  open: [open('9901', 3), open('9902', 20_000)],
  closed: [
    {
      caseNumber: '9001',
      title: both('甲', 'A'),
      closedOn: '2026-01-31',
      outcome: both('視為放棄連署', 'Abandoned'),
      reported: 132_198,
      threshold: 293_228,
    },
    { caseNumber: '9002', title: both('乙', 'B'), closedOn: '2026-03-31', threshold: 293_228 },
  ],
};
const stages: readonly StageView[] = [
  { stage: 'review', state: 'done' },
  { stage: 'sign', state: 'now', on: '2026-11-01' },
  { stage: 'check', state: 'next' },
];
const record: CaseView = {
  caseNumber: '9901',
  title: both('案', 'Case'),
  kind: both('創制', 'Initiative'),
  leadProposer: both('林示範', 'Lin'),
  mode: both('電子連署', 'Electronic'),
  demonstrationText: true,
  problem: { text: both('事由', 'Problem'), author: 'lead-proposer' },
  stages,
  text: {
    mainText: '你是否同意？',
    mainTextTranslation: 'Do you agree?',
    reasons: ['一、理由。'],
    version: 1,
    publishedOn: '2026-10-12',
    digest: 'ab'.repeat(32),
    fileHref: '/initiatives/9901/text',
  },
  opinions: [],
  signing: { daysLeft: 160 },
  period: { firstDay: '2026-11-01', lastDay: '2027-04-30' },
  count: {
    origin: 'record',
    threshold: 293_228,
    electronic: 20_419,
    paper: 1000,
    excluded: 2,
    checkpoint: {
      size: 20_431,
      root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
      at: '2026-11-21T12:00:00Z',
    },
    recountCommand: 'npx lianshu-verify count 9901 --log https://lianshu.invalid/log --keys FILE',
  },
  duties: [
    {
      who: both('中央選舉委員會', 'the Commission'),
      what: both('審核提案', 'review the proposal'),
      article: both('公民投票法 §10 III', 'Referendum Act §10 III'),
      isAuthority: true,
      state: 'overdue',
      due: '2026-04-11',
    },
  ],
  course: coursePart([
    {
      id: 'entry-4',
      on: '2026-11-01',
      at: '2026-11-01T00:00:00+08:00',
      group: 'signing',
      what: both('開始連署', 'Opened'),
      index: 4,
    },
  ]),
  isComparable: false,
  isWhole: true,
  share: { url: 'https://lianshu.example/initiatives/9901', hasMail: true, hasFeeds: true },
  recorded: true,
};
const html = (view: CaseView, language?: PageFrame['language']): string =>
  renderPage(<CasePage frame={frame(language)} view={view} />);

describe('首頁', () => {
  it('lists cases in the order given, never by size, and shows what nobody confirmed as such', () => {
    const page = renderPage(
      <HomePage frame={frame()} view={{ ...home, workspaceUrl: 'https://workspace.invalid' }} />,
    );
    expect(page).toContain('href="https://workspace.invalid/"');
    expect(page.indexOf('案9901')).toBeLessThan(page.indexOf('案9902'));
    expect(page).toContain('未確認');
    expect(page).toContain('媒體報導數字，非本平台紀錄');
    expect(page).not.toContain('<script');
  });

  it('repeats a search as text and finds nothing honestly', () => {
    const page = renderPage(
      <HomePage
        frame={frame('en')}
        view={{ open: [], before: [], closed: [], search: { query: '"><script>' } }}
      />,
    );
    expect(page).not.toContain('<script');
    expect(page).toContain('0 cases found');
    expect(page).toContain('No initiative matches');
  });
});

describe('案件頁', () => {
  it('shows electronic + paper − excluded = shown', () => {
    const page = html(record);
    for (const text of [
      '20,419',
      '+ 1,000',
      '− 2',
      '= 21,417',
      '技術上有效',
      '名冊提出日',
      'npx lianshu-verify count 9901 --log https://lianshu.invalid/log --keys FILE',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).toContain('data-count="9901">21,417<');
  });

  it('never lets a stage’s character stand without its word, nor a date in one calendar', () => {
    const page = html(record);
    expect(page).toMatch(/>署<\/span><span class="ribbon-word">連署</);
    expect(page).toContain('民國115年11月1日');
    expect(page).toContain('2026-11-01');
  });

  it('keeps the Chinese text first in English, marked as Chinese, and the translation marked as one', () => {
    const page = html(record, 'en');
    expect(page).toContain('<span lang="zh-Hant-TW">你是否同意？</span>');
    expect(page.indexOf('你是否同意？')).toBeLessThan(page.indexOf('Do you agree?'));
    expect(page).toContain('the Chinese text prevails');
  });

  it('offers signing only while the case is open', () => {
    const { signing: _, ...closed } = record;
    expect(html(record)).toContain('href="/initiatives/9901/sign"');
    expect(html(record, 'en')).toContain('href="/en/initiatives/9901/sign"');
    const page = html({
      ...closed,
      closing: { closedOn: '2026-01-31' },
      count: { origin: 'none', threshold: 293_228 },
    });
    expect(page).not.toContain('/sign"');
    expect(page).toContain('本案連署已結束');
    expect(page).toContain('未確認');
  });

  it('says whose words and whose figures it shows', () => {
    const page = html({
      ...record,
      problem: { text: both('事由', 'Problem'), author: 'platform' },
      count: {
        origin: 'press',
        threshold: 293_228,
        reported: 132_198,
        on: '2026-01-30',
        source: { label: '報', href: 'https://example.invalid/' },
      },
      recorded: false,
    });
    expect(page).toContain('不是領銜人的原文');
    expect(page).toContain('媒體報導數字，非本平台紀錄');
    expect(page).toContain('不是主管機關在公卷中的行為');
  });

  it.each(languages)('needs no script in %s', (language) =>
    expect(html(record, language)).not.toContain('<script'),
  );
});
