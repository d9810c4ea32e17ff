import { actOfNumber } from './entry-kinds.ts';
import { RECEIPT_TEXTS, type ReceiptTexts, type VerdictText } from './receipt-texts.ts';
import type { ReceiptVerdict } from './verdict.ts';

/** One text in both languages of the service. */
export type Localised = Readonly<{ 'zh-Hant-TW': string; en: string }>;

/** A verdict in words: a headline, one sentence on what is proved, one on what is not. */
export type Sentences = Readonly<{ headline: Localised; proved: Localised; notProved: Localised }>;

/** A promise's UTC instant as people in Taiwan read it, `2026-11-22 07:04 (UTC+8)`; it has no daylight saving. */
function taipeiMinute(instant: string): string {
  const minute = `${instant.slice(0, 16)}:00Z`;
  return `${new Date(Date.parse(minute) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')} (UTC+8)`;
}

/** A case or a draft in the words of one language. */
export const matterOf = (texts: ReceiptTexts, caseNumber: string): string =>
  texts.matters[actOfNumber(caseNumber)].replace('{caseNumber}', caseNumber);

function factsOf(texts: ReceiptTexts, verdict: ReceiptVerdict): Readonly<Record<string, unknown>> {
  if (verdict.code === 'promised')
    return {
      ...verdict.promise,
      matter: matterOf(texts, verdict.promise.caseNumber),
      received: taipeiMinute(verdict.promise.received),
      publishBy: taipeiMinute(verdict.promise.publishBy),
    };
  if (verdict.code !== 'included') return {};
  const { act, caseNumber } = verdict.receipt;
  return {
    ...verdict.receipt,
    act: texts.acts[act],
    matter: matterOf(texts, caseNumber),
    day: texts.days[act],
  };
}

const textOf = (fact: unknown): string => (Array.isArray(fact) ? fact.join(', ') : String(fact ?? ''));

/** A receipt's verdict in the words of one language's table. */
export function receiptText(texts: ReceiptTexts, verdict: ReceiptVerdict): VerdictText {
  const held = verdict.code === 'included' && verdict.receipt.held;
  const text = texts.verdicts[held ? 'included-held' : verdict.code];
  const facts = factsOf(texts, verdict);
  const fill = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => textOf(facts[name]));
  const isSecretTheirs = verdict.code === 'included' && verdict.receipt.serverMadeSecret;
  const notProved = isSecretTheirs ? `${text.notProved} ${texts.serverMadeSecret}` : text.notProved;
  return { headline: text.headline, proved: fill(text.proved), notProved: fill(notProved) };
}

/** What a receipt proves by itself, in both languages. */
export function receiptSentences(verdict: ReceiptVerdict): Sentences {
  const zh = receiptText(RECEIPT_TEXTS['zh-Hant-TW'], verdict);
  const en = receiptText(RECEIPT_TEXTS.en, verdict);
  const both = (part: keyof VerdictText): Localised => ({ 'zh-Hant-TW': zh[part], en: en[part] });
  return { headline: both('headline'), proved: both('proved'), notProved: both('notProved') };
}
