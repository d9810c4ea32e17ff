/** 徵求提案人: a draft's newest text is frozen and opened for proposers, in one transaction. 公投法 §9 VI, §10 I. */
import { known, type LegalDate, publishedWording, type RulePack, type Switched } from '../law/index.ts';
import { type Db, inTransaction } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import type { Opening, ProposalRefusal, Proposals } from '../proposals/index.ts';
import { seemsToNameAPerson } from '../record/index.ts';
import type { Localised } from '../web/index.ts';
import { findDraftVersion, freezeDraft, lockDraft } from './draft-store.ts';
import { type DraftField, type DraftText, type Matter, paragraphsOf } from './draft-text.ts';
import {
  type IsNameOnCard,
  type LeadName,
  type NameField,
  type NameRefusal,
  nameRefusals,
  publicName,
} from './lead-name.ts';
import type { MandateKeeper, Person } from './workspace.ts';

/** What stands in the way, by field. Length is none of it: the excess is not published (§9), that is all. */
export type CollectFault = Readonly<{
  field: DraftField | NameField;
  code: 'missing' | 'too-long' | 'personal';
}>;

export type CollectOutcome =
  | Readonly<{ kind: 'opened'; draftNumber: string; lastDay: LegalDate }>
  /** Somebody saved since the page was shown: what is frozen must be what was read. */
  | Readonly<{ kind: 'changed'; newest: number }>
  | Readonly<{ kind: 'frozen'; draftNumber: string }>
  | Readonly<{ kind: 'faults'; faults: readonly CollectFault[] }>
  | Readonly<{ kind: 'names'; refusals: readonly NameRefusal[] }>
  | Readonly<{ kind: 'refused'; refusal: ProposalRefusal }>;

export interface CollectDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly proposals: Pick<Proposals, 'open'>;
  /** The switch for electronic proposals as the record has it on a day, as `proposals` is given it. */
  readonly switched?: ((day: LegalDate) => Promise<Switched | undefined>) | undefined;
  /** Marks the text as invented, in the record too. */
  readonly isDemo: boolean;
  readonly isNameOnCard: IsNameOnCard;
  /** Makes the lead proposer lead the public draft, and keeps those who helped. */
  readonly mandates: Pick<MandateKeeper, 'grantLead' | 'carryOver'>;
}

const SUBJECT_MATTER: Readonly<Record<Matter, Opening['subjectMatter']>> = {
  principle: 'principle',
  statute: 'statute',
  'policy-initiative': 'policy',
  'policy-referendum': 'policy',
};

/** An entry has its bounds; what is for information only is kept well inside them. In UTF-16 units. */
const MOST_IN_ENTRY: Partial<Record<DraftField, number>> = {
  mainTextEn: 2_000,
  reasonsEn: 20_000,
  problemZh: 2_000,
  problemEn: 5_000,
};
const MOST_NAME = 60;

/** Everything that must be mended before a text can be opened. */
export function collectFaults(text: DraftText, name: LeadName | undefined): readonly CollectFault[] {
  const faults: CollectFault[] = [];
  for (const field of ['subjectZh', 'matter', 'mainText', 'reasons'] as const)
    if (text[field] === '') faults.push({ field, code: 'missing' });
  for (const [field, most] of Object.entries(MOST_IN_ENTRY) as [DraftField, number][])
    if (text[field].length > most) faults.push({ field, code: 'too-long' });
  for (const [field, value] of Object.entries(text) as [DraftField, string][])
    if (seemsToNameAPerson(value)) faults.push({ field, code: 'personal' });
  return name === undefined ? faults : [...faults, ...nameFaults(name)];
}

function nameFaults(name: LeadName): readonly CollectFault[] {
  const faults: CollectFault[] = [];
  if (name.zh === '') faults.push({ field: 'nameZh', code: 'missing' });
  for (const [field, value] of [
    ['nameZh', name.zh],
    ['nameEn', name.en],
  ] as const) {
    if (value.length > MOST_NAME) faults.push({ field, code: 'too-long' });
    if (seemsToNameAPerson(value)) faults.push({ field, code: 'personal' });
  }
  return faults;
}

