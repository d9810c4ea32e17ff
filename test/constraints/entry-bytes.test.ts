/** No role, not even the owner, enters bytes that the sequencer would count as something else, or stop at for good. */
import { canonicalJson, type JsonValue, toBase64Url } from '@lianshu/statement';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { actBytes, bytes, signatureBytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;
beforeAll(async () => {
  database = await workerDatabase();
});
afterAll(() => database?.drop());

type Statement = readonly [string, unknown[]];
type Members = Readonly<Record<string, JsonValue>>;

const row = (columns: Record<string, unknown>): Statement => [
  `insert into entry (${Object.keys(columns).join(', ')})
   values (${Object.keys(columns).map((_, i) => `$${i + 1}`)})`,
  Object.values(columns),
];
const L = bytes(32);
const L_TEXT = toBase64Url(L);
const TAG = toBase64Url(bytes(32, 3));
const said = (text: string) => new TextEncoder().encode(text);

const act = (body: Uint8Array, columns: Record<string, unknown> = {}): Statement =>
  row({ kind: 'decision', initiative: '9901', is_act: true, body, ...columns });
const decision = (members: Members = {}): Uint8Array => actBytes('decision', { case: '9901', ...members });
const counted = (columns: Record<string, unknown> = {}): Statement =>
  row({
    ...{ kind: 'joint-signature', initiative: '9901', commitment: L, is_act: false },
    ...{ body: signatureBytes(L), ...columns },
  });
const HELD = { act: 'joint-signature', case: '9901', commitment: L_TEXT, kind: 'held', v: 1 };
const held = (members: Members = {}, columns: Record<string, unknown> = {}): Statement =>
  counted({ kind: 'held', body: canonicalJson({ ...HELD, ...members }), ...columns });
const about = (kind: string, members: Members, columns: Record<string, unknown> = {}): Statement =>
  row({
    ...{ kind, initiative: '9901', is_act: false, about: 0 },
    body: canonicalJson({ act: 'joint-signature', case: '9901', index: 0, kind, v: 1, ...members }),
    ...columns,
  });
const REFUSED = { code: 'E_REVOKED', outcome: 'refused' };
const COUNTED = { outcome: 'counted', tag: TAG };
const GROUND = { ground: 'not-qualified' };
const RESULT = { ...GROUND, result: TAG };

describe('what an entry says is what its columns say', () => {
  it.each<readonly [string, readonly Statement[]]>([
    ['an act', [act(decision())]],
    [
      'an act with every kind of value',
      [act(decision({ body: { z: [1, -2, 0.5, null, true, '\n\u001f"\\/ 連署 😀'], a: {}, '\u00f6': [] } }))],
    ],
    [
      'an act in place of another',
      [act(decision(), { seq: 0 }), act(decision({ replaces: 0 }), { about: 0 })],
    ],
    ['a signature', [counted()]],
    [
      'a proposal',
      [
        counted({
          kind: 'proposal-signature',
          initiative: 'D00001',
          body: signatureBytes(L, { case: 'D00001', kind: 'proposal-signature' }),
        }),
      ],
    ],
    [
      'a held one, counted, excluded',
      [
        held({}, { seq: 0 }),
        about('settled', COUNTED, { seq: 1 }),
        about('void', { ...RESULT, index: 1 }, { about: 1 }),
      ],
    ],
    ['a held one, refused', [held({}, { seq: 0 }), about('settled', REFUSED)]],
    ['an exclusion', [counted({ seq: 0 }), about('void', GROUND)]],
  ])('takes %s', async (_, statements) => {
    expect(await verdict(database.pool, statements)).toBe('accepted');
  });

  it.each<readonly [string, readonly Statement[]]>([
    ['bytes that are no JSON', [act(said('hello'))]],
    ['bytes that are no UTF-8', [act(Uint8Array.of(34, 255, 34))]],
    ['a signature as an act', [act(signatureBytes(L), { kind: 'hearing' })]],
    ['an act that is not marked as one', [act(decision(), { is_act: false })]],
    ['a signature that is marked as an act', [counted({ is_act: true })]],
    ['another kind', [act(decision({ kind: 'stop' }))]],
    ['another case', [act(decision({ case: '9902' }))]],
    ['a case where the column has none', [act(decision(), { initiative: null })]],
    ['no case where the column has one', [act(actBytes('decision'))]],
    ['an act that replaces what its column does not name', [act(decision({ replaces: 0 }))]],
    ['an act in place of nothing', [act(decision({ replaces: 0 }), { about: 0 })]],
    ['an act in place of a signature', [counted({ seq: 0 }), act(decision({ replaces: 0 }), { about: 0 })]],
    [
      'an act without a time',
      [act(said('{"basis":"x","body":{},"capacity":"operator","case":"9901","kind":"decision","v":1}'))],
    ],
    ['a further member', [act(decision({ x: 1 }))]],
    ['white space', [act(said(`${new TextDecoder().decode(decision())} `))]],
    ['a member twice', [act(said(new TextDecoder().decode(decision()).replace('{"at"', '{"at":"x","at"')))]],
    [
      'a number in another form',
      [act(said(new TextDecoder().decode(decision({ body: 7 })).replace(':7', ':7.0')))],
    ],
    [
      'a text in another form',
      [act(said(new TextDecoder().decode(decision({ body: 'A' })).replace('"A"', '"\\u0041"')))],
    ],
    [
      'depth without end',
      [
        act(
          said(
            new TextDecoder()
              .decode(decision({ body: 7 }))
              .replace(':7', `:${'['.repeat(40)}${']'.repeat(40)}`),
          ),
        ),
      ],
    ],
    ['another commitment', [counted({ body: signatureBytes(bytes(32, 9)) })]],
    ['a signature of another case', [counted({ body: signatureBytes(L, { case: '9902' }) })]],
    ['a tag of another length', [counted({ body: signatureBytes(L, { tag: 'x' }) })]],
    [
      'a joint signature under a draft',
      [counted({ initiative: 'D00001', body: signatureBytes(L, { case: 'D00001' }) })],
    ],
    ['a held proposal under a case', [held({ act: 'proposal-signature' })]],
    ['a settlement of nothing', [about('settled', REFUSED)]],
    ['a settlement of a counted one', [counted({ seq: 0 }), about('settled', REFUSED)]],
    ['a settlement without an outcome', [held({}, { seq: 0 }), about('settled', {})]],
    ['a settlement with two', [held({}, { seq: 0 }), about('settled', { ...COUNTED, code: 'E_REVOKED' })]],
    ['a settlement of another index', [held({}, { seq: 0 }), about('settled', { ...REFUSED, index: 1 })]],
    ['an exclusion of nothing', [about('void', GROUND)]],
    [
      'an exclusion from a case of another',
      [counted({ seq: 0 }), about('void', { ...GROUND, case: '9902' }, { initiative: '9902' })],
    ],
    ['an exclusion of a held one', [held({}, { seq: 0 }), about('void', GROUND)]],
    [
      'an exclusion of a refused one',
      [
        held({}, { seq: 0 }),
        about('settled', REFUSED, { seq: 1 }),
        about('void', { ...GROUND, index: 1 }, { about: 1 }),
      ],
    ],
    ['an exclusion without a ground', [counted({ seq: 0 }), about('void', {})]],
  ])('refuses %s', async (_, statements) => {
    expect(await verdict(database.pool, statements)).toBe('entry_is_what_it_says');
  });

  it('refuses depth that no parser follows', async () => {
    const deep = act(said('['.repeat(30_000)));
    expect(await verdict(database.pool, [deep])).not.toBe('accepted');
  });
});
