/**
 * From the acts of a case in the record to the events the law knows. One act may be several events or none; nothing
 * here decides anything: `src/law` does.
 */
import type { LegalEvent } from '../law/index.ts';
import type { RecordedAct } from './initiative-facts.ts';

type Body = Readonly<Record<string, unknown>>;

/** Bodies were checked against their schema when they were entered. */
type Read = (body: Body, at: string) => readonly LegalEvent[];

const on = (body: Body, at: string): string =>
  typeof body['on'] === 'string' ? body['on'] : at.slice(0, 10);

const DECISIONS: Readonly<Record<string, LegalEvent['kind']>> = {
  accepted: 'accepted',
  inadmissible: 'refused-inadmissible',
  correction: 'correction-ordered',
  conforming: 'found-conforming',
  rejected: 'rejected',
  established: 'established',
  'not-established': 'not-established',
};

const READERS: Readonly<Record<string, Read>> = {
  'initiative-filed': (body, at) => {
    if (body['origin'] === 'public-reports') return [];
    return [{ kind: 'filed', on: on(body, at) }];
  },
  delivered: (body, at) => [{ kind: 'delivered', on: on(body, at), route: body['route'] } as LegalEvent],
  decision: (body, at) => {
    const kind = DECISIONS[String(body['decides'])];
    if (kind === undefined) return [];
    const grounds = ((body['grounds'] ?? []) as readonly Readonly<{ ground: string }>[]).map(
      ({ ground }) => ground,
    );
    return [{ kind, on: on(body, at), grounds } as LegalEvent];
  },
  hearing: (body, at) => [
    { kind: body['step'] === 'held' ? 'hearing-held' : 'hearing-notified', on: on(body, at) },
  ],
  correction: (body, at) => [{ kind: 'corrected', on: on(body, at) }],
  'check-request': (body, at) => [
    { kind: body['of'] === 'proposers' ? 'proposers-sent' : 'signers-sent', on: on(body, at) },
  ],
  'check-result': (body, at) => [
    {
      kind: body['of'] === 'proposers' ? 'proposers-checked' : 'signers-checked',
      on: on(body, at),
      valid: Number(body['valid']),
      required: Number(body['required']),
    },
  ],
  supplement: (body, at) => [
    {
      kind: `${body['of'] === 'proposers' ? 'proposer-' : ''}supplement-${body['step'] === 'ordered' ? 'ordered' : 'filed'}`,
      on: on(body, at),
    },
  ],
  opinion: (body, at) => {
    if (body['step'] === 'amended') return [];
    const kind = body['step'] === 'requested' ? 'opinion-requested' : 'opinion-received';
    return [{ kind, on: on(body, at), agency: String(body['agency']) }];
  },
  'notice-to-collect': (body, at) => [{ kind: 'notified-to-collect', on: on(body, at) }],
  collection: (body, at) => [
    { kind: 'collected', on: on(body, at), mode: body['mode'] as 'paper' | 'code' | 'both' },
  ],
  affidavit: (body, at) => [{ kind: 'applied-for-system', on: on(body, at) }],
  'access-code': (body, at) => [
    { kind: body['step'] === 'ended' ? 'code-ended' : 'code-issued', on: on(body, at) },
  ],
  'signing-address': (body, at) => [{ kind: 'url-obtained', on: on(body, at) }],
  'roster-filed': (body, at) => [{ kind: 'roster-filed', on: on(body, at) }],
  'raw-count': (body, at) => [
    {
      kind: 'raw-counted',
      on: on(body, at),
      count: Number(body['electronic']) + Number(body['paper']),
      required: Number(body['required']),
      isBound: body['isBound'] === true,
    },
  ],
  withdrawal: (body, at) => [
    {
      kind: 'withdrawn',
      on: on(body, at),
      agreeing: Number(body['agreeing']),
      proposers: Number(body['proposers']),
    },
  ],
  stop: (body, at) => [{ kind: 'stopped', on: on(body, at) }],
  suspension: (body, at) => [
    { kind: body['step'] === 'begun' ? 'suspended' : 'resumed', on: on(body, at), by: String(body['court']) },
  ],
  vote: (body, at) => {
    if (body['step'] === 'announced')
      return [{ kind: 'vote-announced', on: on(body, at), vote: String(body['vote']) }];
    if (body['step'] === 'held') return [{ kind: 'vote-held', on: on(body, at) }];
    return [{ kind: 'result-announced', on: on(body, at), passed: body['passed'] === true }];
  },
};

/** An act that stands, and the events the law reads in it. */
export interface ReadAct {
  readonly act: RecordedAct;
  readonly events: readonly LegalEvent[];
}

/**
 * The acts that stand: one that replaces another stands in its place, as if the former were absent. Of a chain of
 * replacements the newest stands where the first stood.
 */
export function standingActs<Act extends RecordedAct>(acts: readonly Act[]): readonly Act[] {
  const indexes = new Set(acts.map(({ index }) => index));
  const newer = new Map(acts.map((act) => [act.replaces, act] as const));
  const newest = (act: Act): Act => {
    const next = act.index === undefined ? undefined : newer.get(act.index);
    // Only what came later replaces: a record that says otherwise is not followed round in a circle.
    return next === undefined || (next.index !== undefined && next.index <= (act.index ?? 0))
      ? act
      : newest(next);
  };
  return acts
    .filter(({ replaces }) => replaces === undefined || !indexes.has(replaces))
    .map((act) => newest(act));
}

/** Every standing act with its events, in the order in which the law judges them. */
export function readActs(acts: readonly RecordedAct[]): readonly ReadAct[] {
  const standing = standingActs(acts);
  const read = (act: RecordedAct): ReadAct => ({
    act,
    events: READERS[act.kind]?.(act.body as Body, act.at) ?? [],
  });
  const opened = standing.find(({ kind }) => kind === 'opened');
  const isWhole = standing.some(({ kind }) => kind === 'collection');
  if (opened === undefined || isWhole) return standing.map(read);
  const later = standing.slice(standing.indexOf(opened) + 1).map(read);
  return [{ act: opened, events: fromCollection(opened) }, ...later];
}

/**
 * The legal events of a case, oldest first. A case whose earlier stages are not in this record (told from public
 * reports, or entered for the demonstration) is known from its collection on.
 */
export const legalEvents = (acts: readonly RecordedAct[]): readonly LegalEvent[] =>
  readActs(acts).flatMap(({ events }) => events);

/** `opened` alone tells the day of the collection, from which everything later follows. */
function fromCollection(opened: RecordedAct): readonly LegalEvent[] {
  const { collectedOn, mode } = opened.body as Readonly<{ collectedOn: string; mode: string }>;
  return [
    { kind: 'entered-before-collection', on: collectedOn },
    { kind: 'collected', on: collectedOn, mode: mode === 'electronic' ? 'code' : 'both' },
    { kind: 'url-obtained', on: collectedOn },
  ];
}
