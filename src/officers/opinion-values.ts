/** 意見書表單: what a form about an opinion begins with, so that nobody types an agency's words a second time. */
import { type Initiatives, opinionPartsIn, opinionsOf, type RecordedAct } from '../initiatives/index.ts';
import type { CaseCourse } from '../law/index.ts';
import type { DeskKind } from './desk-rules.ts';

type Values = Readonly<Record<string, string>>;

export interface OpinionCase {
  readonly caseNumber: string;
  readonly acts: readonly RecordedAct[];
  readonly course: CaseCourse;
}

/**
 * The text of the entry that is to be corrected; of an amendment, the agency's text as it stands, where one agency
 * alone has given one. Empty for every other form.
 */
export async function opinionValues(
  initiatives: Pick<Initiatives, 'findOpinionText'>,
  kind: DeskKind,
  of: OpinionCase | undefined,
  former: RecordedAct | undefined,
): Promise<Values> {
  if (of === undefined || (kind !== 'opinion-received' && kind !== 'opinion-amended')) return {};
  const given = opinionsOf(of.acts, of.course).filter(({ versions }) => versions.length > 0);
  const [only] = given;
  const amended = kind === 'opinion-amended' && given.length === 1 ? only : undefined;
  const digest =
    former === undefined
      ? amended?.versions.at(-1)?.digest
      : (former.body as Readonly<{ textDigest?: string }>).textDigest;
  const file = digest === undefined ? undefined : await initiatives.findOpinionText(of.caseNumber, digest);
  const parts = file === undefined ? undefined : opinionPartsIn(new TextDecoder().decode(file));
  return {
    ...(amended === undefined ? {} : { agency: amended.agency }),
    ...(parts === undefined
      ? {}
      : { text: parts.opinion, ifPassed: parts.ifPassed, ifNotPassed: parts.ifNotPassed }),
  };
}
