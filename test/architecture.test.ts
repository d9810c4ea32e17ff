import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findBreaches, findCycles, touches } from './architecture/check-sources.ts';
import { ALLOWED_EDGES, RESERVES } from './architecture/dependency-rule.ts';
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

/** Made-up sources: the checker must see each breach, else its silence above means nothing. */
const BREACHES: readonly (readonly [title: string, path: string, text: string, says: RegExp])[] = [
  [
    'a package uses src',
    'packages/tlog/src/a.ts',
    "import { x } from '../../../src/platform/time.ts';",
    /not allowed/,
  ],
  [
    "a package's test uses src",
    'packages/tlog/src/a.test.ts',
    "import '../../../src/law/index.ts';",
    /without src/,
  ],
  [
    'a package uses the simulators',
    'packages/pki/src/a.ts',
    "import { x } from '@lianshu/simulators';",
    /not allowed/,
  ],
  ['der uses pki', 'packages/der/src/a.ts', "export * from '@lianshu/pki';", /not allowed/],
  ['statement does not stand alone', 'packages/statement/src/a.ts', "import '@lianshu/tlog';", /not allowed/],
  [
    'a package by its path',
    'src/signing/a.ts',
    "import '../../packages/tlog/src/index.ts';",
    /name the package/,
  ],
  ['test helpers in use', 'src/sealer/a.ts', "import { x } from '@lianshu/pki/testing';", /test helpers/],
  [
    'simulators use src',
    'simulators/src/a.ts',
    "import type { T } from '../../src/sealer/index.ts';",
    /not allowed/,
  ],
  ['platform uses a module', 'src/platform/a.ts', "import { x } from '../record/index.ts';", /not allowed/],
  ['platform uses web', 'src/platform/http/a.ts', "import { x } from '../../web/layout.tsx';", /not allowed/],
  ['web uses a module', 'src/web/a.tsx', "import {\n  x,\n} from '../signing/index.ts';", /not allowed/],
  ['law uses more than time', 'src/law/a.ts', "import { x } from '../platform/config.ts';", /only through/],
  ['record uses a module', 'src/record/a.ts', "import { x } from '../signing/index.ts';", /not allowed/],
  [
    'initiatives use the sealer',
    'src/initiatives/a.ts',
    "import { x } from '../sealer/index.ts';",
    /not allowed/,
  ],
  ['past the face', 'src/signing/a.ts', "import { x } from '../record/entry.ts';", /only through its index/],
  [
    'a module composes simulators',
    'src/signing/a.ts',
    "await import('@lianshu/simulators/ca');",
    /not allowed/,
  ],
  ['main loads the demo at once', 'src/main.ts', "import { demo } from './demo.ts';", /must be import\(\)/],
  ['a module without a line', 'src/rosters/a.ts', '', /no line in the table/],
  ['a module uses tools', 'src/signing/a.ts', "import '../../tools/build.mjs';", /not allowed/],
  ['SQL in a use case', 'src/signing/sign-initiative.ts', "import type { Kysely } from 'kysely';", /SQL/],
  ['SQL by the builder', 'src/signing/a.ts', "await db.selectFrom('entry').execute();", /SQL/],
  ['SQL by the driver', 'src/record/a.ts', "await client.query('listen entry');", /SQL/],
  ['unescaped HTML', 'src/web/a.tsx', '<p dangerouslySetInnerHTML={{ __html: text }} />', /unescaped HTML/],
  ['unescaped HTML in an island', 'src/signing/a.island.ts', 'panel.innerHTML = text;', /unescaped HTML/],
  ['SQL by the tag', 'src/signing/a.ts', 'await sql<{ n: number }>`select 1`.execute(db);', /SQL/],
  ['Fastify in a use case', 'src/signing/a.ts', "import type { FastifyRequest } from 'fastify';", /Fastify/],
  ['a Fastify plugin in a page', 'src/signing/sign-page.tsx', "import x from '@fastify/cookie';", /Fastify/],
  ['the environment', 'src/platform/db/a.ts', "const url = process.env['DATABASE_URL'];", /environment/],
  ['the clock', 'src/record/a.ts', 'const now = Date.now();', /clock/],
  ['the clock as a date', 'packages/pki/src/a.ts', 'const now = new Date();', /clock/],
  ['Temporal', 'src/law/a.ts', "import { Temporal } from 'temporal-polyfill';", /Temporal/],
  ['randomness', 'src/signing/a.ts', "import { randomBytes } from 'node:crypto';", /randomness/],
  ['randomness in a package', 'packages/seal/src/a.ts', 'crypto.getRandomValues(bytes);', /randomness/],
  ['randomness by chance', 'src/record/a.ts', 'const pick = Math.random();', /randomness/],
];

const PERMITTED: readonly (readonly [path: string, text: string])[] = [
  ['packages/pki/src/a.ts', "import { read } from '@lianshu/der';"],
  ['packages/pki/src/a.test.ts', "import { makeCa } from '@lianshu/simulators';"],
  [
    'src/signing/a.ts',
    "import {\n  type A,\n  b,\n} from '../record/index.ts';\nexport type { L } from '../law/index.ts';",
  ],
  ['src/law/a.ts', "import type { LegalDate } from '../platform/time.ts';"],
  ['src/main.ts', "const { demo } = await import('./demo.ts');"],
  ['src/demo-cases.ts', "import type { Case } from './initiatives/index.ts';"],
  ['packages/seal/src/a.ts', 'const epochId = start.randomBytes(16);'],
  ['packages/verify/src/lianshu-verify.ts', 'const verdict = judge(receipt, Date.now());'],
  ['src/demo.ts', "import { startSimulators } from '@lianshu/simulators';"],
  ['src/signing/joint-signature-store.ts', "import { sql } from 'kysely';"],
  ['src/signing/signing.ts', "import type { FastifyInstance } from 'fastify';"],
  ['src/signing/sign-page.island.ts', 'const s = crypto.getRandomValues(new Uint8Array(32));'],
  [
    'src/signing/a.ts',
    '/** Never `Date.now()`; see `import x from "kysely"`. */\nconst at = new Date(receivedAtMs);',
  ],
  [
    'src/signing/a.ts',
    "// import { x } from 'fastify';\nconst url = 'https://example.invalid/a'; // process.env",
  ],
];

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
