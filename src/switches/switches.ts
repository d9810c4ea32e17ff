/** 功能開關: what is on today, by the record. Code asks here and nowhere else. */
import type { Db, Tx } from '../platform/db/index.ts';
import type { PublicRecord, RecordedAct } from '../record/index.ts';
import { BUILT_SWITCHES, SWITCH_NAMES, type SwitchBody, type SwitchName } from './switch-record.ts';

/** How a switch stands on a day. Without an entry it is off, which is this project's default. */
export interface SwitchState {
  readonly name: SwitchName;
  readonly isOn: boolean;
  /** False where nothing of this platform asks it yet: whatever was entered has no effect. */
  readonly isBuilt: boolean;
  readonly minutes: number | undefined;
  /** First day on which it stands so; undefined where it never was switched. */
  readonly from: string | undefined;
  readonly status: SwitchBody['status'];
  readonly citation: string;
  /** Position of the entry in the log. */
  readonly index: number | undefined;
}

const UNSWITCHED: Readonly<Record<SwitchName, string>> = {
  'electronic-proposal': '公民投票法 §9 VI（提案之方式與開始日期由主管機關公告；尚未公告）',
  'mobile-certificate': '電子連署及查對作業辦法 §5（僅稱自然人憑證；行動自然人憑證未確認）',
  'reflection-period': '法律未規定；專案預設：不設',
};

const bodyOf = ({ body }: RecordedAct): SwitchBody => body as SwitchBody;

/** Entries that a later one replaced do not stand. */
const standing = (acts: readonly RecordedAct[]): readonly RecordedAct[] => {
  const replaced = new Set(acts.flatMap(({ replaces }) => (replaces === undefined ? [] : [replaces])));
  return acts.filter(({ index }) => index === undefined || !replaced.has(index));
};

/** How one switch stands on a day, from every entry of the kind, oldest first. The latest that has begun decides. */
function stateOn(acts: readonly RecordedAct[], name: SwitchName, day: string): SwitchState {
  const begun = standing(acts).filter((act) => bodyOf(act).name === name && bodyOf(act).from <= day);
  const last = begun.reduce<RecordedAct | undefined>(
    (latest, act) => (latest !== undefined && bodyOf(latest).from > bodyOf(act).from ? latest : act),
    undefined,
  );
  const isBuilt = BUILT_SWITCHES.includes(name);
  if (last === undefined)
    return {
      name,
      isOn: false,
      isBuilt,
      minutes: undefined,
      from: undefined,
      status: 'project-default',
      citation: UNSWITCHED[name],
      index: undefined,
    };
  const { state, minutes, from, status, citation } = bodyOf(last);
  return {
    name,
    isOn: isBuilt && state === 'on',
    isBuilt,
    minutes,
    from,
    status,
    citation,
    index: last.index,
  };
}

/** One switch for a module that knows no switches: how it was entered, undefined where it never was. */
export const enteredSwitch =
  (switches: Pick<Switches, 'on'>, name: SwitchName) =>
  async (day: string): Promise<Readonly<{ isOn: boolean; citation: string }> | undefined> => {
    const { isOn, citation, from } = await switches.on(name, day);
    return from === undefined ? undefined : { isOn, citation };
  };

/** What asks the record about switches. */
export interface Switches {
  /** How a switch stands on a legal day (Asia/Taipei); in the caller's transaction if given. */
  on(name: SwitchName, day: string, within?: Tx): Promise<SwitchState>;
  /** All of them on a day, and every entry so far, newest first. */
  all(day: string): Promise<Readonly<{ states: readonly SwitchState[]; entries: readonly RecordedAct[] }>>;
}

/** @example (await switches.on('electronic-proposal', legalDateOf(clock.nowMs()))).isOn */
export function createSwitches({
  db,
  record,
}: Readonly<{ db: Db; record: Pick<PublicRecord, 'actsOfKind'> }>): Switches {
  return {
    on: async (name, day, within) => stateOn(await record.actsOfKind(within ?? db, 'switch'), name, day),
    async all(day) {
      const acts = await record.actsOfKind(db, 'switch');
      return {
        states: SWITCH_NAMES.map((name) => stateOn(acts, name, day)),
        entries: acts.toReversed(),
      };
    },
  };
}
