/**
 * A form from the shape of an entry's body (as JSON Schema), and a body from what the form sends. The shape alone
 * decides what is valid: the form only asks.
 */
import type { JsonValue } from '@lianshu/statement';
import { z } from 'zod';
import type { ActKind } from '../record/index.ts';
import type { DeskAct } from './desk-acts.ts';

/** How a member is asked for. */
export type Input = 'day' | 'line' | 'link' | 'text' | 'lines' | 'number' | 'flag' | 'choice';

export interface FormField {
  readonly type: 'field';
  /** Path in the body, dots between members: `meeting.number`. Also the field's id and name. */
  readonly name: string;
  /** Without row numbers: what the label is found by. */
  readonly member: string;
  readonly input: Input;
  readonly choices: readonly string[];
  readonly isOptional: boolean;
  readonly most: number | undefined;
  /** Fewest characters, where the shape asks for more than one. */
  readonly least?: number | undefined;
}

/** A list whose items are objects: this many rows; empty ones are dropped. */
export interface FormRows {
  readonly type: 'rows';
  readonly name: string;
  readonly isOptional: boolean;
  readonly rows: readonly (readonly FormPart[])[];
}

export type FormPart = FormField | FormRows;

/** `meeting-late`: after the decision, or to come. `election-past`: before its own announcement. */
export interface FieldFault {
  readonly field: string;
  readonly code:
    | 'missing'
    | 'wrong'
    | 'too-long'
    | 'unticked'
    | 'personal'
    | 'meeting-late'
    | 'election-past';
}

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minLength?: number;
}

/** A hearing may have many disputed facts. */
const ROWS = 12;
const LINE = 200;

/** The branch of a union that these constants fit. */
function branchOf(schema: Schema, fixed: DeskAct['fixed']): Schema {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches === undefined) return schema;
  const found = branches.find((branch) =>
    Object.entries(fixed).every(([name, value]) => {
      const member = branch.properties?.[name];
      return member?.const === value || member?.enum?.includes(value) === true;
    }),
  );
  if (found === undefined) throw new RangeError(`no shape has ${JSON.stringify(fixed)}`);
  return found;
}

const inputOf = ({ type, enum: choices, format, maxLength, items, pattern }: Schema): Input => {
  if (choices !== undefined) return 'choice';
  if (type === 'boolean') return 'flag';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array' && items?.type === 'string') return 'lines';
  if (format === 'date') return 'day';
  if (format === 'uri') return 'link';
  if (pattern !== undefined && maxLength === undefined) return 'line';
  return maxLength !== undefined && maxLength <= LINE ? 'line' : 'text';
};

function partsOf(schema: Schema, at: string, member: string, isOptional: boolean): readonly FormPart[] {
  const { items, properties } = schema;
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([name, child]) =>
      partsOf(child, `${at}.${name}`, `${member}.${name}`, isOptional || !schema.required?.includes(name)),
    );
  if (schema.type === 'array' && items?.properties !== undefined) {
    const rows = Array.from({ length: Math.min(ROWS, schema.maxItems ?? ROWS) }, (_, i) =>
      partsOf(items, `${at}.${i}`, member, i > 0),
    );
    return [{ type: 'rows', name: at, isOptional, rows }];
  }
  const choices = schema.enum ?? [];
  const input = inputOf(schema);
  const { maxLength: most, minLength: least } = schema;
  return [{ type: 'field', name: at, member, input, choices, isOptional, most, least }];
}

/**
 * What the form of this act asks for, in the order the act names its members. `mustHave` are members that the shape
 * leaves open and the law does not: the meeting of what is decided in session.
 */
export function formOf(act: DeskAct, kind: ActKind, mustHave: readonly string[] = []): readonly FormPart[] {
  const shape = branchOf(z.toJSONSchema(kind.body, { unrepresentable: 'any' }) as Schema, act.fixed);
  return act.members.flatMap((name) => {
    const schema = name
      .split('.')
      .reduce<Schema | undefined>((within, member) => within?.properties?.[member], shape);
    if (schema === undefined) throw new RangeError(`${kind.kind} has no member ${name}`);
    const isInner = name.includes('.');
    const isAsked =
      isInner || shape.required?.includes(name) || act.required.includes(name) || mustHave.includes(name);
    const offered = act.offered?.[name];
    return partsOf(offered === undefined ? schema : { ...schema, enum: offered }, name, name, !isAsked);
  });
}

type Values = Readonly<Record<string, string>>;

const clean = (text: string | undefined): string =>
  (text ?? '').replace(/\r\n?/g, '\n').trim().normalize('NFC');

function readValue({ input }: FormField, text: string): JsonValue {
  switch (input) {
    case 'number':
      return /^\d{1,12}$/.test(text) ? Number(text) : text;
    case 'flag':
      return text === 'yes' ? true : text === 'no' ? false : text;
    case 'lines':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
    default:
      return text;
  }
}

