import type { CaseView } from '../../src/initiatives/case-page.tsx';
import type { HomeView } from '../../src/initiatives/home-page.tsx';
import type { ReceiptCheckView } from '../../src/signing/receipt-check-page.tsx';
import type { ReceiptView } from '../../src/signing/receipt-page.tsx';
import type { SignView } from '../../src/signing/sign-page.tsx';
import type { StatementView } from '../../src/signing/statement-page.tsx';
import type { Localised, Site, Stage, StageState, StageView } from '../../src/web/index.ts';

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

export const site: Site = {
  demo: true,
  host: 'localhost:8080',
  assets: {
    css: { href: 'assets/site.css' },
    signScript: { href: 'assets/sign-page.js' },
    receiptCheckScript: { href: 'assets/receipt-check.js' },
  },
};

const lunchTitle = both(
  '國民中小學午餐於校內或鄰近廚房現場烹調',
  'School lunches cooked at or near the school',
);
const libraryTitle = both(
  '公立圖書館每週至少三日開放至晚間十時',
  'Public libraries open until ten at least three evenings a week',
);
const quorumTitle = both(
  '廢止憲法訴訟法第30條第2項之門檻規定',
  'Repeal of the quorum of Article 30 II of the Constitutional Court Procedure Act',
);
const threshold = 293_228;
const mainText = '你是否同意立法規定國民中小學之學校午餐，應於校內廚房或鄰近之中央廚房現場烹調？';
const digest = '65d9a0149b906571ab4280db75e5f996caec11b29f7f85fd4047d48c509cd3d5';
const commitment = 'KMzAvLYcj9W1Alv3fDkkYUDzLMln5dlKrH7jCB7nj9A';

export const home: HomeView = {
  open: [
    {
      caseNumber: '9901',
      title: lunchTitle,
      stage: 'sign',
      lastDay: '2027-04-30',
      daysLeft: 160,
      verified: 20_417,
      threshold,
      demonstrationText: true,
    },
    {
      caseNumber: '9902',
      title: libraryTitle,
      stage: 'sign',
      lastDay: '2027-05-16',
      daysLeft: 176,
      verified: 0,
      threshold,
      demonstrationText: true,
    },
  ],
  closed: [
    {
      caseNumber: '9001',
      title: quorumTitle,
      closedOn: '2026-01-31',
      outcome: both('視為放棄連署（未達門檻）', 'Deemed abandoned (below the threshold)'),
      reported: 132_198,
      threshold,
    },
    {
      caseNumber: '9002',
      title: both('廢止罷免提議須附身分證影本之規定', 'Repeal of attaching ID copies to the recall proposal'),
      closedOn: '2026-03-31',
      threshold,
    },
  ],
};

const order: readonly Stage[] = [
  'notice',
  'deliberate',
  'propose',
  'review',
  'sign',
  'check',
  'inform',
  'count',
  'respond',
  'keep',
];

const stages = (states: readonly StageState[], on: Partial<Record<Stage, string>>): readonly StageView[] =>
  order.map((stage, index) => {
    const date = on[stage];
    return { stage, state: states[index] ?? 'later', ...(date === undefined ? {} : { on: date }) };
  });

