/** The tables that say which test holds a promise: each test they name exists under that name. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ACT_SHAPES, COMPACT_SHAPES } from '../packages/verify/src/entry-kinds.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

/** Rows of every table of a page, as cells. */
const rowsOf = (path: string): readonly (readonly string[])[] =>
  read(path)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

it('test/README.md names tests that are there', () => {
  const rows = rowsOf('test/README.md').filter(([, file]) => file?.startsWith('`'));
  expect(rows.length).toBeGreaterThan(50);
  const missing = rows.filter(([, file = '', name = '']) => {
    const path = file.replaceAll('`', '');
    return name === '' || !existsSync(`${ROOT}${path}`) || !read(path).includes(name);
  });
  expect(missing).toEqual([]);
});

it('docs/flows/case-life.md names tests and kinds of entry that are there', () => {
  const rows = rowsOf('docs/flows/case-life.md').filter((row) => row.length === 6 && row[0] !== 'Step');
  expect(rows.length).toBeGreaterThan(20);
  for (const [step, , , kinds = '', , file = ''] of rows) {
    expect([step, existsSync(`${ROOT}${file.replaceAll('`', '')}`)]).toEqual([step, true]);
    for (const [, kind = ''] of kinds.matchAll(/`([a-z-]+)`/g))
      expect([step, kind, ACT_SHAPES.has(kind) || COMPACT_SHAPES.has(kind)]).toEqual([step, kind, true]);
  }
});

it.each(['docs/guides/run-a-house.md', 'docs/guides/run-a-house.zh-TW.md'])(
  '%s tells every variable of the environment, and none that is not read',
  (guide) => {
    const [, declared = ''] =
      /const environment = z\.object\(\{(.*?)\n\}\);/s.exec(read('src/platform/config.ts')) ?? [];
    const names = [...declared.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(30);
    const told = read(guide);
    expect(names.filter((name) => !told.includes(`\`${name}`))).toEqual([]);
    const named = [...told.matchAll(/LIANSHU_[A-Z_]+/g)].map(([name]) => name);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  },
);
