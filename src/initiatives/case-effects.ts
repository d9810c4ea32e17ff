/** What follows from an act beside its entry: the signing period, the end of signing, a new version of the text. */
import { publishedWording } from '../law/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { ActEntry } from '../record/index.ts';
import { subjectText } from './case-filing.ts';
import { indexPart } from './case-grams-store.ts';
import { type EffectContext, entryOf } from './effect-context.ts';
import { foldInitiative } from './initiative-facts.ts';
import { insertVersion, newestVersion, stopSigning, textDigestOf, textFile } from './initiative-store.ts';
import { insertOpinionText } from './opinion-store.ts';
import { mendPeriod, openSigning, stopAfterSupplement } from './signing-period.ts';

/** A text as it is filed. The Chinese text is what is signed; the translation is for information. */
export interface NewText {
  readonly heading: readonly string[];
  readonly mainText: string;
  readonly reasons: readonly string[];
  readonly translation?: Readonly<{ mainText: string; reasons: readonly string[] }>;
}

/** Writes the effects under the case's locked row and returns the entries that tell of them. */
export async function effectsOf(tx: Tx, context: EffectContext): Promise<readonly ActEntry[]> {
  switch (context.act.kind) {
    case 'signing-address':
      return openSigning(tx, context);
    case 'collection':
      return mendPeriod(tx, context);
    case 'supplement':
      await stopAfterSupplement(tx, context);
      return [];
    case 'correction':
      return newVersion(tx, context);
    case 'plain-words':
      await indexWords(tx, context);
      return [];
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

/** What a search finds of the problem is what stands on the page. */
async function indexWords(tx: Tx, { caseNumber, act, acts }: EffectContext): Promise<void> {
  const all = [...acts, { kind: act.kind, body: act.body, at: '', basis: '' }];
  const facts = foldInitiative(caseNumber, all);
  if (facts !== undefined) await indexPart(tx, caseNumber, 'subject', subjectText(facts.filed));
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
