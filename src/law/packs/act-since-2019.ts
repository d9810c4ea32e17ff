import { words } from '../localised.ts';
import { confirmed, projectDefault } from '../parameter.ts';
import type { Parameters } from '../rule-pack.ts';

/** Provisions of the Act as amended on 2019-06-21 that the 2025 amendment (§23 only) left alone. */
export const ACT_SINCE_2019 = {
  proposalRate: confirmed({ numerator: 1n, denominator: 10_000n }, '公民投票法 §10 I'),
  petitionRate: confirmed({ numerator: 15n, denominator: 1_000n }, '公民投票法 §12 I'),
  sideRegistrationRate: confirmed(
    { numerator: 5n, denominator: 100_000n },
    '登記為支持或反對者之子法（全國法規資料庫 D0110017）§3',
  ),
  reviewDays: confirmed(60, '公民投票法 §10 III'),
  correctionDays: confirmed(30, '公民投票法 §10 III'),
  correctionTimes: confirmed(1, '公民投票法 §10 III–IV'),
  proposerCheckDays: confirmed(15, '公民投票法 §10 V'),
  proposerSupplementDays: confirmed(30, '公民投票法 §10 VII'),
  proposerSupplementTimes: confirmed(1, '公民投票法 §10 VII'),
  opinionDays: confirmed(45, '公民投票法 §10 VIII', {
    note: words('逾期視為放棄。', 'Late means waived.'),
  }),
  collectDays: confirmed(10, '公民投票法 §10 IX'),
  petitionMonths: confirmed(6, '公民投票法 §12 II；電子連署及查對作業辦法 §6'),
  signatureCheckDays: confirmed(60, '公民投票法 §13 I–III；電子連署及查對作業辦法 §8', {
    note: words('媒體所稱「三十天查對」有誤。', 'Press reports of a thirty-day check are wrong.'),
  }),
  supplementCheckDays: projectDefault(60, '公民投票法 §13 III 未另定查對期間', {
    note: words(
      '法未另定補提之查對期間；比照六十日。',
      'The Act sets no separate term for a supplement: 60 days again.',
    ),
  }),
  supplementDays: confirmed(30, '公民投票法 §13 III；電子連署及查對作業辦法 §8 III–IV'),
  supplementTimes: confirmed(1, '公民投票法 §13 III'),
  establishAnnounceDays: confirmed(10, '公民投票法 §13 III'),
  announceBeforeVoteDays: confirmed(90, '公民投票法 §17'),
  resultAnnounceDays: confirmed(7, '公民投票法 §30–32'),
  questionMaxChars: confirmed(100, '公民投票法 §9'),
  reasonMaxChars: confirmed(2_000, '公民投票法 §9', {
    note: words(
      '逾字數部分僅不予公告，非不受理事由。',
      'The excess is not published; length alone never blocks.',
    ),
  }),
  opinionMaxChars: confirmed(2_000, '公民投票法 §10 VIII'),
  deletionGrounds: confirmed(
    ['not-qualified', 'name-id-or-address', 'unsigned', 'forged', 'barred-proposer', 'duplicate'],
    '公民投票法 §10 VI、§13 II；公民投票法施行細則 §9 II、§11',
  ),
  reviewGrounds: confirmed(
    ['matter', 'wording', 'indigenous-or-multiple', 'frozen-matter', 'unclear-intent'],
    '公民投票法 §10 III',
  ),
  bars: confirmed(
    [
      { after: 'deemed-abandoned', whom: 'the-original-proposers', years: 2, citation: '公民投票法 §12 IV' },
      { after: 'vote', whom: 'anyone', years: 2, citation: '公民投票法 §32' },
      {
        after: 'executive-or-legislature-rejected',
        whom: 'the-proposing-body',
        years: 2,
        citation: '公民投票法 §14 III、§15 III',
      },
    ],
    '公民投票法 §12 IV、§14 III、§15 III、§32',
  ),
} satisfies Partial<Parameters>;