export const openCase: CaseView = {
  caseNumber: '9901',
  title: lunchTitle,
  kind: both('立法原則之創制', 'Initiative of a legislative principle'),
  leadProposer: both('林示範（虛構）', 'Lin Shih-fan (fictitious)'),
  mode: both('電子連署', 'Electronic'),
  demonstrationText: true,
  problem: {
    author: 'lead-proposer',
    text: both(
      '有些學校的午餐由很遠的工廠做好，用車送來時已經涼了。這一案問大家：是否要訂下原則，讓國中小的午餐在校內或附近的廚房現煮。',
      'Some schools receive their lunch by lorry from a distant plant, and it arrives cold. This case asks whether the law should set the principle that lunches are cooked at the school or in a kitchen nearby.',
    ),
  },
  stages: stages(['done', 'skipped', 'done', 'done', 'now', 'next'], {
    propose: '2026-08-03',
    review: '2026-10-12',
    sign: '2026-11-01',
  }),
  text: {
    mainText,
    mainTextTranslation:
      'Do you agree that the law should provide that school lunches in primary and junior high schools be cooked in a kitchen at the school or in a central kitchen nearby?',
    reasons: [
      '一、學校午餐是許多學童每日最主要的一餐。由遠地團膳工廠製作、長途運送的午餐，送達時往往已經放涼，蔬菜變色、口感不佳，學童吃得少、剩得多。',
      '二、校內或鄰近廚房現場烹調，食材來源、烹調過程與衛生狀況由學校與家長就近看得見，發現問題時也能當日處理。',
      '三、偏遠地區學校得以數校共用一處中央廚房，兼顧規模與新鮮。本案只確立原則，施行期程、補助與例外由立法機關訂定。',
    ],
    version: 1,
    publishedOn: '2026-10-12',
    digest,
    fileHref: '/initiatives/9901/text',
  },
  opinions: [],
  period: { firstDay: '2026-11-01', lastDay: '2027-04-30' },
  signing: { daysLeft: 160, helpContact: both('help-9901@example.invalid', 'help-9901@example.invalid') },
  count: {
    origin: 'record',
    threshold,
    electronic: 20_419,
    excluded: 2,
    checkpoint: {
      size: 20_431,
      root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
      at: '2026-11-21T20:16:00+08:00',
    },
    recountCommand: 'npx lianshu-verify count --case 9901 --log https://demo.lianshu.invalid/log',
  },
  series: {
    origin: 'record',
    points: [
      { on: '2026-11-01', value: 0 },
      { on: '2026-11-05', value: 2310 },
      { on: '2026-11-10', value: 7004 },
      { on: '2026-11-15', value: 12_880 },
      { on: '2026-11-20', value: 20_417 },
    ],
  },
  course: [
    { on: '2026-11-20', what: both('本日統計封存', 'Day closed'), index: 20_430 },
    {
      on: '2026-11-01',
      what: both('開始連署', 'Signing opened'),
      detail: both('至民國116年4月30日止。', 'Until 30 April 2027.'),
      article: both('公投法 §12', 'Referendum Act §12'),
      index: 4,
    },
    {
      on: '2026-10-12',
      what: both(
        '審核通過，公告主文與理由書（第 1 版）',
        'Approved; main text and reasons announced (version 1)',
      ),
      article: both('公投法 §10', 'Referendum Act §10'),
      index: 2,
    },
    {
      on: '2026-08-03',
      what: both('受理提案', 'Proposal received'),
      article: both('公投法 §9', 'Referendum Act §9'),
      index: 1,
    },
  ],
  recorded: true,
};

/** The same case with an agency's opinion beside the reasons. */
export const openCaseWithOpinion: CaseView = {
  ...openCase,
  opinions: [
    {
      agency: both('示範機關', 'a demonstration agency'),
      receivedOn: '2026-10-02',
      paragraphs: [
        '一、本案若通過，須於兩年內增設廚房約三百處，所需經費由中央與地方分擔；若不通過，維持現行自設廚房與團膳並行之作法。',
        '二、偏遠地區運送距離較長，本機關已訂有保溫及到校時限規範，並逐年補助增設廚房。',
      ],
    },
  ],
};

const press = (label: string, href: string) => ({ source: { label, href } });

