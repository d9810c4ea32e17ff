/** From a filled-in form to the act that two officers are asked to sign. Pure. */
import { type JsonValue, toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { opinionFile, textDigestOf, textFile, type Why } from '../initiatives/index.ts';
import { type Capacity, countText, publishedWording, type RulePack, required } from '../law/index.ts';
import { type ActKind, seemsToNameAPerson } from '../record/index.ts';
import type { Localised } from '../web/index.ts';
import { bodyFrom, type FieldFault, type FormField, type FormPart, formOf } from './act-form.ts';
import type { ActionAct } from './approval-record.ts';
import type { DeskAct } from './desk-acts.ts';
import { linesFor } from './desk-checklists.ts';
import type { DeskKind } from './desk-rules.ts';

/** What the form was about. */
export interface Asked {
  readonly kind: DeskKind;
  readonly desk: DeskAct;
  readonly entry: ActKind;
  /** Empty for an act of no case; the number to be given, for a filing on paper. */
  readonly caseNumber: string;
  readonly isInSession: boolean;
  readonly today: string;
  /** Index of the entry to be replaced. */
  readonly replaces: number | undefined;
  /** Most characters of an opinion, where the case's pack knows it. */
  readonly opinionMost: number | undefined;
  /** Whose limits a question and its reasons are published under. */
  readonly pack: RulePack | undefined;
  /** What the house adds: the rule pack of a filing, the number of the next version, how many proposers there are. */
  readonly added: Readonly<Record<string, JsonValue>>;
}

export type Requested =
  | Readonly<{ ok: true; act: ActionAct; texts: readonly string[]; checklist: readonly string[] }>
  | Readonly<{ ok: false; faults: readonly FieldFault[] }>;

type Values = Readonly<Record<string, string>>;

const clean = (text: string | undefined): string =>
  (text ?? '').replace(/\r\n?/g, '\n').trim().normalize('NFC');

const field = (name: string, isOptional = false): FormField => ({
  type: 'field',
  name,
  member: name,
  input: 'text',
  choices: [],
  isOptional,
  most: undefined,
});

/** Texts that a form asks for beside the members of the entry. */
const TEXT_FIELDS: Readonly<Record<NonNullable<DeskAct['text']>, readonly FormField[]>> = {
  opinion: [field('text'), field('ifPassed'), field('ifNotPassed')],
  proposal: [field('mainText'), field('reasonsText')],
};

const WHY: readonly FormField[] = [field('why.zh-Hant-TW'), field('why.en', true)];

const mustHave = ({ isInSession }: Pick<Asked, 'isInSession'>): readonly string[] =>
  isInSession ? ['meeting'] : [];

/** Everything the form asks for, in its order; why an entry is replaced comes first. */
export const partsOf = (asked: Asked): readonly FormPart[] => [
  ...(asked.replaces === undefined ? [] : WHY),
  ...formOf(asked.desk, asked.entry, mustHave(asked)),
  ...(asked.desk.text === undefined ? [] : TEXT_FIELDS[asked.desk.text]),
];

/** The lines of the checklist; each has to be ticked. What of a typed text is not published is the last of them. */
export function checklistOf(asked: Asked, values: Values): readonly Localised[] {
  const lines = linesFor(asked.kind, values['route']);
  const more =
    asked.desk.text === 'proposal'
      ? excessLine(asked, values)
      : asked.kind === 'withdrawn'
        ? agreementLine(asked)
        : undefined;
  return more === undefined ? lines : [...lines, more];
}

/** How many written agreements are to be found, of how many proposers. */
function agreementLine({ pack, added }: Asked): Localised | undefined {
  const { proposers } = added;
  const share = pack?.parameters.withdrawalShare.value;
  if (typeof proposers !== 'number' || share === undefined) return undefined;
  const needed = required(BigInt(proposers), share);
  return {
    'zh-Hant-TW': `領銜人之撤回書與提案人之書面同意均已收存；依公卷提案人 ${proposers} 人，同意者須達 ${needed} 人（公民投票法 §11）`,
    en: `The lead proposer’s written notice and the proposers’ written agreements are here; by the record there are ${proposers} proposers, of whom ${needed} must agree (Referendum Act §11)`,
  };
}

/** Both officers read exactly what is cut off; it is kept with the act, and not public. */
function excessLine(asked: Asked, values: Values): Localised | undefined {
  const { excess, isCut } = wordingOf(asked, values);
  if (!isCut) return undefined;
  const [question, reasons] = [excess.mainText, excess.reasons.join(' ')];
  const told = (text: string, zh: string, en: string) =>
    text === '' ? { zh: '', en: '' } : { zh: `${zh}「${text}」。`, en: ` ${en} “${text}”.` };
  const [first, then] = [
    told(question, '主文不公布之部分：', 'Of the question:'),
    told(reasons, '理由書不公布之部分：', 'Of the reasons:'),
  ];
  return {
    'zh-Hant-TW': `超過部分不予公布（公民投票法 §9）；不因此不受理。${first.zh}${then.zh}`,
    en: `The excess is not published (Referendum Act §9), and is no ground of refusal.${first.en}${then.en}`,
  };
}

/** Question and reasons as typed, parted at the limits of the law. */
const wordingOf = ({ pack, caseNumber }: Asked, values: Values) => {
  const text = {
    heading: [`案號 ${caseNumber}`, ''],
    mainText: clean(values['mainText']).replaceAll('\n', ''),
    reasons: clean(values['reasonsText']).split('\n').filter(Boolean),
  };
  return pack === undefined
    ? { text, excess: { mainText: '', reasons: [] }, isCut: false }
    : publishedWording<typeof text>(text, pack);
};

/** The act, or what is wrong with the form. `language` is the one in which the officer read the checklist. */
export function requested(asked: Asked, values: Values, language: 'zh-Hant-TW' | 'en'): Requested {
  const faults: FieldFault[] = [];
  const text = textOf(asked, values, faults);
  const filled = bodyFrom(
    asked.desk,
    asked.entry,
    values,
    { ...asked.added, ...text.members },
    mustHave(asked),
  );
  if (!filled.ok) faults.unshift(...filled.faults);
  const why = whyOf(asked, values, faults);
  const lines = checklistOf(asked, values);
  for (const [i] of lines.entries())
    if (values[`check.${i}`] !== 'yes') faults.push({ field: `check.${i}`, code: 'unticked' });
  if (filled.ok) faults.push(...dayFaults(asked, filled.body));
  const [first] = partsOf(asked);
  if (
    filled.ok &&
    (seemsToNameAPerson(filled.body) ||
      [...text.texts, ...lines].some(seemsToNameAPerson) ||
      seemsToNameAPerson(why))
  )
    faults.push({ field: first?.name ?? 'on', code: 'personal' });
  if (!filled.ok || faults.length > 0) return { ok: false, faults };
  const { replaces } = asked;
  return {
    ok: true,
    act: {
      kind: asked.desk.entry,
      capacity: capacityOf(asked.desk, filled.body),
      body: filled.body,
      ...(replaces === undefined ? {} : { replaces }),
      ...(why === undefined ? {} : { why }),
    },
    texts: text.texts,
    checklist: lines.map((line) => line[language]),
  };
}

/** Days that cannot be: a meeting after what it decided, an election before its announcement. */
function dayFaults({ today }: Asked, body: JsonValue): readonly FieldFault[] {
  const { on, day, election, meeting } = body as Readonly<
    Partial<{ on: string; day: string; election: unknown; meeting: { date: string } }>
  >;
  const last = on === undefined || on > today ? today : on;
  return [
    ...(meeting !== undefined && meeting.date > last
      ? [{ field: 'meeting.date', code: 'meeting-late' } as const]
      : []),
    ...(election !== undefined && on !== undefined && day !== undefined && day < on
      ? [{ field: 'day', code: 'election-past' } as const]
      : []),
  ];
}

function capacityOf({ capacity, capacityIn }: DeskAct, body: JsonValue): Capacity {
  if (capacityIn === undefined) return capacity ?? 'commission';
  return (body as Readonly<Record<string, unknown>>)[capacityIn] as Capacity;
}

function whyOf({ replaces }: Asked, values: Values, faults: FieldFault[]): Why | undefined {
  if (replaces === undefined) return undefined;
  const [zh, en] = [clean(values['why.zh-Hant-TW']), clean(values['why.en'])];
  if (zh === '') faults.push({ field: 'why.zh-Hant-TW', code: 'missing' });
  for (const [name, text] of [
    ['why.zh-Hant-TW', zh],
    ['why.en', en],
  ] as const)
    if (text.length > 2_000) faults.push({ field: name, code: 'too-long' });
  return { 'zh-Hant-TW': zh, ...(en === '' ? {} : { en }) };
}

interface AskedText {
  readonly texts: readonly string[];
  readonly members: Readonly<Record<string, JsonValue>>;
}

/** A longer text becomes its digest, and for an opinion its length by the law's counter. */
function textOf(asked: Asked, values: Values, faults: FieldFault[]): AskedText {
  const { desk, caseNumber } = asked;
  if (desk.text === undefined) return { texts: [], members: {} };
  for (const { name } of TEXT_FIELDS[desk.text])
    if (clean(values[name]) === '') faults.push({ field: name, code: 'missing' });
  if (desk.text === 'opinion') {
    const parts = {
      opinion: clean(values['text']),
      ifPassed: clean(values['ifPassed']),
      ifNotPassed: clean(values['ifNotPassed']),
    };
    const characters = Object.values(parts).reduce((sum, part) => sum + countText(part).counted, 0);
    if (asked.opinionMost !== undefined && characters > asked.opinionMost)
      faults.push({ field: 'text', code: 'too-long' });
    const file = opinionFile({ caseNumber, agency: clean(values['agency']) }, parts);
    return { texts: [file], members: { textDigest: toHex(sha256(utf8(file))), characters } };
  }
  const { text } = wordingOf(asked, values);
  const textDigest = textDigestOf(text);
  const isFiling = desk.entry === 'initiative-filed';
  return {
    texts: [new TextDecoder().decode(textFile(text))],
    members: isFiling ? { onPaper: { textDigest } } : { textDigest },
  };
}
