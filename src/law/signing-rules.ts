/** Collection to the vote: 公民投票法 §§12–19, 23, 30–32; 電子連署及查對作業辦法. */
import { type ActRules, dueOf, isOverdue, refuse } from './act-rule.ts';
import { daysAfter, type LegalDate } from './deadlines.ts';
import { words } from './localised.ts';
import { oweVote } from './vote-duty.ts';
import { end, meet, move, owe, type Walk } from './walk.ts';

type SigningKind =
  | 'collected'
  | 'url-obtained'
  | 'roster-filed'
  | 'raw-counted'
  | 'signers-sent'
  | 'signers-checked'
  | 'supplement-ordered'
  | 'supplement-filed'
  | 'established'
  | 'not-established';

/** §12 II: the roster is owed by the last day of the months that the earliest collection began. */
const oweRoster = (walk: Walk, on: LegalDate): Walk => {
  const owing = owe(walk, 'petitionMonths', {
    id: 'file-roster',
    who: 'lead-proposer',
    what: words('提出連署人名冊', 'file the roster of signers'),
    from: on,
  });
  const duty = owing.duties.at(-1);
  return {
    ...owing,
    signing: { firstDay: daysAfter(on, 1).firstDay, lastDay: duty?.due, hasUrl: false },
  };
};

const modesOf = (mode: 'paper' | 'code' | 'both'): readonly ('paper' | 'code')[] =>
  mode === 'both' ? ['paper', 'code'] : [mode];

