/** The e-system: application, access code, loss of it. 電子連署及查對作業辦法 §§4, 6, 8. */
import { type ActRules, refuse } from './act-rule.ts';
import { words } from './localised.ts';
import { move, type Walk } from './walk.ts';

type SystemKind = 'applied-for-system' | 'code-issued' | 'code-ended';

/** Codes beyond the first: one after each loss, and one for the supplement (辦法 §8 III). */
const furtherCodes = (walk: Walk): number =>
  (walk.times['code-ended'] ?? 0) + (walk.times['supplement-ordered'] ?? 0);

const hasCode = (walk: Walk): boolean => walk.modes.includes('code');

export const SYSTEM_RULES: ActRules<SystemKind> = {
  'applied-for-system': {
    name: words('申請使用電子連署系統（切結書）', 'apply for the e-system (affidavit)'),
    by: ['lead-proposer', 'commission'],
    citation: '電子連署及查對作業辦法 §4',
    inStages: ['notice', 'collecting', 'signing'],
    allowedWhen: words(
      '提案人查對足額之後，領取系統認證碼之前。',
      'After enough proposers passed the check, before the access code is collected.',
    ),
    precondition: (walk) =>
      (walk.times['applied-for-system'] ?? 0) > 0
        ? refuse(
            'already-done',
            '電子連署及查對作業辦法 §4',
            words(
              '本案已提出切結書，無須再提。',
              'The affidavit of this case is filed; no second is needed.',
            ),
          )
        : undefined,
    apply: (walk, event) => move(walk, event),
  },
  'code-issued': {
    name: words('發給新系統認證碼', 'issue a new access code'),
    by: ['lead-proposer'],
    citation: '電子連署及查對作業辦法 §4、§8 III',
    inStages: ['signing', 'supplement'],
    allowedWhen: words(
      '原認證碼經選務機關註銷（遺失），或通知補提連署人之後。',
      'After the commission ended the former code (loss), or ordered a supplement of signers.',
    ),
    precondition: (walk) =>
      hasCode(walk) && (walk.times['code-issued'] ?? 0) < furtherCodes(walk)
        ? undefined
        : refuse(
            'too-early',
            '電子連署及查對作業辦法 §4、§8 III',
            words(
              '原認證碼仍有效。遺失時請先向選務機關申請註銷；補提連署人時另給新認證碼。',
              'The code issued before still holds. If it is lost, the commission ends it first; a supplement comes with a new code.',
            ),
          ),
    apply: (walk, event) => move(walk, event),
  },
  'code-ended': {
    name: words('註銷系統認證碼（遺失）', 'end an access code (loss)'),
    by: ['commission'],
    citation: '電子連署及查對作業辦法 §4',
    inStages: ['signing', 'supplement'],
    allowedWhen: words(
      '領銜人申報認證碼遺失時；註銷後由領銜人以憑證登入領取新碼。',
      'When the lead proposer reports the code as lost; a new one is then drawn by signing in with the certificate.',
    ),
    precondition: (walk) =>
      hasCode(walk) && (walk.times['code-issued'] ?? 0) >= furtherCodes(walk)
        ? undefined
        : refuse(
            'too-early',
            '電子連署及查對作業辦法 §4',
            words('目前沒有有效的系統認證碼。', 'There is no code in use.'),
          ),
    apply: (walk, event) => move(walk, event),
  },
};
