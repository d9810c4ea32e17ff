import type { Comparison } from './compare-checkpoints.ts';
import type { Localised } from './sentences.ts';
import type { Tone } from './verdict.ts';

/** A comparison in words: how it is to be felt, a headline, what it means, and what to do, step by step. */
export type ComparisonText = Readonly<{
  tone: Tone;
  headline: Localised;
  says: Localised;
  steps: readonly Localised[];
}>;

const of = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

const simple = (tone: Tone, headline: Localised, says: Localised): ComparisonText => ({
  tone,
  headline,
  says,
  steps: [],
});

const FORK_STEPS: readonly Localised[] = [
  of(
    '把兩份原封不動存下來，並記下各從哪裡、何時取得。',
    'Keep both unchanged, and note where and when you got each.',
  ),
  of(
    '交給見證人、主管機關、媒體與其他連署人；不要只告訴營運者。',
    'Give them to witnesses, the Commission, the press and other signers; not to the operator alone.',
  ),
  of(
    '任何人用這一頁和公卷的公開金鑰，就能得到同樣的結論。',
    'Anybody with this page and the log’s public key comes to the same conclusion.',
  ),
  of('在查明以前，不要採信這份公卷的任何人數。', 'Until it is explained, believe no count of this log.'),
];

const FAULT_WORDS: Readonly<Record<string, Localised>> = {
  'no-trusted-key': of(
    '還沒有可信任的金鑰：請先在「金鑰與政策」貼上公卷的公開金鑰；命令列請加 --keys 金鑰檔（公鑰：本站 /v1/keys，請與可信來源比對）。',
    'There is no trusted key yet: first paste the log’s public key under “Keys and policy”; on the command line add --keys FILE (public keys: /v1/keys of the site; compare them with a source you trust).',
  ),
  'unknown-signer': of(
    '它的簽章都不屬於您信任的金鑰。',
    'None of its signatures belongs to a key you trust.',
  ),
  'bad-signature': of(
    '以信任的金鑰驗證，簽章不符：內容遭更動或偽造。',
    'A signature under a trusted key does not hold: it was changed or forged.',
  ),
  'other-log': of(
    '簽章有效，但金鑰不屬於它所載的公卷。',
    'A signature holds, but its key is not that of the log it names.',
  ),
  'not-a-checkpoint': of(
    '它不是檢查點，也不是收執；請使用原始下載的檔案。',
    'It is neither a checkpoint nor a receipt; use the file as it was downloaded.',
  ),
};

function faultText(code: string, which: 0 | 1): ComparisonText {
  const headline =
    which === 0
      ? of('無法比對：第一份有問題', 'Cannot compare: the first one')
      : of('無法比對：第二份有問題', 'Cannot compare: the second one');
  return simple('not-proven', headline, FAULT_WORDS[code] ?? of(code, code));
}

/** What a comparison means to the person who made it. */
export function comparisonText(comparison: Comparison): ComparisonText {
  if (!('heads' in comparison)) return faultText(comparison.code, comparison.which);
  const [small, large] = comparison.heads.map(({ size }) => size).sort((a, b) => a - b);
  switch (comparison.code) {
    case 'same':
      return simple(
        'proven',
        of('同一份公卷，同一個狀態', 'One log, one state'),
        of(
          '件數與樹根都相同：兩份檔案看到的是完全一樣的公卷。',
          'Size and root are the same: both files saw exactly the same log.',
        ),
      );
    case 'forked':
      return {
        tone: 'alarm',
        headline: of('這是公卷分岔的證據', 'This is proof of a forked log'),
        says: of(
          '公卷為同樣的件數簽了兩個不同的樹根。誠實的公卷不會有這種事：不同的人看到了不同的公卷，或紀錄被改寫過。',
          'The log signed two different roots for one size. An honest log never does: different people saw different logs, or the record was rewritten.',
        ),
        steps: FORK_STEPS,
      };
    case 'consistent':
      return simple(
        'proven',
        of('同一份公卷，只增不減', 'One log that only grew'),
        of(
          `一致性證明成立：${large} 件的公卷，前 ${small} 件與較舊的檢查點完全相同。`,
          `The consistency proof holds: the first ${small} of ${large} entries are exactly those of the older checkpoint.`,
        ),
      );
    case 'needs-proof':
      return {
        tone: 'pending',
        headline: of('件數不同，還不能判斷', 'The sizes differ: not decided yet'),
        says: of(
          `要知道 ${large} 件的公卷是否由 ${small} 件的那份延伸而來，需要一份一致性證明。`,
          `Whether the log of ${large} entries grew out of that of ${small} takes a consistency proof.`,
        ),
        steps: [
          of(
            '若有一致性證明檔（每行一個雜湊值，或見證人使用的 add-checkpoint 格式），放進第三格再比對一次。',
            'With a consistency proof (one hash a line, or the add-checkpoint format of witnesses), put it into the third field and compare again.',
          ),
          of(
            '或在連得上公卷的電腦執行 lianshu-verify checkpoint 甲檔 乙檔 --log 網址：它會自己取得並驗證。',
            'Or run lianshu-verify checkpoint A B --log URL on a computer that can reach the log: it fetches and verifies what is needed.',
          ),
          of('或找一份件數相同的檢查點來比對。', 'Or find a checkpoint of the same size to compare with.'),
        ],
      };
    case 'proof-fails':
      return simple(
        'not-proven',
        of('一致性證明不成立', 'The consistency proof does not hold'),
        of(
          '這份證明無法把兩個檢查點接起來。可能是證明檔拿錯或損壞，不足以證明公卷分岔；請從別的來源再取一份。若一直得不到，兩份都請保留。',
          'This proof does not join the two checkpoints. It may be the wrong or a damaged file, which is no proof of a fork; get one from another source. If none ever holds, keep both.',
        ),
      );
    case 'different-logs':
      return simple(
        'not-proven',
        of('兩份屬於不同的公卷', 'They belong to different logs'),
        of('名稱不同的公卷無從比對。', 'Logs of different names cannot be compared.'),
      );
    default:
      return comparison satisfies never;
  }
}
