import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';

it('schema.ts is what tools/db-types.ts makes of the migrations', () => {
  const tool = fileURLToPath(new URL('../../../tools/db-types.ts', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [tool, '--check'], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: inject('database').adminUrl },
  });
  expect(stderr.replace(/.*Warning.*\n/g, '')).toBe('');
  expect(status).toBe(0);
});
