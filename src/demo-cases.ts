import type { DecisionBody, FiledBody, Source, StatisticsBody } from './initiatives/index.ts';

/**
 * The example cases. 9001–9004 are real and past: number, subject, lead proposer, dates and outcome are public
 * facts; their texts are not reproduced. 9901 and 9902 are invented, and say so in their first line.
 */

export interface DemoCase {
  readonly caseNumber: string;
  readonly filed: FiledBody;
  /** Days before today of the collection (invented cases), or the day itself (real ones). */
  readonly collected: { readonly daysAgo: number } | { readonly on: string };
  readonly mode: 'electronic' | 'paper-and-electronic';
  readonly text?: {
    readonly mainText: string;
    readonly reasons: readonly string[];
    readonly translation: { readonly mainText: string; readonly reasons: readonly string[] };
  };
  readonly decision?: DecisionBody;
  readonly statistics?: StatisticsBody;
}

export const DEMO_MARK = '示範文字，非公告主文';

const udn = (path: string): Source => ({ label: '聯合報 udn', href: `https://udn.com/news/story/${path}` });
const ltn = (path: string): Source => ({
  label: '自由時報 LTN',
  href: `https://news.ltn.com.tw/news/politics/${path}`,
});

const PACK_2019 = 'tw.referendum.national@2019-06-21';
const PACK_2025 = 'tw.referendum.national@2025-12-03';

const UNCONFIRMED: DecisionBody = {
  outcome: 'unconfirmed',
  on: '2026-03-31',
  consequence: {
    'zh-Hant-TW': '連署期間已屆滿；主管機關公布的結果，本平台尚未確認。',
    en: 'The signing period has ended. We have not been able to confirm the outcome the authority announced.',
  },
};

