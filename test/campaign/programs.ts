/** The programs a campaign starts and kills, bundled once: a process starts in a tenth of a second then. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Paths of the bundles, below the ignored folder `.lianshu/` of the checkout, which they must not leave. */
export type Programs = Readonly<{ house: string; prepare: string; remove(): void }>;

/** Not on the way of any program here: an optional native driver, and the test runner behind a test's builder. */
const OUTSIDE = ['pg-native', 'vitest'];
/** Packages in CommonJS ask for built-in modules by `require`. */
const REQUIRE =
  "import{createRequire as requireFrom_}from'node:module';const require=requireFrom_(import.meta.url);";

/** Bundles from the sources as they are now, with the packages from npm: one file is read faster than hundreds. */
export async function buildPrograms(): Promise<Programs> {
  mkdirSync(join(ROOT, '.lianshu'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.lianshu', 'campaign-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      house: 'test/campaign/house-process.ts',
      prepare: 'test/campaign/prepare-program.ts',
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    external: OUTSIDE,
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  return {
    house: join(folder, 'house.mjs'),
    prepare: join(folder, 'prepare.mjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
