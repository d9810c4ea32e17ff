import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findBreaches, findCycles, touches } from './architecture/check-sources.ts';
import { ALLOWED_EDGES, RESERVES } from './architecture/dependency-rule.ts';
import { BREACHES, PERMITTED } from './architecture/made-up-sources.ts';
import { importsOf, ROOT, readSources } from './architecture/source-files.ts';

const sources = readSources(['packages', 'simulators', 'src'], ['ts', 'tsx']);

describe('the dependency rule', () => {
  it('holds in every source file', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(findBreaches(sources)).toEqual([]);
  });

  it('leaves no cycle between files', () => {
    expect(findCycles(sources)).toEqual([]);
  });

  it('allows no cycle between units', () => {
    const settled = new Set<string>();
    const waiting = new Map(ALLOWED_EDGES);
    for (let progress = true; progress; ) {
      const ready = [...waiting].filter(([, uses]) => uses.every((use) => settled.has(use)));
      for (const [unit] of ready) settled.add(unit) && waiting.delete(unit);
      progress = ready.length > 0;
    }
    expect([...waiting.keys()]).toEqual([]);
  });

  it('names only folders that exist, and ARCHITECTURE.md names them all', () => {
    const page = readFileSync(new URL('ARCHITECTURE.md', ROOT), 'utf8');
    for (const unit of ALLOWED_EDGES.keys()) {
      if (!unit.endsWith('.ts')) expect(existsSync(new URL(unit, ROOT)), unit).toBe(true);
      expect(page, unit).toContain(`\`${unit.replace(/^(src|packages)\//, '')}`);
    }
  });

  it('keeps no exception that nothing needs, and gives each a reason', () => {
    for (const reserve of RESERVES)
      for (const [path, reason] of reserve.exceptions ?? []) {
        const file = sources.find((one) => one.path === path);
        expect(file !== undefined && touches(file, reserve), `${path} still needs ${reserve.what}`).toBe(
          true,
        );
        expect(reason.length, path).toBeGreaterThan(20);
      }
  });
});

describe('the checker itself', () => {
  it.each(BREACHES)('sees: %s', (_title, path, text, says) => {
    expect(findBreaches([{ path, text }]).join('\n')).toMatch(says);
  });

  it.each(PERMITTED)('permits %s: %j', (path, text) => {
    expect(findBreaches([{ path, text }])).toEqual([]);
  });

  it('sees a cycle through three files, and none through types', () => {
    const ring = (keyword: string) => [
      { path: 'src/web/a.ts', text: "import { b } from './b.ts';" },
      { path: 'src/web/b.ts', text: "export { c } from './c.ts';" },
      { path: 'src/web/c.ts', text: `${keyword} { a } from './a.ts';` },
    ];
    expect(findCycles(ring('import'))).toEqual(['src/web/a.ts → src/web/b.ts → src/web/c.ts → src/web/a.ts']);
    expect(findCycles(ring('import type'))).toEqual([]);
  });

  it('reads every form of import', () => {
    const text = [
      "import './a.ts';",
      "import b, { type C } from './b.ts';",
      "export * as d from './d.ts';",
      "import type { E } from './e.ts';",
      "const f = await import('./f.ts');",
      "const from = 'x'; export const g = 'from';",
    ].join('\n');
    const found = importsOf({ path: 'src/web/x.ts', text }).map((one) => `${one.kind} ${one.target}`);
    expect(found.sort()).toEqual([
      'dynamic src/web/f.ts',
      'type src/web/e.ts',
      'value src/web/a.ts',
      'value src/web/b.ts',
      'value src/web/d.ts',
    ]);
  });
});

describe('decisions', () => {
  const pages = globSync('docs/adr/[0-9]*.md', { cwd: ROOT }).sort();
  const list = readFileSync(new URL('docs/adr/README.md', ROOT), 'utf8');

  it.each(pages)('%s is numbered, listed and honest', (path) => {
    const text = readFileSync(new URL(path, ROOT), 'utf8');
    const file = path.slice('docs/adr/'.length);
    expect(text.startsWith(`# ${file.slice(0, 4)} `)).toBe(true);
    expect(list).toContain(`(${file})`);
    for (const part of ['**Status:**', '## Context', '## Decision', '## Consequences', '### Negative'])
      expect(text, part).toContain(part);
  });

  it('are numbered without a gap', () => {
    expect(pages.map((path) => Number(path.slice(9, 13)))).toEqual(pages.map((_, index) => index + 1));
  });
});
