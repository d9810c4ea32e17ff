import { describe, expect, it } from 'vitest';
import { isTest, readSources, withoutComments } from './architecture/source-files.ts';

const KB = 1024;
const LARGEST = 16 * KB;
const USUAL = 8 * KB;

/** Written by a tool, as long as what it is written from. */
const GENERATED = [/\/db\/schema\.ts$/, /\.generated\.ts$/];
/** Tables, not code: read by look-up, so they may be longer than usual. Split by idea beyond the largest, as all are. */
const TABLES = [/-messages\.ts$/, /^src\/law\/.*-pack\.ts$/, ...GENERATED];

const FORBIDDEN_FOLDERS = /(^|\/)(utils?|helpers?|common|shared|misc|services|managers)\//;

const sources = readSources(
  ['packages', 'simulators', 'src', 'tools', 'test', 'bench'],
  ['ts', 'tsx', 'mjs', 'css'],
);
const bytesOf = (text: string) => Buffer.byteLength(text, 'utf8');
const isOneOf = (patterns: readonly RegExp[], path: string) => patterns.some((pattern) => pattern.test(path));

/** A file of re-exports alone. */
function isBarrel(text: string): boolean {
  const rest = withoutComments(text).replace(/^\s*export\s+(type\s+)?(\*|\{)[^;]*?\bfrom\s*'[^']+';?/gm, '');
  return rest.trim() === '' && /\bfrom\s*'/.test(text);
}

describe('file-size budgets', () => {
  it('keeps every source file under 16 KB', () => {
    const tooLong = sources.filter((file) => !isOneOf(GENERATED, file.path) && bytesOf(file.text) > LARGEST);
    expect(tooLong.map((file) => `${file.path}: ${bytesOf(file.text)} bytes`)).toEqual([]);
  });

  it('keeps nine of ten under 8 KB, stories of tests apart', () => {
    const program = sources.filter(
      (file) => !isOneOf(TABLES, file.path) && !isTest(file.path) && !file.path.startsWith('test/'),
    );
    const sizes = program.map((file) => bytesOf(file.text)).sort((a, b) => a - b);
    const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
    const usual = sizes.filter((size) => size <= USUAL).length / sizes.length;
    const long = program.filter((file) => bytesOf(file.text) > USUAL).map((file) => file.path);
    console.info(
      `budgets: ${sizes.length} files, median ${(median / KB).toFixed(1)} KB, ` +
        `${(usual * 100).toFixed(1)} % ≤ 8 KB, largest ${((sizes.at(-1) ?? 0) / KB).toFixed(1)} KB`,
    );
    expect(usual, `over 8 KB: ${long.join(', ')}`).toBeGreaterThanOrEqual(0.9);
  });

  it('exempts only what is a table: no function longer than a look-up', () => {
    const tables = sources.filter((file) => isOneOf(TABLES, file.path));
    const withLogic = tables.filter(
      (file) => (file.text.match(/\b(if|for|while|switch)\s*\(/g) ?? []).length > 3,
    );
    expect(withLogic.map((file) => file.path)).toEqual([]);
  });
});

describe('names and exports', () => {
  it('has no folder that is a drawer for everything', () => {
    expect(sources.map((file) => file.path).filter((path) => FORBIDDEN_FOLDERS.test(path))).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const odd = sources.filter(
      (file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(file.path.split('/').at(-1) ?? ''),
    );
    expect(odd.map((file) => file.path)).toEqual([]);
  });

  it('has no barrel but the faces called index.ts, and index.island.ts for browsers', () => {
    const barrels = sources.filter(
      (file) => !/\/index(\.island)?\.ts$/.test(file.path) && isBarrel(file.text),
    );
    expect(barrels.map((file) => file.path)).toEqual([]);
  });

  it('has no default export', () => {
    const found = sources.filter((file) =>
      /^export\s+default\b|^export\s*\{[^}]*\bas\s+default\b/m.test(withoutComments(file.text)),
    );
    expect(found.map((file) => file.path)).toEqual([]);
  });

  it('gives each production file to the build: no test code beside an import of vitest', () => {
    const leaks = sources.filter(
      (file) => !isTest(file.path) && /^import\b[^;]*'(vitest|fast-check)'/m.test(withoutComments(file.text)),
    );
    expect(leaks.map((file) => file.path)).toEqual([]);
  });

  it('recognises a barrel', () => {
    expect(isBarrel("/** All. */\nexport * from './a.ts';\nexport {\n  b,\n} from './b.ts';\n")).toBe(true);
    expect(isBarrel("export { a } from './a.ts';\nexport const b = 1;\n")).toBe(false);
    expect(isBarrel("import { a } from './a.ts';\na();\n")).toBe(false);
  });
});