type Draft = { [name: string]: Draft | JsonValue };

/** Puts a value where its path says. Paths come from the shape, never from the person. */
function put(target: Draft, path: readonly string[], value: JsonValue): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const next = target[head];
  const child: Draft =
    typeof next === 'object' && next !== null && !Array.isArray(next) ? (next as Draft) : {};
  target[head] = child;
  put(child, rest, value);
}

function fill(parts: readonly FormPart[], values: Values, into: Draft, strip = 0): boolean {
  let isAny = false;
  for (const part of parts) {
    if (part.type === 'rows') {
      const items = part.rows.flatMap((row) => {
        const item: Draft = {};
        return fill(row, values, item, part.name.split('.').length + 1) ? [item as JsonValue] : [];
      });
      if (items.length > 0 || !part.isOptional) put(into, part.name.split('.').slice(strip), items);
      isAny ||= items.length > 0;
      continue;
    }
    const text = clean(values[part.name]);
    // A list of lines may be empty and still must be there.
    if (text === '' && (part.input !== 'lines' || part.isOptional)) continue;
    put(into, part.name.split('.').slice(strip), readValue(part, text));
    isAny ||= text !== '';
  }
  return isAny;
}

/** What a form would have held to make this body: the other way round, for an entry that is to be corrected. */
export function valuesOf(body: unknown, at = ''): Readonly<Record<string, string>> {
  const inside = (name: string) => (at === '' ? name : `${at}.${name}`);
  if (Array.isArray(body))
    return body.every((item) => typeof item === 'string')
      ? { [at]: body.join('\n') }
      : Object.assign({}, ...body.map((item, i) => valuesOf(item, inside(String(i)))));
  if (typeof body === 'object' && body !== null)
    return Object.assign({}, ...Object.entries(body).map(([name, value]) => valuesOf(value, inside(name))));
  if (typeof body === 'boolean') return { [at]: body ? 'yes' : 'no' };
  return body === undefined || body === null ? {} : { [at]: String(body) };
}

export type Filled =
  | Readonly<{ ok: true; body: JsonValue }>
  | Readonly<{ ok: false; faults: readonly FieldFault[] }>;

/** The body that a filled-in form makes; `more` are members that were not asked for (a text's digest). */
export function bodyFrom(
  act: DeskAct,
  kind: ActKind,
  values: Values,
  more: Readonly<Record<string, JsonValue>> = {},
  mustHave: readonly string[] = [],
): Filled {
  const parts = formOf(act, kind, mustHave);
  const draft: Draft = { ...act.fixed, ...more };
  fill(parts, values, draft);
  const required = [...act.required, ...mustHave];
  const missing = required.filter((name) => {
    const value = draft[name];
    return value === undefined || (Array.isArray(value) && value.length === 0);
  });
  const fields = parts.flatMap((part) => (part.type === 'rows' ? [part, ...part.rows.flat()] : [part]));
  const fieldFor = (path: string) =>
    fields.find(({ name }) => name === path) ??
    fields.find(({ name }) => name.startsWith(`${path}.`)) ??
    fields.find(({ name }) => path.startsWith(`${name}.`));
  const parsed = kind.body.safeParse(draft);
  if (parsed.success && missing.length === 0) return { ok: true, body: parsed.data as JsonValue };
  const faults = new Map<string, FieldFault>();
  const leavesOf = (path: string) => {
    const leaves = fields.filter(
      (part) => part.type === 'field' && !part.isOptional && part.name.startsWith(`${path}.`),
    );
    return leaves.length > 0 ? leaves : [fieldFor(path) ?? { name: path }];
  };
  for (const name of missing)
    for (const { name: field } of leavesOf(name))
      if (clean(values[field]) === '') faults.set(field, { field, code: 'missing' });
  for (const issue of parsed.success ? [] : issuesOf(parsed.error.issues, act))
    for (const { name: field } of leavesOf(issue.path.map(String).join('.'))) {
      if (faults.has(field) || !fields.some(({ name }) => name === field)) continue;
      const isThere = clean(values[field]) !== '';
      const code = !isThere ? 'missing' : issue.code === 'too_big' ? 'too-long' : 'wrong';
      faults.set(field, { field, code });
    }
  return { ok: false, faults: [...faults.values()] };
}

/** In a union, the issues of the branch that is meant: the one whose constants hold. */
function issuesOf(issues: readonly z.core.$ZodIssue[], act: DeskAct): readonly z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue];
    const meant = issue.errors.find(
      (branch) =>
        !branch.some(
          ({ path, code }) =>
            Object.keys(act.fixed).includes(String(path[0])) || code === 'unrecognized_keys',
        ),
    );
    return meant ?? [];
  });
}
