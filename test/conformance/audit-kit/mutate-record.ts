import type { JsonValue } from '@lianshu/statement';
import {
  heldEntry,
  refusedEntry,
  sampleAct,
  sampleClosed,
  sampleDay,
  sampleFiled,
  sampleOpened,
  settledEntry,
  signatureEntry,
  voidEntry,
} from '../../../packages/verify/src/sample-record.ts';
import type { numbersFrom } from './mutate.ts';

export type Draw = ReturnType<typeof numbersFrom>;
type Members = Readonly<Record<string, JsonValue>>;

const paper = (townships: Members): JsonValue =>
  sampleAct('paper-batch', '2026-11-22T09:00:00', { act: 'joint-signature', townships }, '9901');

/** A case's whole course with every kind that numbers follow from; `more` further signatures of the first day. */
export function longCourse(more: number): readonly JsonValue[] {
  const head = [sampleFiled, sampleOpened, signatureEntry(1), heldEntry(2), signatureEntry(3), heldEntry(4)];
  const first = [...head, heldEntry(5), ...Array.from({ length: more }, (_, i) => signatureEntry(100 + i))];
  const at = first.length;
  return [
    ...first,
    sampleDay('2026-11-19'),
    settledEntry(3),
    refusedEntry(5),
    signatureEntry(6),
    sampleDay('2026-11-20'),
    sampleClosed,
    settledEntry(6),
    voidEntry(2),
    voidEntry(at + 1),
    paper({ '63000010': 12, '63000020': 3 }),
    paper({ '63000030': 1 }),
  ];
}

const VALUES: Readonly<Record<string, readonly JsonValue[]>> = {
  act: ['joint-signature', 'proposal-signature', 'held', null],
  at: [
    '2026-02-30T00:00:06+08:00',
    '2026-11-21T24:00:00+08:00',
    '2026-11-21T00:00:06+08:00',
    '2026-11-19T12:00:00+08:00',
    '2026-13-01T00:00:00+08:00',
    '2026-11-21',
    7,
  ],
  basis: ['', 'x', 7],
  body: [{}, { date: '2026-11-21' }, { date: '2026-11-31' }, { date: '2026-11-20', x: 1 }, null, []],
  capacity: ['operator', 'Operator', ''],
  case: ['9901', '9902', '99', 9901, '９９０１'],
  code: ['E_ID_NOT_BOUND', '1', ''],
  commitment: ['A'.repeat(43), 'B'.repeat(43), 'A'.repeat(42), '', 1],
  ground: ['not-eligible-age', 'deceased', 'a b'],
  index: [0, 2, 3, 5, 6, 7, 9, -1, 1.5, 10_000, '2'],
  kind: [
    'joint-signature',
    'proposal-signature',
    'held',
    'settled',
    'void',
    'day',
    'opened',
    'closed',
    'unheard-of',
    1,
  ],
  outcome: ['counted', 'refused', 'x'],
  replaces: [0, 10_000, -1],
  tag: ['A'.repeat(43), null],
  v: [1, 2, '1'],
};

/** Changes a course the way a careless or dishonest house could, and signs it all the same. */
export function mutateCourse(course: readonly JsonValue[], draw: Draw): readonly JsonValue[] {
  const out = [...course];
  const at = draw(out.length);
  const names = Object.keys(VALUES);
  switch (draw(7)) {
    case 0:
      out.splice(at, 1);
      break;
    case 1:
      out.splice(draw(out.length + 1), 0, out[at] ?? null);
      break;
    case 2: {
      const other = draw(out.length);
      [out[at], out[other]] = [out[other] ?? null, out[at] ?? null];
      break;
    }
    case 3:
    case 4: {
      const own = Object.keys((out[at] ?? {}) as Members);
      const name = own[draw(own.length)] ?? 'v';
      const values = VALUES[name] ?? [];
      out[at] = { ...(out[at] as Members), [name]: values[draw(values.length)] ?? null };
      break;
    }
    case 5: {
      const name = names[draw(names.length)] ?? 'v';
      const values = VALUES[name] ?? [];
      const { [name]: had, ...rest } = out[at] as Members;
      out[at] = had === undefined ? { ...rest, [name]: values[draw(values.length)] ?? null } : rest;
      break;
    }
    default: {
      const made = [
        voidEntry(draw(out.length)),
        settledEntry(draw(out.length)),
        refusedEntry(draw(out.length)),
      ];
      out.splice(draw(out.length + 1), 0, made[draw(made.length)] ?? null);
    }
  }
  return out;
}

/** Changes one published file: a byte, its length, or that it is there. */
export function mutateFiles(
  files: ReadonlyMap<string, Uint8Array>,
  draw: Draw,
): ReadonlyMap<string, Uint8Array> {
  const out = new Map(files);
  const paths = [...files.keys()];
  const path = paths[draw(paths.length)] ?? '';
  const bytes = files.get(path)?.slice() ?? new Uint8Array();
  const at = draw(bytes.length);
  switch (draw(5)) {
    case 0:
      out.set(path, bytes.subarray(0, at));
      break;
    case 1:
      out.delete(path);
      break;
    case 2:
      out.set(path, Uint8Array.from([...bytes.subarray(0, at), draw(256), ...bytes.subarray(at)]));
      break;
    default:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << draw(8));
      out.set(path, bytes);
  }
  return out;
}
