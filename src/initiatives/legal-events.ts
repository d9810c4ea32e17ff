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

/**
 * The legal events of a case, oldest first. A case whose earlier stages are not in this record (told from public
 * reports, or entered for the demonstration) is known from its collection on.
 */
export function legalEvents(acts: readonly RecordedAct[]): readonly LegalEvent[] {
  const replaced = new Set(acts.flatMap(({ replaces }) => (replaces === undefined ? [] : [replaces])));
  const standing = acts.filter(({ index }) => index === undefined || !replaced.has(index));
  const opened = standing.find(({ kind }) => kind === 'opened');
  const isWhole = standing.some(({ kind }) => kind === 'collection');
  if (opened !== undefined && !isWhole) return fromCollection(opened, standing);
  return standing.flatMap(({ kind, body, at }) => READERS[kind]?.(body as Body, at) ?? []);
}

/** `opened` alone tells the day of the collection, from which everything later follows. */
function fromCollection(opened: RecordedAct, acts: readonly RecordedAct[]): readonly LegalEvent[] {
  const { collectedOn, mode } = opened.body as Readonly<{ collectedOn: string; mode: string }>;
  const later = acts
    .slice(acts.indexOf(opened) + 1)
    .flatMap(({ kind, body, at }) => READERS[kind]?.(body as Body, at) ?? []);
  return [
    { kind: 'entered-before-collection', on: collectedOn },
    { kind: 'collected', on: collectedOn, mode: mode === 'electronic' ? 'code' : 'both' },
    { kind: 'url-obtained', on: collectedOn },
    ...later,
  ];
}