export const DEMO_CASES: readonly DemoCase[] = [
  {
    caseNumber: '9901',
    filed: {
      subject: {
        'zh-Hant-TW': '國民中小學午餐於校內或鄰近廚房現場烹調',
        en: 'School lunches cooked at or near the school',
      },
      leadProposer: { 'zh-Hant-TW': '林示範（虛構）', en: 'Lin Shih-fan (invented)' },
      subjectMatter: 'principle',
      origin: 'here',
      isInvented: true,
      rulePack: PACK_2025,
      plainWords: {
        author: 'lead-proposer',
        text: {
          'zh-Hant-TW':
            '有些學校的午餐由很遠的工廠做好，用車送來時已經涼了。這一案問大家：是否要訂下原則，讓國中小的午餐在校內或附近的廚房現煮。',
          en: 'Some schools receive their lunch by lorry from a distant plant, and it arrives cold. This case asks whether the law should set the principle that lunches are cooked at the school or in a kitchen nearby.',
        },
      },
      helpContact: {
        'zh-Hant-TW': 'help-9901@example.invalid（虛構）',
        en: 'help-9901@example.invalid (invented)',
      },
    },
    collected: { daysAgo: 21 },
    mode: 'electronic',
    text: {
      mainText: '你是否同意立法規定國民中小學之學校午餐，應於校內廚房或鄰近之中央廚房現場烹調？',
      reasons: [
        '一、學校午餐是許多學童每日最主要的一餐。由遠地團膳工廠製作、長途運送的午餐，送達時往往已經放涼，蔬菜變色、口感不佳，學童吃得少、剩得多。',
        '二、校內或鄰近廚房現場烹調，食材來源、烹調過程與衛生狀況由學校與家長就近看得見，發現問題時也能當日處理。',
        '三、偏遠地區學校得以數校共用一處中央廚房，兼顧規模與新鮮。本案只確立原則，施行期程、補助與例外由立法機關訂定。',
      ],
      translation: {
        mainText:
          'Do you agree that the law should require lunches at public elementary and junior high schools to be cooked on site in the school kitchen or in a central kitchen nearby?',
        reasons: [
          '1. For many pupils the school lunch is the main meal of the day. Lunches made in distant plants and carried for hours arrive cold and discoloured; pupils eat little and leave much.',
          '2. Cooking in or near the school lets schools and parents see ingredients, cooking and hygiene for themselves, and mend a problem the same day.',
          '3. Remote schools may share one central kitchen. This case sets only the principle; timetable, subsidies and exceptions are for the legislature.',
        ],
      },
    },
  },
  {
    caseNumber: '9902',
    filed: {
      subject: {
        'zh-Hant-TW': '公立圖書館每週至少三日開放至晚間十時',
        en: 'Public libraries open until ten at least three evenings a week',
      },
      leadProposer: { 'zh-Hant-TW': '陳範例（虛構）', en: 'Chen Fan-li (invented)' },
      subjectMatter: 'principle',
      origin: 'here',
      isInvented: true,
      rulePack: PACK_2025,
      plainWords: {
        author: 'lead-proposer',
        text: {
          'zh-Hant-TW':
            '白天上班、上學的人，下班下課後圖書館多半已經關門。這一案問大家：是否要讓公立圖書館每週至少有三天開到晚上十點。',
          en: 'For people who work or study by day, most public libraries are closed when they are free. This case asks whether they should stay open until ten in the evening on at least three days a week.',
        },
      },
      helpContact: {
        'zh-Hant-TW': 'help-9902@example.invalid（虛構）',
        en: 'help-9902@example.invalid (invented)',
      },
    },
    collected: { daysAgo: 5 },
    mode: 'paper-and-electronic',
    text: {
      mainText: '你是否同意立法規定公立公共圖書館，每週至少三日開放至晚間十時？',
      reasons: [
        '一、公共圖書館是最便於親近的學習場所，但多數館舍於晚間六時至九時閉館，白天工作或就學的民眾難以使用。',
        '二、每週三日延長開放，讓勞工、學生與家長能在晚間借閱、自修與參加講座；館員輪值與安全配套由主管機關另定。',
        '三、各館得依地方需要自行選定開放之日，小型分館得由鄰近總館代替。',
      ],
      translation: {
        mainText:
          'Do you agree that the law should require public libraries to stay open until ten in the evening on at least three days a week?',
        reasons: [
          '1. Public libraries are the most approachable places to learn, yet most close between six and nine in the evening, when those who work or study by day become free.',
          '2. Three late evenings a week let workers, students and parents borrow, study and attend talks; shifts and safety are for the competent authority to arrange.',
          '3. Each library chooses its own days; a nearby main library may stand in for a small branch.',
        ],
      },
    },
  },
  {
    caseNumber: '9001',
    filed: {
      subject: {
        'zh-Hant-TW': '廢止憲法訴訟法第30條第2項之門檻規定',
        en: 'Repeal of the quorum of Article 30 II of the Constitutional Court Procedure Act',
      },
      leadProposer: { 'zh-Hant-TW': '趙偉程', en: '趙偉程' },
      subjectMatter: 'statute',
      origin: 'public-reports',
      rulePack: PACK_2019,
      plainWords: {
        author: 'platform',
        text: {
          'zh-Hant-TW': '憲法訴訟法第30條第2項規定憲法法庭評議時的人數門檻。本案請大家決定是否廢止這項規定。',
          en: 'Article 30 II of the Constitutional Court Procedure Act sets how many justices must take part in a decision. The case asked whether to repeal that rule.',
        },
      },
    },
    collected: { on: '2025-07-31' },
    mode: 'electronic',
    decision: {
      outcome: 'deemed-abandoned',
      on: '2026-01-31',
      consequence: {
        'zh-Hant-TW':
          '期滿未提出連署人名冊（媒體報導連署數 132,198，未達門檻 293,228），視為放棄連署；原提案人就同一事項二年內不得再行提出。',
        en: 'No roster was submitted by the end of the period (132,198 signatures as reported, below the threshold of 293,228). The initiative counts as abandoned, and the same proposers may not propose the same matter again for two years.',
      },
      article: { 'zh-Hant-TW': '公投法 §12 IV', en: 'Referendum Act §12 IV' },
      source: { label: '聯合報 udn', href: 'https://udn.com/news/story/7314/9299164' },
    },
    statistics: {
      series: [
        { on: '2025-08-01', value: 0, source: udn('6656/9052737') },
        { on: '2025-10-06', value: 10_000, qualifier: '<', source: udn('6656/9052737') },
        { on: '2025-11-30', value: 20_000, qualifier: '≈', source: ltn('paper/1734134') },
        { on: '2025-12-01', value: 30_033, source: udn('6656/9174963') },
        { on: '2025-12-08', value: 60_000, qualifier: '>', source: ltn('breakingnews/5273254') },
        { on: '2025-12-26', value: 100_000, qualifier: '≈', source: ltn('breakingnews/5290491') },
        { on: '2026-01-30', value: 132_198, source: udn('7314/9299164') },
      ],
    },
  },
  {
    caseNumber: '9002',
    filed: {
      subject: {
        'zh-Hant-TW': '廢止罷免提議須附身分證影本之規定',
        en: 'Repeal of attaching ID copies to the recall proposal',
      },
      leadProposer: { 'zh-Hant-TW': '陳天壽', en: '陳天壽' },
      subjectMatter: 'statute',
      origin: 'public-reports',
      rulePack: PACK_2019,
      plainWords: {
        author: 'platform',
        text: {
          'zh-Hant-TW': '罷免提議人依規定須附上國民身分證影本。本案請大家決定是否廢止這項規定。',
          en: 'Those who propose a recall must attach a copy of their national ID card. The case asked whether to repeal that rule.',
        },
      },
    },
    collected: { on: '2025-09-30' },
    mode: 'electronic',
    decision: UNCONFIRMED,
  },
  {
    caseNumber: '9003',
    filed: {
      subject: {
        'zh-Hant-TW': '廢止罷免連署須附身分證影本之規定',
        en: 'Repeal of attaching ID copies to the recall petition',
      },
      leadProposer: { 'zh-Hant-TW': '張人仰', en: '張人仰' },
      subjectMatter: 'statute',
      origin: 'public-reports',
      rulePack: PACK_2019,
      plainWords: {
        author: 'platform',
        text: {
          'zh-Hant-TW': '罷免連署人依規定須附上國民身分證影本。本案請大家決定是否廢止這項規定。',
          en: 'Those who sign a recall petition must attach a copy of their national ID card. The case asked whether to repeal that rule.',
        },
      },
    },
    collected: { on: '2025-09-30' },
    mode: 'paper-and-electronic',
    decision: UNCONFIRMED,
  },
  {
    caseNumber: '9004',
    filed: {
      subject: {
        'zh-Hant-TW': '廢止罷免連署偽造加重處罰之規定',
        en: 'Repeal of the penalty for forgery in recall petitions',
      },
      leadProposer: { 'zh-Hant-TW': '趙偉程', en: '趙偉程' },
      subjectMatter: 'statute',
      origin: 'public-reports',
      rulePack: PACK_2019,
      plainWords: {
        author: 'platform',
        text: {
          'zh-Hant-TW': '罷免提議或連署有偽造情事者，另有處罰規定。本案請大家決定是否廢止這項處罰。',
          en: 'Forgery in a recall proposal or petition carries a penalty of its own. The case asked whether to repeal that penalty.',
        },
      },
    },
    collected: { on: '2025-09-30' },
    mode: 'electronic',
    decision: UNCONFIRMED,
  },
];
