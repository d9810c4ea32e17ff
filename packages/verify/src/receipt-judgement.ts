import { EXIT } from './exit-code.ts';
import type { ReceiptWitnesses } from './receipt-witnesses.ts';
import type { Localised } from './sentences.ts';
import { OUTCOMES, type Tone, type Verdict } from './verdict.ts';

/** A verdict after the wish for witnesses: exit code, tone, the headline if it is another, and what to beware of. */
export type Judgement = Readonly<{
  exit: number;
  tone: Tone;
  headline?: Localised;
  cautions: readonly Localised[];
  /** Who cosigned the receipt's own checkpoint. */
  witnesses?: ReceiptWitnesses;
}>;

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

const RECEIPT_LACKS = both(
  '未證明：要求見證，但收執的檢查點副署未達法定人數',
  'Not proven: witnesses were required, and too few cosigned the receipt’s checkpoint',
);
const HEAD_LACKS = both(
  '未證明：要求見證，但公布的檢查點副署未達法定人數',
  'Not proven: witnesses were required, and too few cosigned the published checkpoint',
);
const HEAD_OLD = both('尚無定論：所示的公卷是舊的', 'Not decided: the log shown is old');

const UNASKED = both(
  '沒有見證政策，因此沒有檢查公布的檢查點是否經過見證：這份公卷可能只出示給您。',
  'No witness policy was given, so nobody checked who witnessed the published checkpoint: this log may be shown to you alone.',
);
const UNWITNESSED = both(
  '公布的檢查點未經見證人法定人數副署：以上只對出示給您的這份公卷成立，它可能只出示給您。',
  'The published checkpoint is not witnessed by the policy’s quorum: all this holds only for the log shown to you, which may be shown to nobody else.',
);

function oldCaution(ageSeconds: number | undefined): Localised {
  if (ageSeconds === undefined)
    return both(
      '見證沒有說明時間：所示的公卷可能是舊的。',
      'The witnesses state no time: the log shown may be old.',
    );
  const minutes = Math.floor(ageSeconds / 60);
  return both(
    `尚無定論：所示的公卷在 ${minutes} 分鐘前見證，之後的件看不到。`,
    `Not decided: the log shown was witnessed ${minutes} minutes ago; entries since then are not seen.`,
  );
}

/** What the reader must know of the head that decided, whatever was asked for. */
function cautionsOf(verdict: Verdict): readonly Localised[] {
  if (!('log' in verdict)) return [];
  const { witnesses } = verdict.log;
  if (witnesses === undefined) return [UNASKED];
  if (witnesses.required && !witnesses.quorum) return [UNWITNESSED];
  return witnesses.isOld ? [oldCaution(witnesses.ageSeconds)] : [];
}

/**
 * Judges a verdict. Witnesses being required, nothing is proven unless the policy's quorum cosigned both the receipt's
 * checkpoint and, where the log was asked, the head that decided: an operator who shows one reader a log of his own
 * can sign that head too. A head that the quorum saw more than an hour ago decides nothing: what came since is not in it.
 */
export function judge(
  verdict: Verdict,
  witnesses: ReceiptWitnesses | undefined,
  isStrict: boolean,
): Judgement {
  const { exit, tone } = OUTCOMES[verdict.code];
  const rest = { cautions: cautionsOf(verdict), ...(witnesses === undefined ? {} : { witnesses }) };
  if (!isStrict || exit !== EXIT.proven) return { exit, tone, ...rest };
  const lacking = { exit: EXIT.notTrusted, tone: 'not-proven', ...rest } as const;
  if ('receipt' in verdict && witnesses?.quorum !== true) return { ...lacking, headline: RECEIPT_LACKS };
  if (!('log' in verdict)) return { exit, tone, ...rest };
  if (verdict.log.witnesses?.quorum !== true) return { ...lacking, headline: HEAD_LACKS };
  if (!verdict.log.witnesses.isOld) return { exit, tone, ...rest };
  return { exit: EXIT.undecided, tone: 'pending', headline: HEAD_OLD, ...rest };
}
