/** What follows from an act beside its entry: the signing period, the end of signing, a new version of the text. */
import type { JsonValue } from '@lianshu/statement';
import {
  type CaseCourse,
  electorBaseOn,
  known,
  monthsAfter,
  publishedWording,
  required,
} from '../law/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { addLegalDays, startOfLegalDay, taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';
import type { CaseAct } from './case-acts.ts';
import { movedLastDay } from './closures.ts';
import type { OpenedBody, RecordedAct } from './initiative-facts.ts';
import {
  insertVersion,
  newestVersion,
  setPeriod,
  stopSigning,
  textDigestOf,
  textFile,
} from './initiative-store.ts';
import { insertOpinionText } from './opinion-store.ts';

/** A text as it is filed. The Chinese text is what is signed; the translation is for information. */
export interface NewText {
  readonly heading: readonly string[];
  readonly mainText: string;
  readonly reasons: readonly string[];
  readonly translation?: Readonly<{ mainText: string; reasons: readonly string[] }>;
}

/** The act, what the record said before it, and where the case stands with it. */
export interface EffectContext {
  readonly caseNumber: string;
  readonly act: CaseAct;
  readonly acts: readonly RecordedAct[];
  readonly course: CaseCourse;
  /** Days of official closure: a period that would end on one ends later. */
  readonly closed: readonly string[];
  readonly nowMs: number;
}

/** Writes the effects under the case's locked row and returns the entries that tell of them. */
export async function effectsOf(tx: Tx, context: EffectContext): Promise<readonly ActEntry[]> {
  switch (context.act.kind) {
    case 'signing-address':
      return openSigning(tx, context);
    case 'correction':
      return newVersion(tx, context);
    case 'opinion':
      await keepOpinion(tx, context);
      return [];
    case 'roster-filed':
    case 'withdrawal':
    case 'stop':
      await stopSigning(tx, context.caseNumber, context.nowMs);
      return [];
    default:
      return [];
  }
}

const entryOf = (
  { caseNumber, nowMs }: EffectContext,
  kind: string,
  basis: string,
  body: object,
): ActEntry => ({
  at: taipeiTimestamp(nowMs),
  basis,
  body: body as JsonValue,
  capacity: 'system',
  case: caseNumber,
  kind,
  v: 1,
});

/**
 * Signing opens at 00:00 of the day after the earliest collection, and not before the lead proposer has signed in for
 * the address (電子連署及查對作業辦法 §6). Signing in again, for a supplement, fixes no new period here.
 */
async function openSigning(tx: Tx, context: EffectContext): Promise<readonly ActEntry[]> {
  const { caseNumber, acts, course, closed, nowMs } = context;
  const collected = acts
    .filter(({ kind }) => kind === 'collection')
    .map(({ body }) => body as CollectionBody);
  const [earliest] = collected;
  if (earliest === undefined || acts.some(({ kind }) => kind === 'opened')) return [];
  const { pack } = course;
  const { firstDay, lastDay: counted } = monthsAfter(earliest.on, known(pack, 'petitionMonths'));
  const lastDay = movedLastDay(counted, closed);
  const opensAtMs = Math.max(startOfLegalDay(firstDay), nowMs);
  await setPeriod(tx, caseNumber, { opensAtMs, closesAtMs: startOfLegalDay(addLegalDays(lastDay, 1)) });
  const filedOn = dayFiled(acts);
  const base = electorBaseOn(filedOn);
  if (base === undefined) throw new RangeError(`No presidential election is known before ${filedOn}`);
  const hasPaper = collected.some(({ mode }) => mode !== 'code');
  const opened: OpenedBody = {
    collectedOn: earliest.on,
    firstDay,
    lastDay,
    threshold: Number(required(base.electors, known(pack, 'petitionRate'))),
    electors: Number(base.electors),
    mode: hasPaper ? 'paper-and-electronic' : 'electronic',
  };
  return [entryOf(context, 'opened', pack.parameters.petitionMonths.citation, opened)];
}

interface CollectionBody {
  readonly on: string;
  readonly mode: 'paper' | 'code' | 'both';
}

/** The day that fixes the base of the thresholds: the day of the proposal. */
function dayFiled(acts: readonly RecordedAct[]): string {
  const filed = acts.find(({ kind }) => kind === 'initiative-filed');
  const on = (filed?.body as { readonly on?: string } | undefined)?.on;
  return on ?? filed?.at.slice(0, 10) ?? '';
}

/**
 * A corrected text is a new version; the one before stays where it is. The act names the text as it is published:
 * without what is beyond the limits (公民投票法 §9).
 */
async function newVersion(tx: Tx, context: EffectContext): Promise<readonly ActEntry[]> {
  const { caseNumber, act, course, nowMs } = context;
  if (act.text === undefined) throw new TypeError('a correction comes with its text');
  const { translation, ...text } = publishedWording(act.text, course.pack).text;
  const version = (await newestVersion(tx, caseNumber)) + 1;
  const named = act.body as Readonly<{ version?: unknown; textDigest?: unknown }>;
  if (named.version !== version || named.textDigest !== textDigestOf(text))
    throw new TypeError('the correction names another version or text than the one that came with it');
  const file = textFile(text);
  const textDigest = await insertVersion(tx, {
    caseNumber,
    version,
    mainText: text.mainText,
    file,
    publishedAtMs: nowMs,
  });
  const { on } = act.body as Readonly<{ on: string }>;
  const body = { on, version, textDigest, ...(translation === undefined ? {} : { translation }) };
  return [entryOf(context, 'version', '公民投票法 §10 III', body)];
}

/** The text of an opinion is public with its entry, which names it by digest. */
async function keepOpinion(tx: Tx, { caseNumber, act }: EffectContext): Promise<void> {
  const { textDigest } = act.body as Readonly<{ textDigest?: unknown }>;
  for (const text of act.texts ?? []) {
    const digest = await insertOpinionText(tx, caseNumber, text);
    if (digest !== textDigest)
      throw new TypeError('the opinion names another text than the one that came with it');
  }
}
