import { toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { RULE_PACKS, type RulePack } from '../law/index.ts';

/** Any value as text, the same for the same value: members by name, whole numbers of any size. */
function textOf(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'absent';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${textOf(member)}`);
  return `{${members.join(',')}}`;
}

/** Hex SHA-256 of everything a pack says: values, citations, notes. */
export const packDigest = (pack: RulePack): string => toHex(sha256(utf8(textOf(pack))));

/** The digest of every pack of this program, by id. */
export const packDigests = (): Readonly<Record<string, string>> =>
  Object.fromEntries(RULE_PACKS.map((pack) => [pack.id, packDigest(pack)]));
