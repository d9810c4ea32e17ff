/**
 * The server's table of kinds and the verifiers' second one, held against each other: the same kinds, and of each the
 * same bodies accepted and refused. A kind or member added on one side only fails here, before readers meet it.
 */
import type { JsonValue } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ACT_SHAPES } from '../../../packages/verify/src/entry-kinds.ts';
import { INITIATIVE_KINDS } from '../../../src/initiatives/index.ts';
import { APPROVAL_KIND } from '../../../src/officers/index.ts';
import { PROPOSAL_KINDS } from '../../../src/proposals/index.ts';
import { PLATFORM_KINDS } from '../../../src/record/entry.ts';
import { SWITCH_KIND } from '../../../src/switches/index.ts';

/** Kinds that verifiers know ahead of any server. */
const AHEAD = ['paper-batch', 'destruction'];

type Schema = Readonly<{
  type?: string;
  const?: JsonValue;
  enum?: readonly JsonValue[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  items?: Schema;
  minItems?: number;
  properties?: Readonly<Record<string, Schema>>;
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  required?: readonly string[];
  pattern?: string;
  format?: string;
  minLength?: number;
}>;

/** Texts of which one fits every pattern in use. */
const TEXTS = [
  '2026-11-21',
  'https://example.org/a',
  'ab'.repeat(32),
  '9901',
  'D00001',
  'example.org/log',
  'some text',
  '14:30',
  '63000010',
  'A'.repeat(22),
];

/** Whole values that a schema may describe: each branch, with all members and with the required ones only. */
function samplesOf(schema: Schema): readonly JsonValue[] {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return branches.flatMap(samplesOf);
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  switch (schema.type) {
    case 'object':
      return objectsOf(schema);
    case 'array':
      return [0, 1, schema.minItems ?? 2].flatMap((length) =>
        samplesOf(schema.items ?? {}).map((item) => Array.from({ length }, () => item)),
      );
    case 'string':
      return TEXTS;
    case 'boolean':
      return [true, false];
    default:
      return [0, 1, 7, -1, 1.5];
  }
}

function objectsOf(schema: Schema): readonly JsonValue[] {
  const { properties = {}, required = [], propertyNames, additionalProperties } = schema;
  if (propertyNames !== undefined && typeof additionalProperties === 'object') {
    const value = samplesOf(additionalProperties)[1] ?? 1;
    return [{}, ...samplesOf(propertyNames).map((name) => ({ [String(name)]: value }))];
  }
  const fitting = (of: Schema): readonly JsonValue[] => samplesOf(of);
  const full = Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, fitting(of)]));
  const all: JsonValue[] = [];
  // Every member takes each of its samples once, beside the first good one of the others.
  const base = Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, goodOf(of)]));
  const least = Object.fromEntries(Object.entries(base).filter(([name]) => required.includes(name)));
  all.push(base, least);
  for (const [name, values] of Object.entries(full))
    for (const value of values) all.push({ ...base, [name]: value });
  return all;
}

/** A value that the schema accepts, by asking it. */
function goodOf(schema: Schema): JsonValue {
  const parse = z.fromJSONSchema(schema as never);
  const good = samplesOf(schema).find((value) => parse.safeParse(value).success);
  if (good === undefined) throw new Error(`no sample fits ${JSON.stringify(schema)}`);
  return good;
}

/** The sample, without each member, with one too many, and with each member replaced by other types. */
function bentOf(sample: JsonValue): readonly JsonValue[] {
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample))
    return [sample, null, [], {}, 'x'];
  const members = sample as Readonly<Record<string, JsonValue>>;
  const names = Object.keys(members);
  return [
    sample,
    { ...members, another: 1 },
    ...names.map((name) => Object.fromEntries(Object.entries(members).filter(([other]) => other !== name))),
    ...names.flatMap((name) => [null, -1, 'x', [], {}, true].map((value) => ({ ...members, [name]: value }))),
    ...names.flatMap((name) => {
      const inner = members[name];
      const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      return isObject ? bentOf(inner).map((value) => ({ ...members, [name]: value })) : [];
    }),
  ];
}

const server = [...PLATFORM_KINDS, ...INITIATIVE_KINDS, ...PROPOSAL_KINDS, APPROVAL_KIND, SWITCH_KIND];

describe('the kinds of entry', () => {
  it('are the same for the server and for its readers', () => {
    expect([...ACT_SHAPES.keys()].sort()).toEqual([...server.map(({ kind }) => kind), ...AHEAD].sort());
    for (const { kind, ofCase } of server) expect(ACT_SHAPES.get(kind)?.ofCase, kind).toBe(ofCase);
  });

  it.each(server.map(({ kind, body }) => ({ kind, body })))('$kind has the same bodies', ({ kind, body }) => {
    const samples = samplesOf(z.toJSONSchema(body, { io: 'input' }) as Schema);
    const shape = ACT_SHAPES.get(kind)?.body;
    let accepted = 0;
    for (const sample of samples.flatMap(bentOf)) {
      const isGood = body.safeParse(sample).success;
      const isOurs = shape?.(sample) === undefined;
      expect(isOurs, `${kind} ${JSON.stringify(sample)} ${shape?.(sample)}`).toBe(isGood);
      accepted += isGood ? 1 : 0;
    }
    expect(accepted, `${kind}: at least one body must be good`).toBeGreaterThan(0);
  });
});
