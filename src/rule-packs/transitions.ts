/** 規則包之啟用: what the record says of the packs, and what it must say now. Pure. */
import { nationalPackOn } from '../law/index.ts';

/** What a `policy` entry says of rule packs. Older entries name ids only. */
export interface PolicyBody {
  readonly rulePacks: readonly string[];
  readonly release: string;
  /** SHA-256 of each pack, by id. */
  readonly packs?: Readonly<Record<string, string>>;
  /** The pack to which a case filed now is bound. */
  readonly inForce?: string;
}

/** One entry, with what it changed. */
export interface Transition {
  readonly at: string;
  readonly index: number | undefined;
  readonly release: string;
  /** The pack that came into force with it; undefined where that did not change. */
  readonly cameIntoForce: string | undefined;
  readonly added: readonly string[];
  /** Packs whose content is not what it was. */
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

type Told = Readonly<{ body: unknown; at: string; index?: number | undefined }>;

const bodiesOf = (acts: readonly Told[]) =>
  acts.flatMap((act) => {
    const body = act.body as PolicyBody;
    return body.packs === undefined ? [] : [{ act, body, packs: body.packs }];
  });

/** Every change of packs that the record tells, oldest first. */
export function transitionsOf(acts: readonly Told[]): readonly Transition[] {
  const told = bodiesOf(acts);
  return told.map(({ act, body, packs }, position) => {
    const before = told[position - 1];
    const former = before?.packs ?? {};
    return {
      at: act.at,
      index: act.index,
      release: body.release,
      cameIntoForce: body.inForce === before?.body.inForce ? undefined : body.inForce,
      added: Object.keys(packs).filter((id) => former[id] === undefined),
      changed: Object.keys(packs).filter((id) => former[id] !== undefined && former[id] !== packs[id]),
      removed: Object.keys(former).filter((id) => packs[id] === undefined),
    };
  });
}

/** The body that must be entered today; undefined where the newest entry says the same already. */
export function policyDue(
  acts: readonly Told[],
  packs: Readonly<Record<string, string>>,
  today: string,
  release: string,
): PolicyBody | undefined {
  const inForce = nationalPackOn(today)?.id;
  const newest = bodiesOf(acts).at(-1);
  const ids = Object.keys(packs).sort();
  const isSame =
    newest !== undefined &&
    newest.body.inForce === inForce &&
    Object.keys(newest.packs).length === ids.length &&
    ids.every((id) => newest.packs[id] === packs[id]);
  if (isSame) return undefined;
  return { rulePacks: ids, release, packs, ...(inForce === undefined ? {} : { inForce }) };
}
