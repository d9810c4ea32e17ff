import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lawPages } from './law-pages.ts';
import { RULE_PACKS } from './rule-pack.ts';

const folder = new URL('../../docs/law/packs/', import.meta.url);

it('docs/law/packs is what the packs say: run `node tools/law-docs.ts` after a change', () => {
  const pages = lawPages();
  expect([...readdirSync(folder)].sort()).toEqual([...pages.keys()].sort());
  for (const [name, page] of pages) expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(page);
});

it('every value of a newer pack that an older one lacks is unconfirmed there, not absent', () => {
  for (const { id, parameters } of RULE_PACKS)
    for (const [name, parameter] of Object.entries(parameters)) {
      expect(parameter.citation.length, `${id} ${name}`).toBeGreaterThan(2);
      if (parameter.value === undefined) expect(parameter.status, `${id} ${name}`).toBe('unconfirmed');
    }
});
