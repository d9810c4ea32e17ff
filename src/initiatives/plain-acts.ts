/** Acts of a case that the law attaches no consequence to: who may enter them, when, and on what they rest. */
import type { Capacity, CaseCourse, LawRefusal, LegalStage } from '../law/index.ts';
import type { RecordedAct } from './initiative-facts.ts';

type Body = Readonly<Record<string, unknown>>;

interface PlainRule {
  readonly by: readonly Capacity[];
  readonly basis: (body: Body) => string;
  readonly refusal?: (
    body: Body,
    course: CaseCourse,
    standing: readonly RecordedAct[],
  ) => LawRefusal | undefined;
}

const refuse = (code: LawRefusal['code'], citation: string, zh: string, en: string): LawRefusal => ({
  code,
  citation,
  instead: { 'zh-Hant-TW': zh, en },
});

const AMENDED = '公民投票法 §10 VIII、§17；專案預設：公告投票前得修正意見書';
const PURPOSE = '電子連署及查對作業辦法 §10；專案預設：未經立法機關通知，連署不停止';
const CONTACT = '電子連署及查對作業辦法 §4';
const WORDS = '平台規則：問題之白話說明由領銜人自負，非公告之主文與理由書';
const OVER: readonly LegalStage[] = ['announced', 'counting', 'ended'];

const RULES: Readonly<Record<string, PlainRule>> = {
  announcement: { by: ['commission'], basis: ({ article }) => String(article) },
  'opinion amended': {
    by: ['agency'],
    basis: () => AMENDED,
    refusal({ agency }, course, standing) {
      if (OVER.includes(course.stage))
        return refuse(
          'too-late',
          AMENDED,
          '已公告投票或本案已終結，意見書不得再修正；修正應於 §17 公告前為之。',
          'The vote was announced or the case has ended: an opinion may be amended only before the announcement of §17.',
        );
      const given = standing.some(({ kind, body }) => {
        const { step, agency: who } = body as Body;
        return kind === 'opinion' && step === 'received' && who === agency;
      });
      return given
        ? undefined
        : refuse(
            'too-early',
            AMENDED,
            '該機關尚無已收受之意見書；逾期視為放棄者，不得以修正補提。',
            'No opinion of this agency was received. One that was waived cannot be supplied as an amendment.',
          );
    },
  },
  /** From filing until the case has ended; a new one stands in the place of the former. */
  'help-contact': {
    by: ['lead-proposer'],
    basis: () => CONTACT,
    refusal: (_body, { outcome }) =>
      outcome === undefined
        ? undefined
        : refuse(
            'case-ended',
            CONTACT,
            '本案已終結，諮詢窗口不再變更。',
            'The case has ended: its contact changes no more.',
          ),
  },
  'plain-words': {
    by: ['lead-proposer'],
    basis: () => WORDS,
    refusal: (_body, { outcome, route }) =>
      outcome !== undefined
        ? refuse(
            'case-ended',
            WORDS,
            '本案已終結，白話說明不再修改。',
            'The case has ended: its plain words change no more.',
          )
        : route !== 'citizens'
          ? refuse(
              'wrong-capacity',
              WORDS,
              '交付之案沒有領銜人，不設白話說明。',
              'A delivered case has no lead proposer, and no plain words of one.',
            )
          : undefined,
  },
  'purpose-notice': {
    by: ['commission'],
    basis: () => PURPOSE,
    refusal: (_body, course) =>
      OVER.includes(course.stage)
        ? refuse(
            'case-ended',
            PURPOSE,
            '本案已終結或已公告投票，不再登載「目的已實現？」。',
            'The case has ended, or the vote was announced: no such notice any more.',
          )
        : undefined,
  },
};

const ruleOf = (kind: string, body: Body): PlainRule | undefined =>
  RULES[kind] ?? RULES[`${kind} ${String(body['step'])}`];

/** The provision an act without legal consequence rests on; undefined for kinds that are none of these. */
export const plainBasis = (kind: string, body: unknown): string | undefined =>
  ruleOf(kind, body as Body)?.basis(body as Body);

/** Why such an act may not be entered now; undefined when it may, and for every other kind. */
export function plainRefusal(
  act: Readonly<{ kind: string; body: unknown; capacity: Capacity }>,
  course: CaseCourse,
  standing: readonly RecordedAct[],
): LawRefusal | undefined {
  const body = act.body as Body;
  const rule = ruleOf(act.kind, body);
  if (rule === undefined) return undefined;
  if (!rule.by.includes(act.capacity))
    return refuse(
      'wrong-capacity',
      rule.basis(body),
      '此行為非此身分所得為。',
      'This act is not for this capacity.',
    );
  return rule.refusal?.(body, course, standing);
}
