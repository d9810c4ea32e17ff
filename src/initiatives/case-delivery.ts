/** 交付: cases of the executive, the legislature or the president, 公民投票法 §§14–16. Neither proposers nor signers. */
import type { LawRefusal } from '../law/index.ts';
import type { CaseAct } from './case-acts.ts';
import { DELIVERY_BASIS, type FrozenText } from './case-filing.ts';
import { DELIVERING_BODIES, type DeliveredBody } from './initiative-facts.ts';
import { judgeAct } from './judge-act.ts';

/** A case as it is delivered, under the number it is to have. */
export interface Delivery {
  readonly caseNumber: string;
  readonly delivered: DeliveredBody;
  readonly text: FrozenText;
}

const refuse = (code: LawRefusal['code'], citation: string, zh: string, en: string): LawRefusal => ({
  code,
  citation,
  instead: { 'zh-Hant-TW': zh, en },
});

/** Why a case cannot be delivered so; undefined when it can. `at` is now, with its zone. */
export function deliveryRefusal(act: Omit<CaseAct, 'replaces'>, at: string): LawRefusal | undefined {
  const { capacity, kind } = act;
  const body = act.body as unknown as DeliveredBody;
  const { route, on, document, consent, rulePack } = body;
  const citation = DELIVERY_BASIS[route];
  const { refusal } = judgeAct(
    { kind, at, body, capacity },
    { acts: [], pack: rulePack, today: at.slice(0, 10), closed: [] },
  );
  if (refusal !== undefined) return refusal;
  if (capacity !== route) {
    const { 'zh-Hant-TW': zh, en } = DELIVERING_BODIES[route];
    return refuse(
      'wrong-capacity',
      citation,
      `所登錄者為${zh}之交付，不得以其他身分為之。`,
      `This is a delivery by the ${en}; nobody else can make it.`,
    );
  }
  if (document.date > on)
    return refuse(
      'out-of-order',
      citation,
      `交付函日期 ${document.date} 晚於收受日 ${on}；請核對。`,
      `The paper is of ${document.date}, after the day of receipt ${on}; check both.`,
    );
  return route === 'executive' ? consentRefusal(consent, on) : superfluousConsent(consent, citation);
}

/** What the executive delivers has the legislature's consent first (§14). */
function consentRefusal(consent: DeliveredBody['consent'], on: string): LawRefusal | undefined {
  if (consent !== undefined && consent.date <= on) return undefined;
  return refuse(
    'too-early',
    DELIVERY_BASIS.executive,
    '行政院交付公民投票，應先經立法院同意；請載明同意之文號與日期，其日期不得晚於收受日。',
    'The executive delivers a referendum with the consent of the legislature: name that paper and its date, which is not after the day of receipt.',
  );
}

const superfluousConsent = (consent: DeliveredBody['consent'], citation: string): LawRefusal | undefined =>
  consent === undefined
    ? undefined
    : refuse(
        'out-of-order',
        citation,
        '立法院之同意僅行政院交付時需要（§14）；此案不得填寫。',
        'Only what the executive delivers has the legislature’s consent (§14); leave it out here.',
      );
