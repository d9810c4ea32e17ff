import { RECEIPT_TEXTS } from './receipt-texts.ts';
import { type Localised, matterOf, receiptSentences, type Sentences } from './sentences.ts';
import type { LogFacts, LogFaultCode, ReceiptFacts, Standing, Verdict } from './verdict.ts';

const { 'zh-Hant-TW': ZH, en: EN } = RECEIPT_TEXTS;

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

/** The entry a receipt is about, for use inside a sentence. */
const entryName = ({ act, caseNumber, index, origin }: ReceiptFacts): Localised =>
  both(
    `${matterOf(ZH, caseNumber)}的${ZH.acts[act]}（公卷 ${origin} 件次 ${index}）`,
    `the ${EN.acts[act]} on ${matterOf(EN, caseNumber)} (entry ${index} of the log ${origin})`,
  );

/** What no receipt proves, however good. */
const notWho = ({ act }: ReceiptFacts): Localised =>
  both(
    `也不證明是誰簽署、是否符合資格（以${ZH.days[act]}為準）。`,
    `Nor who signed, nor that the signer is eligible (decided on the day ${EN.days[act]}).`,
  );

const SPLIT_VIEW = both(
  '未證明：公卷對其他人出示的是否為同一份（由見證人負責）。',
  'Not proved: that the log shows the same tree to others (that is the witnesses’ part).',
);

const logName = ({ size, asOf }: LogFacts): Localised =>
  both(
    `公布的公卷（${size} 件${asOf === undefined ? '' : `，${asOf}`}）`,
    `the published log (${size} entries${asOf === undefined ? '' : `, ${asOf}`})`,
  );

function standingWords(standing: Standing): Readonly<{ headline: Localised; tail: Localised }> {
  switch (standing.code) {
    case 'counted':
      return {
        headline: both('已證明：已計入', 'Proven: counted'),
        tail: both('已計入，之後沒有任何一件將它排除。', 'is counted: no later entry excludes it.'),
      };
    case 'held':
      return {
        headline: both('已收到，待確認，尚未計入', 'Received and held, not counted yet'),
        tail: both('已收錄為待確認，尚無結果。', 'is logged as held; no entry has settled it yet.'),
      };
    case 'excluded':
      return {
        headline: both('不予計算', 'Excluded from the count'),
        tail: both(
          `被公卷件次 ${standing.at} 的一件排除，事由：${standing.ground}。`,
          `is excluded by entry ${standing.at}, on the ground: ${standing.ground}.`,
        ),
      };
    case 'refused':
      return {
        headline: both('確認後未計入', 'Settled as refused, not counted'),
        tail: both(
          `經公卷件次 ${standing.at} 的一件確認為未通過，代碼：${standing.reason}。`,
          `was settled as refused by entry ${standing.at}, code ${standing.reason}.`,
        ),
      };
  }
}

const PROMISES = {
  'promise-broken': {
    headline: both('承諾未履行', 'The promise is broken'),
    tail: both(
      '中沒有這份簽署，而期限已過。請保存這份檔案，並向主管機關或監督者提出。',
      'does not hold this signature although the time has passed. Keep this file and take it to the authority or a monitor.',
    ),
  },
  'promise-not-due': {
    headline: both('承諾尚未到期', 'The promise is not due yet'),
    tail: both('中還沒有這份簽署；期限未到。', 'does not hold this signature yet; the time has not passed.'),
  },
  'promise-undecided': {
    headline: both('無法判定承諾是否履行', 'Cannot tell whether the promise was kept'),
    tail: both(
      '中沒有這份簽署，但無法證明這份副本是期限之後的；請改用網址查詢。',
      'does not hold this signature, but nothing shows that this copy is later than the deadline; ask the log by its URL.',
    ),
  },
} as const;

const LOG_FAULTS: Readonly<Record<LogFaultCode, Localised>> = {
  'log-unreachable': both('無法讀取公卷', 'The log cannot be read'),
  'log-answer-too-large': both('公卷的回應過大', 'An answer of the log is too large'),
  'log-bad-checkpoint': both(
    '公卷的檢查點未由信任的金鑰簽章',
    'The log’s checkpoint is not signed by a trusted key',
  ),
  'log-other-origin': both('這是另一份公卷', 'This is another log'),
  'log-files-wrong': both(
    '公卷的檔案與其簽章的檢查點不符',
    'The log’s files do not match its signed checkpoint',
  ),
};

