import { defineConfig } from 'vitest/config';

const jsx = { oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } } };

/** Vitest would leave one core of two idle. */
const BOTH_CORES = 2;

/**
 * `unit` is pure or in memory and finishes in seconds. `db` starts one PostgreSQL (test/database.ts).
 * `journeys` drives a real Chromium. `tools/test.mjs` runs them in that order.
 */
export default defineConfig({
  test: {
    // What was translated once is read from node_modules/ by every worker and every later run, by the file's content.
    experimental: { fsModuleCache: true },
    projects: [
      {
        ...jsx,
        test: {
          name: 'unit',
          isolate: false,
          maxWorkers: BOTH_CORES,
          // A hung test still ends; a busy machine alone fails none.
          testTimeout: 30_000,
          include: [
            'packages/**/*.test.ts',
            'simulators/**/*.test.ts',
            'src/**/*.test.{ts,tsx}',
            'test/*.test.ts',
          ],
          exclude: ['**/*.db.test.ts', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        ...jsx,
        test: {
          name: 'conformance',
          maxWorkers: BOTH_CORES,
          include: ['test/conformance/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...jsx,
        test: {
          name: 'db',
          maxWorkers: BOTH_CORES,
          include: [
            'src/**/*.db.test.ts',
            'test/{http,races,crash,constraints,witnesses,betrayals,campaign}/**/*.test.ts',
          ],
          globalSetup: ['test/database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...jsx,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: ['test/database.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
