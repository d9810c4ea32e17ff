import type { LegalStage, TerminalOutcome } from './legal-event.ts';
import { type Localised, words } from './localised.ts';

/** What each stage is called. */
export const STAGE_NAMES: Readonly<Record<LegalStage, Localised>> = {
  'before-filing': words('尚未提出', 'not filed'),
  'formal-check': words('受理（形式審查）', 'formal check'),
  review: words('審核', 'review'),
  correction: words('補正', 'correction'),
  'proposer-check': words('查對提案人', 'check of proposers'),
  'proposer-supplement': words('提案人不足，補提', 'supplement of proposers'),
  notice: words('待通知領取', 'notice to collect due'),
  collecting: words('待領取', 'waiting for collection'),
  signing: words('連署', 'signing'),
  'raw-count': words('清查', 'raw count'),
  'signature-check': words('查對連署人', 'check of signers'),
  supplement: words('連署人不足，補提', 'supplement of signers'),
  establishing: words('待成立公告', 'announcement of establishment due'),
  established: words('成立', 'established'),
  announced: words('公告投票', 'vote announced'),
  counting: words('開票', 'counting'),
  ended: words('終結', 'ended'),
};

/** What each way of ending is called, law.md §3.1. */
export const OUTCOME_NAMES: Readonly<Record<TerminalOutcome, Localised>> = {
  inadmissible: words('不受理', 'inadmissible'),
  rejected: words('駁回', 'rejected'),
  withdrawn: words('撤回', 'withdrawn'),
  'deemed-abandoned': words('視為放棄連署', 'deemed abandoned'),
  'not-established': words('不成立', 'not established'),
  voted: words('已投票', 'voted'),
  stopped: words('停止', 'stopped'),
};