export const closedCase: CaseView = {
  caseNumber: '9001',
  title: quorumTitle,
  kind: both('法律之複決', 'Referendum on a statute'),
  leadProposer: both('趙偉程', 'Chao Wei-cheng'),
  mode: both('僅電子連署', 'Electronic only'),
  demonstrationText: false,
  problem: {
    author: 'platform',
    text: both(
      '憲法訴訟法第30條第2項規定憲法法庭評議時的人數門檻。本案請大家決定是否廢止這項規定。',
      'Article 30 II of the Constitutional Court Procedure Act sets how many justices must take part in a decision. The case asked whether to repeal that rule.',
    ),
  },
  stages: stages(
    ['done', 'skipped', 'done', 'done', 'ended', 'skipped', 'skipped', 'skipped', 'skipped', 'now'],
    {
      sign: '2026-01-31',
    },
  ),
  opinions: [],
  period: { firstDay: '2025-08-01', lastDay: '2026-01-31' },
  closing: {
    closedOn: '2026-01-31',
    outcome: both('未達門檻，視為放棄連署', 'Below the threshold: deemed abandoned'),
    consequence: both(
      '原提案人就同一事項，二年內不得再行提出。',
      'The same proposers may not propose the same matter again for two years.',
    ),
    article: both('公投法 §12', 'Referendum Act §12'),
  },
  count: {
    origin: 'press',
    threshold,
    reported: 132_198,
    on: '2026-01-30',
    source: { label: '聯合新聞網', href: 'https://udn.com/news/story/7314/9299164' },
  },
  series: {
    origin: 'press',
    points: [
      { on: '2025-08-01', value: 0, remark: '開始連署' },
      {
        on: '2025-10-06',
        value: 10_000,
        qualifier: '<',
        ...press('聯合新聞網', 'https://udn.com/news/story/6656/9052737'),
      },
      {
        on: '2025-11-30',
        value: 20_000,
        qualifier: '≈',
        ...press('自由時報', 'https://news.ltn.com.tw/news/politics/paper/1734134'),
      },
      { on: '2025-12-01', value: 30_033, ...press('聯合新聞網', 'https://udn.com/news/story/6656/9174963') },
      {
        on: '2025-12-08',
        value: 60_000,
        qualifier: '>',
        ...press('自由時報', 'https://news.ltn.com.tw/news/politics/breakingnews/5273254'),
      },
      {
        on: '2025-12-26',
        value: 100_000,
        qualifier: '≈',
        ...press('自由時報', 'https://news.ltn.com.tw/news/politics/breakingnews/5290491'),
      },
      { on: '2026-01-30', value: 132_198, ...press('聯合新聞網', 'https://udn.com/news/story/7314/9299164') },
    ],
  },
  course: [
    {
      on: '2026-01-31',
      what: both('連署期屆滿，未達門檻', 'Signing period ended below the threshold'),
      article: both('公投法 §12', 'Referendum Act §12'),
      source: { label: '聯合新聞網', href: 'https://udn.com/news/story/7314/9299164' },
    },
    {
      on: '2025-08-01',
      what: both('開始連署', 'Signing opened'),
      article: both('公投法 §12', 'Referendum Act §12'),
      source: { label: '聯合新聞網', href: 'https://udn.com/news/story/6656/8971697' },
    },
  ],
  recorded: false,
};

export const sign: SignView = {
  caseNumber: '9901',
  title: lunchTitle,
  demonstrationText: true,
  mainText,
  mainTextTranslation: openCase.text?.mainTextTranslation ?? '',
  textDigest: digest,
  lastDay: '2027-04-30',
  cardComponent: 'http://localhost:61161',
};

export const statementText = `全國性公民投票案電子連署書
規格：LIANSHU-TBS/1
案號：9901
主文：${mainText}
提案全文SHA256：${digest}
連署人承諾：${commitment}
聲明：本人已閱覽本案主文及理由書，同意連署。
簽署時間：2026-11-21T20:16:00+08:00
交易序號：AAAAAAAAAAAAAAAAAAAAAA
`;

export const statement: StatementView = {
  caseNumber: '9901',
  title: lunchTitle,
  statement: statementText,
  token: 'example-token',
  receiptSecret: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  expiresAt: '2026-11-21T20:26:00+08:00',
};

export const receipt: ReceiptView = {
  commitment,
  state: 'included',
  case: { caseNumber: '9901', title: lunchTitle },
  entry: { index: 20_417, size: 20_431 },
  witnesses: 0,
  checkedAt: '2026-11-21T20:16:00+08:00',
};

export const excludedReceipt: ReceiptView = {
  ...receipt,
  entry: { index: 20_417, size: 21_010 },
  state: 'excluded',
  exclusion: {
    index: 21_007,
    ground: both(
      '公投法 §13Ⅱ①：不合第8條第1項規定資格。',
      'Referendum Act §13 II 1: not eligible under Article 8 I.',
    ),
    remedy: both(
      '向戶政事務所確認戶籍資料；若本案進入補提，可以再連署一次。',
      'Check your household registration; if the case enters the supplement, you can sign again.',
    ),
  },
};

export const heldReceipt: ReceiptView = { ...receipt, state: 'held' };

export const check: ReceiptCheckView = {
  verifierKeys: 'demo.lianshu.invalid/log+00000000+AAAA',
  command: 'npx lianshu-verify receipt 9901-KMzAvLYc.tlog-proof',
};

export const checkProven: ReceiptCheckView = {
  ...check,
  verdict: {
    outcome: 'proven',
    sentence: '第 9901 案的這件連署，是公卷第 20,417 件，於檢查點 20,431 時已納入。',
    notProved: '未證明：之後是否被不予計算；也不證明是誰簽署。',
    demo: true,
    facts: [
      { term: '公卷承諾', text: commitment },
      { term: '檢查點樹根', text: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=' },
    ],
  },
};
