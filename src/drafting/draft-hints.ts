/** 提示: a draft's official counts and the hints on its wording, by the rule pack of the day. Pure. */
import {
  type CountedCluster,
  countText,
  known,
  type LintFinding,
  lintWording,
  type RulePack,
} from '../law/index.ts';
import type { DraftText } from './draft-text.ts';

/** The two parts whose length the Act limits. */
export type CountedPart = 'mainText' | 'reasons';

/** One part's count, beside its limit. */
export interface PartCount {
  readonly part: CountedPart;
  readonly counted: number;
  readonly withPunctuation: number;
  readonly most: number;
  /** `near` from 95 % on; `over` when the excess will not be published. */
  readonly state: 'fine' | 'near' | 'over';
  readonly citation: string;
  readonly clusters: readonly CountedCluster[];
  readonly hasSequences: boolean;
}

export interface DraftHints {
  readonly counts: readonly PartCount[];
  readonly findings: readonly LintFinding[];
}

const NEAR_PERCENT = 95;

export function hintsOn(text: DraftText, pack: RulePack): DraftHints {
  const most = { mainText: known(pack, 'questionMaxChars'), reasons: known(pack, 'reasonMaxChars') };
  const citations = {
    mainText: pack.parameters.questionMaxChars.citation,
    reasons: pack.parameters.reasonMaxChars.citation,
  };
  const counts = (['mainText', 'reasons'] as const).map((part): PartCount => {
    const count = countText(text[part]);
    const state =
      count.counted > most[part]
        ? 'over'
        : count.counted * 100 >= most[part] * NEAR_PERCENT
          ? 'near'
          : 'fine';
    return { part, ...count, most: most[part], state, citation: citations[part] };
  });
  const findings = lintWording({
    question: text.mainText,
    reasons: text.reasons,
    type: text.matter === 'statute' || text.matter === 'policy-referendum' ? 'referendum' : 'initiative',
    questionMaxChars: most.mainText,
    reasonMaxChars: most.reasons,
  });
  // What is asked of an 創制 or a 複決 only applies once it is known which of them this is.
  const applies =
    text.matter === '' ? findings.filter(({ rule }) => rule !== 'L12' && rule !== 'L13') : findings;
  return { counts, findings: applies };
}

/** Text around a finding: what stands before it, the words themselves, what stands after. */
export interface Excerpt {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

const AROUND = 12;

/** Where a finding points, with a little context; undefined where it is about the whole part. */
export function excerptOf(finding: LintFinding, text: DraftText): Excerpt | undefined {
  const whole = finding.part === 'question' ? text.mainText : text.reasons;
  if (finding.from === 0 && finding.to >= whole.length) return undefined;
  const start = Math.max(0, finding.from - AROUND);
  const end = Math.min(whole.length, finding.to + AROUND);
  return {
    before: `${start > 0 ? '…' : ''}${whole.slice(start, finding.from)}`.toWellFormed(),
    words: whole.slice(finding.from, finding.to),
    after: `${whole.slice(finding.to, end)}${end < whole.length ? '…' : ''}`.toWellFormed(),
  };
}