/** What the card says of both names; one that is badly formed is not asked about. Empty where they may be published. */
export const refusedNames = (
  { isNameOnCard, isDemo }: Pick<CollectDeps, 'isNameOnCard' | 'isDemo'>,
  person: Person,
  name: LeadName,
): Promise<readonly NameRefusal[]> => {
  const isMalformed = nameFaults(name).some(({ field }) => field === 'nameZh');
  return nameRefusals(isNameOnCard, person, isMalformed ? { ...name, zh: '' } : name, isDemo);
};

/** English where it was written, the Chinese text in its place where not. */
const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en: en === '' ? zh : en });

/** A draft's text as it becomes public, and what stays behind: the draft itself keeps the whole. */
export function publishedDraft(text: DraftText, pack: RulePack) {
  const whole = { mainText: text.mainText, reasons: paragraphsOf(text.reasons) };
  const { text: cut, excess, isCut } = publishedWording(whole, pack);
  const published: DraftText = isCut
    ? { ...text, mainText: cut.mainText, reasons: cut.reasons.join('\n'), mainTextEn: '', reasonsEn: '' }
    : text;
  return { published, excess };
}

/** What is opened. What is beyond the limits of the law is cut off where it becomes public. */
function openingOf(
  text: DraftText,
  name: LeadName,
  pack: RulePack,
  isInvented: boolean,
): Omit<Opening, 'leadPerson'> {
  const hasTranslation = text.mainTextEn !== '';
  return {
    subject: both(text.subjectZh, text.subjectEn),
    leadProposer: publicName(name, isInvented),
    subjectMatter: SUBJECT_MATTER[text.matter as Matter],
    rulePack: pack.id,
    ...(isInvented ? { isInvented: true } : {}),
    ...(text.problemZh === ''
      ? {}
      : { plainWords: { author: 'lead-proposer', text: both(text.problemZh, text.problemEn) } }),
    ...(text.helpZh === '' ? {} : { helpContact: both(text.helpZh, text.helpEn) }),
    text: {
      mainText: text.mainText,
      reasons: paragraphsOf(text.reasons),
      ...(hasTranslation
        ? { translation: { mainText: text.mainTextEn, reasons: paragraphsOf(text.reasonsEn) } }
        : {}),
    },
  };
}

/**
 * Opens the newest version of a draft that `person` leads. Requires `version` to be what they were shown. Nothing is
 * changed unless the outcome is `opened`.
 */
export async function collectProposers(
  deps: CollectDeps,
  person: Person,
  request: Readonly<{ draft: string; version: number; name: LeadName; pack: RulePack }>,
): Promise<CollectOutcome> {
  const { draft: id, version, name, pack } = request;
  // The pack must know how long collecting lasts; a mistake of ours is found before anything is locked.
  known(pack, 'proposalCollectMonths');
  const refusals = await refusedNames(deps, person, name);
  if (refusals.length > 0) return { kind: 'names', refusals };
  return inTransaction(deps.db, async (tx): Promise<CollectOutcome> => {
    const draft = await lockDraft(tx, id);
    if (draft === undefined || draft.lead !== person.id) return { kind: 'changed', newest: 0 };
    if (draft.frozen !== undefined) return { kind: 'frozen', draftNumber: draft.frozen.draftNumber };
    const newest = await findDraftVersion(tx, id, draft.newest);
    if (newest === undefined || version !== draft.newest) return { kind: 'changed', newest: draft.newest };
    const faults = collectFaults(newest.text, name);
    if (faults.length > 0) return { kind: 'faults', faults };
    const opened = await deps.proposals.open(
      {
        ...openingOf(newest.text, name, pack, deps.isDemo),
        ...(person.person === undefined ? {} : { leadPerson: person.person }),
      },
      tx,
    );
    if (!opened.ok) return { kind: 'refused', refusal: opened.refusal };
    await freezeDraft(tx, id, { version, atMs: deps.clock.nowMs(), draftNumber: opened.draft });
    if (!(await deps.mandates.grantLead(person, opened.draft, tx)))
      throw new Error(`the draft ${opened.draft} has another lead proposer already`);
    await deps.mandates.carryOver(id, opened.draft, tx);
    return { kind: 'opened', draftNumber: opened.draft, lastDay: opened.lastDay };
  });
}
