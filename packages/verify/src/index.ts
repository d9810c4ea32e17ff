export { checkReceipt, MAX_RECEIPT_BYTES } from './check-receipt.ts';
export { type FollowContext, followLog } from './follow-log.ts';
export { sentencesOf } from './log-sentences.ts';
export { type LogSource, type LogSourceCode, LogSourceError } from './log-source.ts';
export { type Light, receiptLights } from './receipt-lights.ts';
export { RECEIPT_TEXTS, type ReceiptTexts, type VerdictText } from './receipt-texts.ts';
export { type Localised, receiptSentences, receiptText, type Sentences } from './sentences.ts';
export {
  type Act,
  type LogFacts,
  type LogFaultCode,
  type MalformedCode,
  type NotProvenCode,
  OUTCOMES,
  type PromiseFacts,
  type ReceiptFacts,
  type ReceiptVerdict,
  type Standing,
  type Tone,
  type Verdict,
  type VerdictCode,
} from './verdict.ts';
