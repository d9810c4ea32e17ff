import type { Policy, PolicyGroup } from './policy.ts';
import { formatVerifierKey } from './verifier-key.ts';

/** Writes a policy so that `parsePolicy` reads it back equal. Throws for names or URLs that no text file holds. */
export function formatPolicy(policy: Policy): string {
  const rule = ({ threshold, members }: PolicyGroup): string =>
    threshold === members.length ? 'all' : threshold === 1 ? 'any' : String(threshold);
  const rows = [
    ...policy.logs.map(({ key, url }) => ['log', formatVerifierKey(key), url]),
    ...policy.witnesses.map(({ name, key, url }) => ['witness', name, formatVerifierKey(key), url]),
    ...policy.groups.map((group) => ['group', group.name, rule(group), ...group.members]),
    ['quorum', policy.quorum],
  ].map((row) => row.filter((item) => item !== undefined));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these
  const fits = (item: string): boolean => /^[^\x00-\x20\x7f]+$/.test(item) && item.isWellFormed();
  if (!rows.flat().every(fits)) throw new RangeError('not a policy that a text file can hold');
  return `${rows.map((row) => row.join(' ')).join('\n')}\n`;
}
