/** The two cases that 志明 brings: one working in Chinese, one in English. The question itself is Chinese in both. */
import type { DraftText } from './lead-visit.ts';
import type { Language } from './visit.ts';

export interface CaseStory {
  readonly language: Language;
  readonly width: number;
  readonly text: DraftText;
  /** A first wording with two negations in one sentence, which the hints name. */
  readonly clumsy: string;
  readonly hint: string;
  readonly corrected: string;
  /** The Act, as a refusal cites it. */
  readonly act: string;
}

export const CASE_STORIES: readonly CaseStory[] = [
  {
    language: 'zh-Hant-TW',
    width: 1280,
    text: {
      subjectZh: '示範：學校附近的公車站應有座椅',
      subjectEn: 'Demonstration: benches at bus stops near schools',
      mainText: '你是否同意立法規定國民小學周邊三百公尺內之公車站應設置座椅？',
      reasons: '一、學童與長者候車時需要坐的地方。\n二、現行設置標準各地不一。',
      problemZh: '等公車的地方常常沒有座位。',
      problemEn: 'Bus stops often have no seats.',
      mainTextEn:
        'Do you agree that the law should require seats at bus stops within 300 metres of primary schools?',
      reasonsEn: 'Children and the elderly need a place to sit.',
    },
    clumsy: '你是否不同意政府不禁止廢除公車站座椅，並且是否應該補助？',
    hint: '同一句有兩個否定',
    corrected: '你是否同意立法規定國民小學周邊三百公尺內之公車站，應設置候車座椅？',
    act: '公民投票法',
  },
  {
    language: 'en',
    width: 360,
    text: {
      subjectZh: '示範：圖書館應有無障礙閱覽座位',
      subjectEn: 'Demonstration: accessible reading seats in libraries',
      mainText: '你是否同意立法規定公共圖書館應設置無障礙座位？',
      reasons: '一、輪椅使用者需要可以靠近的桌面。\n二、現行標準只及於出入口。',
      problemZh: '許多圖書館的桌子，輪椅靠不近。',
      problemEn: 'In many libraries a wheelchair cannot get close to a desk.',
      mainTextEn: 'Do you agree that the law should require accessible seats in public libraries?',
      reasonsEn: 'People in wheelchairs need desks that they can get close to.',
    },
    clumsy: '你是否不同意政府不禁止廢除圖書館座位，並且是否應該補助？',
    hint: 'Two negatives',
    corrected: '你是否同意立法規定公共圖書館，應設置無障礙閱覽座位？',
    act: 'Referendum Act',
  },
];
