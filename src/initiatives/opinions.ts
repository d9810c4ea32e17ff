/** 機關意見書: what each agency was asked, said, amended, or waived by its silence. Pure. */
import type { CaseCourse } from '../law/index.ts';
import type { RecordedAct } from './initiative-facts.ts';
import { standingActs } from './legal-events.ts';

/** One version of an opinion: as received, then each amendment. */
export interface OpinionVersion {
  readonly on: string;
  /** Hex SHA-256 of the text, public at `/initiatives/:case/opinions/:digest.txt`. */
  readonly digest: string;
  /** By the law's counter. */
  readonly characters: number;
  readonly isAmendment: boolean;
  readonly index: number | undefined;
}

/** One agency and its opinion. `waived`: 45 days passed without one (公民投票法 §10 VIII). */
export interface AgencyOpinion {
  readonly agency: string;
  readonly state: 'asked' | 'received' | 'waived';
  readonly askedOn: string;
  /** Last day of its term. */
  readonly due: string | undefined;
  /** Oldest first; the last one stands. */
  readonly versions: readonly OpinionVersion[];
}

type OpinionBody = Readonly<{
  step: 'requested' | 'received' | 'amended';
  on: string;
  agency: string;
  textDigest: string;
  characters: number;
}>;

/** The agencies in the order in which they were asked. */
export function opinionsOf(
  acts: readonly RecordedAct[],
  course: Pick<CaseCourse, 'duties'>,
): readonly AgencyOpinion[] {
  const own = standingActs(acts).filter(({ kind }) => kind === 'opinion');
  const bodies = own.map(({ body, index }) => ({ ...(body as OpinionBody), index }));
  const asked = bodies.filter(({ step }) => step === 'requested');
  const later = Map.groupBy(
    bodies.filter(({ step }) => step !== 'requested'),
    ({ agency }) => agency,
  );
  const duties = new Map(
    course.duties.filter(({ id }) => id === 'give-opinion').map((duty) => [duty.agency, duty] as const),
  );
  return [...Map.groupBy(asked, ({ agency }) => agency)].map(([agency, [first]]) => {
    const duty = duties.get(agency);
    const versions = (later.get(agency) ?? []).map(
      ({ on: day, textDigest: digest, characters, step, index }): OpinionVersion => ({
        on: day,
        digest,
        characters,
        isAmendment: step === 'amended',
        index,
      }),
    );
    const state = versions.length > 0 ? 'received' : duty?.status === 'waived' ? 'waived' : 'asked';
    return { agency, state, askedOn: first?.on ?? '', due: duty?.due, versions };
  });
}

/** The parts of an opinion, as the desk asks for them: both effects are the law's own demand (§10 VIII). */
export interface OpinionParts {
  readonly opinion: string;
  readonly ifPassed: string;
  readonly ifNotPassed: string;
}

const HEADINGS = {
  opinion: '意見',
  ifPassed: '公投案通過之法律效果',
  ifNotPassed: '公投案不通過之法律效果',
} as const;

/** The file whose digest the entry names. Headings are the platform's and not counted as the agency's characters. */
export const opinionFile = (
  of: Readonly<{ caseNumber: string; agency: string }>,
  parts: OpinionParts,
): string =>
  [
    '機關意見書',
    `案號 ${of.caseNumber}`,
    of.agency,
    '',
    HEADINGS.opinion,
    parts.opinion,
    '',
    HEADINGS.ifPassed,
    parts.ifPassed,
    '',
    HEADINGS.ifNotPassed,
    parts.ifNotPassed,
    '',
  ]
    .join('\n')
    .normalize('NFC');

/** The parts of a file that {@link opinionFile} made; undefined for any other text. */
export function opinionPartsIn(file: string): OpinionParts | undefined {
  const heading = (name: keyof OpinionParts) => `\n\n${HEADINGS[name]}\n`;
  const [, afterOpinion] = cut(file, heading('opinion'));
  const [opinion, afterPassed] = cut(afterOpinion, heading('ifPassed'));
  const [ifPassed, last] = cut(afterPassed, heading('ifNotPassed'));
  return last === undefined ? undefined : { opinion, ifPassed, ifNotPassed: last.replace(/\n$/, '') };
}

/** What stands before and after the first mark; nothing after where there is none. */
function cut(text: string | undefined, mark: string): readonly [before: string, after: string | undefined] {
  const at = text?.indexOf(mark) ?? -1;
  return text === undefined || at < 0 ? ['', undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