/** A whole verdict in words, with what the published log adds. */
export function sentencesOf(verdict: Verdict): Sentences {
  switch (verdict.code) {
    case 'counted':
    case 'held':
    case 'excluded':
    case 'refused': {
      const [name, log] = [entryName(verdict.receipt), logName(verdict.log)];
      const { headline, tail } = standingWords(verdict);
      const who = notWho(verdict.receipt);
      return {
        headline,
        proved: both(
          `${name['zh-Hant-TW']}在${log['zh-Hant-TW']}中${tail['zh-Hant-TW']}`,
          `In ${log.en}, ${name.en} ${tail.en}`,
        ),
        notProved: both(`${SPLIT_VIEW['zh-Hant-TW']}${who['zh-Hant-TW']}`, `${SPLIT_VIEW.en} ${who.en}`),
      };
    }
    case 'log-behind':
      return {
        headline: both(
          '收執有效；公卷尚未公布到這裡',
          'The receipt holds; the log is not published that far yet',
        ),
        proved: both(
          `${entryName(verdict.receipt)['zh-Hant-TW']}由簽章的檢查點收錄；${logName(verdict.log)['zh-Hant-TW']}較舊，請一分鐘後再試。`,
          `A signed checkpoint includes ${entryName(verdict.receipt).en}; ${logName(verdict.log).en} is older: try again in a minute.`,
        ),
        notProved: SPLIT_VIEW,
      };
    case 'log-contradicts-receipt':
      return {
        headline: both('公卷與收執矛盾', 'The log contradicts the receipt'),
        proved: both(
          '收執與公卷都由信任的金鑰簽章，卻不屬於同一棵樹：營運者改寫了歷史。請保存兩份檔案並公開。',
          'Both are signed by a trusted key, yet they are not the same tree: the operator rewrote history. Keep both files and make them public.',
        ),
        notProved: both('未證明：哪一份才是真的。', 'Not proved: which of the two is the true one.'),
      };
    case 'promise-kept': {
      const { headline, tail } = standingWords(verdict.standing);
      return {
        headline: both(
          `承諾已履行（${headline['zh-Hant-TW']}）`,
          `The promise was kept (${headline.en.charAt(0).toLowerCase()}${headline.en.slice(1)})`,
        ),
        proved: both(
          `承諾的簽署是${logName(verdict.log)['zh-Hant-TW']}件次 ${verdict.at} 的一件，${tail['zh-Hant-TW']}`,
          `The promised signature is entry ${verdict.at} of ${logName(verdict.log).en}; it ${tail.en}`,
        ),
        notProved: both(
          '未證明：當時是否準時公布。',
          'Not proved: that it was published in time, only that it is there now.',
        ),
      };
    }
    case 'promise-broken':
    case 'promise-not-due':
    case 'promise-undecided': {
      const { headline, tail } = PROMISES[verdict.code];
      const log = logName(verdict.log);
      const due = verdict.promise.publishBy;
      return {
        headline,
        proved: both(
          `${log['zh-Hant-TW']}${tail['zh-Hant-TW']}（承諾期限 ${due}）`,
          `${log.en.charAt(0).toUpperCase()}${log.en.slice(1)} ${tail.en} (Promised by ${due}.)`,
        ),
        notProved: SPLIT_VIEW,
      };
    }
    case 'log-unreachable':
    case 'log-answer-too-large':
    case 'log-bad-checkpoint':
    case 'log-other-origin':
    case 'log-files-wrong': {
      const why = LOG_FAULTS[verdict.code];
      return {
        headline: why,
        proved: both(`${why['zh-Hant-TW']}：${verdict.detail}`, `${why.en}: ${verdict.detail}`),
        notProved: both('未證明：這份簽署是否計入。', 'Not proved: whether this signature is counted.'),
      };
    }
    default:
      return receiptSentences(verdict);
  }
}
