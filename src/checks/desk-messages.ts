import type { Language } from '../web/index.ts';
import type { CheckRefusal } from './checks-contract.ts';

const zh = {
  back: '回本案',
  backToPlatform: '回平台事項',
  colon: '：',
  refusals: {
    'unknown-case': '沒有這一案。',
    'not-ordered': '尚未登錄函送查對。先擬辦函送，經二位承辦人員簽署後再送出名冊。',
    nobody: '沒有可送查對的提案人。',
    held: '有電子提案待確認身分；確認後才能送出。',
    pending: '有電子提案尚未編入公卷；稍後再試。',
    'not-sent': '尚未送出名冊。',
    'already-finished': '這一次查對已有結果。',
    unreachable: '戶政機關沒有回應。名冊已備妥，稍後再送或再詢問即可，不會重複。期限照常計算。',
    malformed: '戶政機關的回應不合格式，未採用。',
    'other-batch': '回應屬於別的批次，未採用。',
    partial: '回應漏列，未採用；請洽戶政機關補齊後再詢問。',
    'foreign-row': '回應含有未送查對的列，未採用。',
    'reason-unknown': '回應的理由不在法定清單內，或不適用於該種名冊，未採用。',
    'sum-wrong': '收受、有效與刪除的人數不平，未採用。',
    'voids-differ': '逐列的結果與簽署的不同，未採用。',
    'proof-wrong': '回應沒有以所登記之戶政機關金鑰簽署，未採用。',
    unreadable: '戶政機關無法開啟名冊：請確認本案的封存金鑰。',
    'unknown-check': '戶政機關沒有這個批次；請再送一次。',
    'not-connected': '本系統尚未接上戶政機關（未設定 LIANSHU_REGISTRY_URL）。',
  } satisfies Record<CheckRefusal, string>,
};

type Messages = typeof zh;

const en: Messages = {
  back: 'Back to the case',
  backToPlatform: 'Back to platform matters',
  colon: ': ',
  refusals: {
    'unknown-case': 'There is no such case.',
    'not-ordered':
      'The check was not ordered. Prepare the order first; send when two officers have signed it.',
    nobody: 'There is no proposer to be checked.',
    held: 'Electronic proposals await identity confirmation; nothing can be sent before.',
    pending: 'Some electronic proposals have no place in the log yet; try again shortly.',
    'not-sent': 'The roster was not sent yet.',
    'already-finished': 'This check has its result.',
    unreachable:
      'The registry does not answer. The roster is ready: send or ask again later, nothing is counted twice. The term runs on.',
    malformed: 'The registry’s answer is malformed and was not used.',
    'other-batch': 'The answer is about another batch and was not used.',
    partial: 'Rows are missing in the answer; it was not used. Ask again when the registry has completed it.',
    'foreign-row': 'The answer has rows that nobody sent; it was not used.',
    'reason-unknown':
      'A reason is not on the statutory list, or not for this kind of roster; it was not used.',
    'sum-wrong': 'Received, valid and deleted do not add up; it was not used.',
    'voids-differ': 'The rows are not those that were signed; it was not used.',
    'proof-wrong': 'The answer is not signed under the registry’s pinned key; it was not used.',
    unreadable: 'The registry cannot open the roster: look at the sealing keys of this case.',
    'unknown-check': 'The registry does not know this batch; send it again.',
    'not-connected': 'No registry is connected to this system (LIANSHU_REGISTRY_URL is not set).',
  },
};

export const deskMessages = (language: Language): Messages => (language === 'en' ? en : zh);