export const SIGNING_RULES: ActRules<SigningKind> = {
  collected: {
    name: words('領取連署人名冊格式或系統認證碼', 'collect roster format or access code'),
    by: ['lead-proposer'],
    citation: '公民投票法 §10 IX、§12 II；電子連署及查對作業辦法 §4、§6',
    inStages: ['collecting', 'signing'],
    closes: 'collect',
    allowedWhen: words(
      '收受通知後十日內；另一方式得於連署期間內加領，期間不因此延長（專案預設）。',
      'Within ten days of the notice; the other mode may be added during the period, which it does not extend (project default).',
    ),
    condition: (walk, { mode }) =>
      modesOf(mode).every((one) => walk.modes.includes(one))
        ? refuse(
            'already-done',
            '公民投票法 §10 IX；電子連署及查對作業辦法 §4',
            words(
              '此一方式已領取；得加領另一方式。',
              'This mode was collected already; the other one may still be added.',
            ),
          )
        : undefined,
    apply: (walk, event) => {
      const moved = { ...walk, modes: [...new Set([...walk.modes, ...modesOf(event.mode)])] };
      return walk.signing === undefined
        ? oweRoster(meet(move(moved, event, 'signing'), 'collect', event.on), event.on)
        : move(moved, event);
    },
  },
  'url-obtained': {
    name: words(
      '以系統認證碼與自然人憑證登入，取得連署網址',
      'sign in with code and certificate and obtain the signing address',
    ),
    by: ['lead-proposer'],
    citation: '電子連署及查對作業辦法 §6',
    inStages: ['signing', 'supplement'],
    allowedWhen: words('領取系統認證碼之後。', 'After the access code was collected.'),
    precondition: (walk) =>
      walk.modes.includes('code')
        ? undefined
        : refuse(
            'too-early',
            '電子連署及查對作業辦法 §4、§6',
            words('尚未領取系統認證碼。', 'No access code was collected yet.'),
          ),
    apply: (walk, event) => {
      const moved = move(walk, event);
      return moved.signing === undefined ? moved : { ...moved, signing: { ...moved.signing, hasUrl: true } };
    },
  },
  'roster-filed': {
    name: words('提出連署人名冊', 'file the roster of signers'),
    by: ['lead-proposer'],
    citation: '公民投票法 §12 II；電子連署及查對作業辦法 §7',
    inStages: ['signing'],
    closes: 'file-roster',
    allowedWhen: words(
      '連署期間內，紙本與電子一併，以一次為限。',
      'Within the period, paper and electronic together, once only.',
    ),
    apply: (walk, event) => meet(move(walk, event, 'raw-count'), 'file-roster', event.on),
  },
  'raw-counted': {
    name: words('清查', 'raw count'),
    by: ['commission'],
    citation: '公民投票法 §13 I',
    inStages: ['raw-count'],
    inSession: true,
    allowedWhen: words('連署人名冊提出之後。', 'After the roster was filed.'),
    apply: (walk, event) =>
      event.count >= event.required && event.isBound
        ? move(walk, event, 'signature-check')
        : end(move(walk, event), {
            value: 'inadmissible',
            on: event.on,
            citation: '公民投票法 §13 I',
            by: 'decision',
          }),
  },
  'signers-sent': {
    name: words('函送查對連署人', 'send the signers to be checked'),
    by: ['commission'],
    citation: '公民投票法 §13 I；電子連署及查對作業辦法 §8',
    inStages: ['signature-check'],
    allowedWhen: words('清查足額之後。', 'After the raw count found enough.'),
    apply: (walk, event) =>
      owe(
        move(walk, event),
        (walk.times['supplement-filed'] ?? 0) > 0 ? 'supplementCheckDays' : 'signatureCheckDays',
        {
          id: 'check-signers',
          who: 'registry',
          what: words('查對連署人', 'check the signers'),
          from: event.on,
        },
      ),
  },
  'signers-checked': {
    name: words('連署人查對結果', 'result of the check of signers'),
    by: ['registry'],
    citation: '公民投票法 §13 I–III；電子連署及查對作業辦法 §8',
    inStages: ['signature-check'],
    closes: 'check-signers',
    allowedWhen: words('函送查對之後。', 'After the signers were sent to be checked.'),
    precondition: (walk) =>
      walk.duties.some(
        ({ id, status }) => id === 'check-signers' && (status === 'open' || status === 'overdue'),
      )
        ? undefined
        : refuse('too-early', '公民投票法 §13 I', words('尚未函送查對。', 'The signers were not sent yet.')),
    apply: (walk, event) => {
      const checked = meet(move(walk, event), 'check-signers', event.on);
      if (event.valid >= event.required)
        return owe(
          { ...checked, stage: 'establishing', since: event.on, isShort: false },
          'establishAnnounceDays',
          {
            id: 'announce-established',
            who: 'commission',
            what: words('公告成立並編號', 'announce establishment and number'),
            from: event.on,
          },
        );
      const isLast = (walk.times['supplement-filed'] ?? 0) > 0;
      return { ...checked, stage: 'supplement', since: event.on, isShort: isLast };
    },
  },
  'supplement-ordered': {
    name: words('通知補提連署人', 'order a supplement of signers'),
    by: ['commission'],
    citation: '公民投票法 §13 III；電子連署及查對作業辦法 §8 III',
    inStages: ['supplement'],
    allowedWhen: words(
      '查對後不足時，一次；電子連署另給新認證碼。',
      'When short after the check, once; electronic signing gets a new code.',
    ),
    precondition: (walk) => {
      const times = walk.pack.parameters.supplementTimes.value;
      return times !== undefined && (walk.times['supplement-ordered'] ?? 0) >= times
        ? refuse(
            'only-once',
            '公民投票法 §13 III',
            words(
              '補提以一次為限；應公告不成立。',
              'A supplement is ordered once; the case is to be announced as not established.',
            ),
          )
        : undefined;
    },
    apply: (walk, event) =>
      owe(move(walk, event), 'supplementDays', {
        id: 'supplement-signers',
        who: 'lead-proposer',
        what: words('補提連署人名冊', 'file the supplement of signers'),
        from: event.on,
      }),
  },
  'supplement-filed': {
    name: words('補提連署人名冊', 'file the supplement of signers'),
    by: ['lead-proposer'],
    citation: '公民投票法 §13 III',
    inStages: ['supplement'],
    closes: 'supplement-signers',
    allowedWhen: words('收受通知後三十日內，一次。', 'Within 30 days of receiving the order, once.'),
    precondition: (walk) => {
      if (walk.days['supplement-ordered'] === undefined)
        return refuse(
          'too-early',
          '公民投票法 §13 III',
          words('尚未通知補提。', 'No supplement was ordered.'),
        );
      if (walk.isShort)
        return refuse(
          'only-once',
          '公民投票法 §13 III',
          words('補提以一次為限。', 'A supplement is filed once.'),
        );
      return isOverdue(walk, 'supplement-signers')
        ? refuse(
            'too-late',
            '公民投票法 §13 III',
            words(
              `補提期限已於 ${dueOf(walk, 'supplement-signers')} 屆滿；應公告不成立。`,
              `The term ended on ${dueOf(walk, 'supplement-signers')}; the case is to be announced as not established.`,
            ),
          )
        : undefined;
    },
    apply: (walk, event) => meet(move(walk, event, 'signature-check'), 'supplement-signers', event.on),
  },
  established: {
    name: words('公告成立並編號', 'announce establishment and number'),
    by: ['commission'],
    citation: '公民投票法 §13 III',
    inStages: ['establishing'],
    inSession: true,
    closes: 'announce-established',
    allowedWhen: words(
      '查對合格之連署人足額之後，十日內。',
      'Within ten days of enough signers passing the check.',
    ),
    apply: (walk, event) =>
      oweVote(meet(move(walk, event, 'established'), 'announce-established', event.on), event.on),
  },
  'not-established': {
    name: words('公告不成立', 'announce as not established'),
    by: ['commission'],
    citation: '公民投票法 §13 III',
    inStages: ['supplement'],
    inSession: true,
    allowedWhen: words('補提屆期未提出或仍不足時。', 'When the supplement is late or still short.'),
    precondition: (walk) =>
      walk.isShort || isOverdue(walk, 'supplement-signers')
        ? undefined
        : refuse(
            'too-early',
            '公民投票法 §13 III',
            words(
              '應先通知補提，並待三十日屆滿。',
              'A supplement is ordered first, and its 30 days must pass.',
            ),
          ),
    apply: (walk, event) =>
      end(move(walk, event), {
        value: 'not-established',
        on: event.on,
        citation: '公民投票法 §13 III',
        by: 'decision',
      }),
  },
};
