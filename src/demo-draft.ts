import type { Opening, Proposals } from './proposals/index.ts';

/** An invented draft that looks for proposers, so that a newcomer can sign a proposal with the simulated card. */
const OPENING: Opening = {
  subject: {
    'zh-Hant-TW': '公共飲水機應定期公開水質',
    en: 'Public drinking fountains to publish their water quality',
  },
  leadProposer: { 'zh-Hant-TW': '陳示範（虛構）', en: 'Chen Shih-fan (invented)' },
  subjectMatter: 'principle',
  rulePack: 'tw.referendum.national@2025-12-03',
  isInvented: true,
  plainWords: {
    author: 'lead-proposer',
    text: {
      'zh-Hant-TW':
        '車站、公園、學校的飲水機，多久驗一次水、結果如何，常常無從得知。這件草案想問：是否要訂下原則，讓公共飲水機的檢驗結果定期公開。',
      en: 'How often the fountains in stations, parks and schools are tested, and with what result, is often hard to find out. This draft asks whether the law should set the principle that the results are published regularly.',
    },
  },
  helpContact: {
    'zh-Hant-TW': 'help-d00001@example.invalid（虛構）',
    en: 'help-d00001@example.invalid (invented)',
  },
  text: {
    mainText: '你是否同意立法規定公共場所之飲水機，應定期檢驗水質並公開檢驗結果？',
    reasons: [
      '一、公共飲水機使用者眾，水質是否合格與民眾健康直接相關。',
      '二、定期檢驗並公開結果，使用者得以查知，管理單位亦得以及早改善。',
      '三、本案只確立原則；檢驗項目、頻率與公開方式，由立法機關訂定。',
    ],
    translation: {
      mainText:
        'Do you agree that the law should require drinking fountains in public places to be tested regularly and the results to be published?',
      reasons: [
        '1. Many people use public fountains; whether the water is fit to drink concerns their health directly.',
        '2. With regular tests and published results, users can find out, and whoever runs a fountain can mend it early.',
        '3. This case sets only the principle; what is tested, how often and how it is published are for the legislature.',
      ],
    },
  },
};

/** Opens it once; a later start finds it. Nobody ever signed in as its lead proposer, so it is never filed. */
export async function seedDraft(proposals: Proposals): Promise<void> {
  const drafts = await proposals.list();
  if (drafts.some(({ facts }) => facts.opened.subject.en === OPENING.subject.en)) return;
  const opened = await proposals.open(OPENING);
  if (!opened.ok) throw new Error(`the example draft was refused: ${opened.refusal.code}`);
}
