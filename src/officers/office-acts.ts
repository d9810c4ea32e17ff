/**
 * Acts of no case that officers enter: announcements to all, switches, closures; and the one that makes a case, a
 * proposal filed on paper. Judged here as `initiatives` judges the acts of cases.
 */
import type { JsonValue } from '@lianshu/statement';
import type { Initiatives } from '../initiatives/index.ts';
import type { LawRefusal } from '../law/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import { addLegalDays, type Clock, legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry, PublicRecord } from '../record/index.ts';
import { BUILT_SWITCHES, type SwitchBody } from '../switches/index.ts';
import type { ActionAct } from './approval-record.ts';

export interface OfficeActsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<PublicRecord, 'appendMany' | 'actsOfKind'>;
  readonly initiatives: Pick<Initiatives, 'extendPeriods'>;
  readonly isDemo: boolean;
}

export interface OfficeActs {
  /** Why it may not be entered today; undefined when it may. */
  judge(act: ActionAct, within?: Tx): Promise<LawRefusal | undefined>;
  /** Enters it with its approval and whatever follows from it. The caller has judged it in the same transaction. */
  enter(tx: Tx, act: ActionAct, also: readonly ActEntry[]): Promise<bigint>;
}

/** Kinds of no case that this desk enters. */
export const OFFICE_ACT_KINDS = ['announcement', 'switch', 'closure', 'election-day'] as const;

const CLOSURE = '公民投票法 §6；公職人員選舉罷免法 §5';
const VOTE_DAY = '公民投票法 §23';
const MENDING = '平台規則：更正以新件取代並敘明理由，不得覆寫';
const SWITCHING = '平台規則：法律未定或未明者，以開關記載其依據與開始日';

type Body = Readonly<Record<string, unknown>>;

const refuse = (code: LawRefusal['code'], citation: string, zh: string, en: string): LawRefusal => ({
  code,
  citation,
  instead: { 'zh-Hant-TW': zh, en },
});

const basisOf = ({ kind, body }: ActionAct): string => {
  if (kind === 'closure') return CLOSURE;
  if (kind === 'election-day') return VOTE_DAY;
  if (kind === 'announcement') return String((body as Body)['article']);
  const { status, citation } = body as unknown as SwitchBody;
  return status === 'cited' ? citation : SWITCHING;
};

export function createOfficeActs(deps: OfficeActsDeps): OfficeActs {
  const { db, clock, record, initiatives } = deps;

  async function replacing(act: ActionAct, on: Db | Tx): Promise<LawRefusal | undefined> {
    if (act.replaces === undefined) return undefined;
    const acts = await record.actsOfKind(on, act.kind);
    if (!acts.some(({ index }) => index === act.replaces))
      return refuse(
        'out-of-order',
        MENDING,
        '所取代之件不存在、種類不同，或尚未排入公卷；請俟排入後再更正。',
        'The entry to be replaced does not exist, is of another kind, or has no position yet.',
      );
    return acts.some(({ replaces }) => replaces === act.replaces)
      ? refuse(
          'already-done',
          MENDING,
          '該件已被取代；請更正取代它的那一件。',
          'That entry was replaced already; mend the one that replaced it.',
        )
      : undefined;
  }

  return {
    async judge(act, within) {
      const today = legalDateOf(clock.nowMs());
      const body = act.body as Body;
      const own =
        act.kind === 'switch'
          ? switchRefusal(body as unknown as SwitchBody, today, deps.isDemo, act.replaces !== undefined)
          : act.kind === 'closure'
            ? closureRefusal(String(body['day']), today)
            : act.kind === 'election-day'
              ? electionRefusal(body, today)
              : announcementRefusal(String(body['on']), today);
      return own ?? replacing(act, within ?? db);
    },

    async enter(tx, act, also) {
      const entry: ActEntry = {
        at: taipeiTimestamp(clock.nowMs()),
        basis: basisOf(act),
        body: act.body as JsonValue,
        capacity: act.capacity,
        kind: act.kind,
        ...(act.replaces === undefined ? {} : { replaces: act.replaces }),
        v: 1,
        ...(act.why === undefined ? {} : { why: act.why }),
      };
      const [id] = await record.appendMany(tx, [entry, ...also]);
      if (id === undefined) throw new Error('an act without an id');
      if (act.kind === 'closure') await initiatives.extendPeriods(tx);
      return id;
    },
  };
}

const announcementRefusal = (on: string, today: string): LawRefusal | undefined =>
  on > today
    ? refuse(
        'not-yet-the-day',
        '平台規則：公告自登錄時起公開',
        `公告日期 ${on} 尚未到來；今日為 ${today}。`,
        `The day ${on} has not come; today is ${today}. An announcement is public from its entry on.`,
      )
    : undefined;

/** An announced day that is to come, or was already past when a wrong one is mended. */
const electionRefusal = ({ on, day }: Body, today: string): LawRefusal | undefined =>
  String(on) <= today && String(on) <= String(day)
    ? undefined
    : refuse(
        'not-yet-the-day',
        VOTE_DAY,
        `公告日 ${String(on)} 不得晚於今日 ${today}，亦不得晚於投票日 ${String(day)}；投票日公告後方得登錄。`,
        `The announcement of ${String(on)} cannot be after today ${today}, nor after the election on ${String(day)}: a day is entered once it was announced.`,
      );

const closureRefusal = (day: string, today: string): LawRefusal | undefined =>
  day > addLegalDays(today, 1)
    ? refuse(
        'not-yet-the-day',
        CLOSURE,
        `停止上班最早於前一日公布；${day} 之停止上班自 ${addLegalDays(day, -1)} 起方得登錄。`,
        `A closure is announced the day before at the earliest: that of ${day} may be entered from ${addLegalDays(day, -1)} on.`,
      )
    : undefined;

/** What a switch must rest on before it may be on, and that it does not reach back. */
function switchRefusal(
  { name, state, status, from }: SwitchBody,
  today: string,
  isDemo: boolean,
  isMending: boolean,
): LawRefusal | undefined {
  if (from < today && !isMending)
    return refuse(
      'too-late',
      SWITCHING,
      `開關不溯及既往：開始日最早為今日 ${today}。`,
      `A switch does not reach back: its first day is ${today} at the earliest.`,
    );
  if (status === 'demonstration' && !isDemo)
    return refuse(
      'wrong-capacity',
      SWITCHING,
      '「示範」僅用於示範系統；請載明法規、函釋，或專案預設之理由。',
      'A demonstration’s citation is for demonstrations only; cite a provision or an interpretation.',
    );
  if (state === 'off') return undefined;
  if (!BUILT_SWITCHES.includes(name))
    return refuse(
      'out-of-order',
      SWITCHING,
      '本平台尚未建置此項功能，開啟不起作用；建置完成前不得開啟。',
      'This platform does not have the thing yet, and switching it on would do nothing: it cannot be switched on before.',
    );
  if (name === 'electronic-proposal' && status === 'project-default')
    return refuse(
      'too-early',
      '公民投票法 §9 VI',
      '電子提案之方式與開始日期由主管機關公告；未有公告前不得以專案預設開啟，請載明公告文號。',
      'The authority announces manner and starting day of electronic proposals: cite that announcement. No project default switches it on.',
    );
  return undefined;
}
