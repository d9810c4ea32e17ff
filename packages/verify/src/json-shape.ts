import type { JsonValue } from '@lianshu/statement';

/**
 * What a JSON value must look like. Returns the place of the first thing that is otherwise, as a path such as
 * `/body/date` (`/` for the value itself), or undefined when all of it fits.
 */
export type Shape = (value: JsonValue | undefined, at?: string) => string | undefined;

const place = (at: string): string => (at === '' ? '/' : at);

/** A shape from a question about one value. */
const asked =
  (question: (value: JsonValue | undefined) => boolean): Shape =>
  (value, at = '') =>
    question(value) ? undefined : place(at);

/** Any text, or one that matches. */
export const text = (pattern?: RegExp): Shape =>
  asked((value) => typeof value === 'string' && (pattern?.test(value) ?? true));

/** A text of so many UTF-16 units. */
export const textOf = (least: number, most: number): Shape =>
  asked((value) => typeof value === 'string' && value.length >= least && value.length <= most);

/** A whole number up to 2^53 − 1. */
export const whole = (least: number): Shape =>
  asked((value) => Number.isSafeInteger(value) && Number(value) >= least);

export const flag: Shape = asked((value) => typeof value === 'boolean');

/** Any value at all, as long as there is one. */
export const present: Shape = asked((value) => value !== undefined);

/** One of these values and no other. */
export const oneOf = (...values: readonly (string | number | boolean)[]): Shape =>
  asked((value) => values.some((candidate) => candidate === value));

/** A list of any length, or of this one. */
export const listOf =
  (item: Shape, length?: number): Shape =>
  (value, at = '') => {
    if (!Array.isArray(value) || (length !== undefined && value.length !== length)) return place(at);
    for (const [i, each] of value.entries()) {
      const fault = item(each, `${at}/${i}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

/** A member that may be absent. */
export const optional =
  (shape: Shape): Shape =>
  (value, at = '') =>
    value === undefined ? undefined : shape(value, at);

/** An object as JSON has it. */
export function isObject(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member's name as it may be shown: it comes from outside. */
const nameOf = (name: string): string => (/^[\w-]{1,40}$/.test(name) ? name : '?');

/** An object with exactly these members. */
export const exactly =
  (members: Readonly<Record<string, Shape>>): Shape =>
  (value, at = '') => {
    if (!isObject(value)) return place(at);
    for (const name of Object.keys(value)) if (!Object.hasOwn(members, name)) return `${at}/${nameOf(name)}`;
    for (const [name, shape] of Object.entries(members)) {
      const fault = shape(Object.hasOwn(value, name) ? value[name] : undefined, `${at}/${name}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

/** An object whose names match and whose members all have one shape. */
export const mapOf =
  (name: RegExp, shape: Shape): Shape =>
  (value, at = '') => {
    if (!isObject(value)) return place(at);
    for (const [key, each] of Object.entries(value)) {
      const fault = name.test(key) ? shape(each, `${at}/${nameOf(key)}`) : `${at}/${nameOf(key)}`;
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

/** An object whose member `name` says which shape all of it has. */
export const byMember =
  (name: string, shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at = '') => {
    const tag = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    const shape = typeof tag === 'string' && Object.hasOwn(shapes, tag) ? shapes[tag] : undefined;
    return shape === undefined ? `${at}/${name}` : shape(value, at);
  };

/** One shape where the member is there, the other where it is not. */
export const withOrWithout =
  (name: string, there: Shape, absent: Shape): Shape =>
  (value, at = '') =>
    isObject(value) && Object.hasOwn(value, name) ? there(value, at) : absent(value, at);
