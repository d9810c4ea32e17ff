import { DEMO_MARK } from './demo-cases.ts';
import { type CaseAct, type Initiatives, textDigestOf } from './initiatives/index.ts';
import { addLegalDays } from './platform/time.ts';

/** An invented case under review: heard, ordered to be corrected, corrected, and waiting for the commission. */

const CASE = '9903';

const REASONS = [
  '一、行人與車輛共用狹窄路面，是許多社區每天的風險。',
  '二、國民小學周邊學童步行比例高，人行空間不連續時，學童常被迫走上車道。',
];

const CORRECTED = {
  heading: [DEMO_MARK, `案號 ${CASE}`, ''],
  mainText: '你是否同意立法規定國民小學周邊三百公尺內之道路，應設置連續之人行道？',
  reasons: [...REASONS, '三、本案只確立原則；路幅不足之替代方式與期程，由立法機關訂定。'],
  translation: {
    mainText:
      'Do you agree that the law should require continuous pavements along roads within 300 metres of every primary school?',
    reasons: [
      '1. Sharing narrow roads with vehicles is a daily risk in many neighbourhoods.',
      '2. Many children walk to primary school; where pavements are interrupted they are forced onto the road.',
      '3. This case sets only the principle; alternatives for narrow roads and the timetable are for the legislature.',
    ],
  },
};

/** Enters the case as if it had been filed 40 days ago. Nothing happens when it is there already. */
export async function seedReviewCase(initiatives: Initiatives, today: string): Promise<void> {
  const ago = (days: number): string => addLegalDays(today, -days);
  const filed = await initiatives.file({
    caseNumber: CASE,
    filed: {
      on: ago(40),
      subject: {
        'zh-Hant-TW': '國民小學周邊三百公尺內人行道應連續',
        en: 'Continuous pavements within 300 metres of every primary school',
      },
      leadProposer: { 'zh-Hant-TW': '王示例（虛構）', en: 'Wang Shih-li (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
      plainWords: {
        author: 'lead-proposer',
        text: {
          'zh-Hant-TW':
            '上學路上人行道常常走到一半就沒了。這一案問大家：是否要訂下原則，讓國小附近的人行道連起來。',
          en: 'Pavements on the way to school often end halfway. This case asks whether the law should set the principle that they be continuous near primary schools.',
        },
      },
    },
    text: {
      heading: [DEMO_MARK, `案號 ${CASE}`, ''],
      mainText: '你是否同意政府應在學校附近做好人行道？',
      reasons: REASONS,
    },
  });
  if (filed === false) return;
  const commission = (kind: string, body: CaseAct['body']): CaseAct => ({
    kind,
    body,
    capacity: 'commission',
  });
  const acts: readonly CaseAct[] = [
    commission('decision', { decides: 'accepted', on: ago(38) }),
    commission('hearing', { step: 'notified', on: ago(30), hearingOn: ago(20), place: '（虛構）聽證室' }),
    commission('hearing', {
      step: 'held',
      on: ago(20),
      disputedFacts: [
        { fact: '「學校附近」之範圍是否明確', settled: '提案人同意改以國民小學周邊三百公尺為範圍。' },
      ],
      recordings: [],
    }),
    commission('decision', {
      decides: 'correction',
      on: ago(12),
      grounds: [
        {
          ground: 'wording',
          reasons: {
            'zh-Hant-TW': '「學校附近」「做好」文義不明，應具體敘明範圍與內容。',
            en: '“Near schools” and “do well” are unclear; scope and content must be stated.',
          },
        },
      ],
      meeting: { number: '601', date: ago(13) },
    }),
    {
      kind: 'correction',
      body: { on: ago(5), version: 2, textDigest: textDigestOf(CORRECTED) },
      capacity: 'lead-proposer',
      text: CORRECTED,
    },
  ];
  for (const act of acts) {
    const outcome = await initiatives.enter(CASE, act);
    if (!outcome.ok) throw new Error(`${act.kind}: ${JSON.stringify(outcome.refusal)}`);
  }
}
