import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../../packages/statement/vectors/', import.meta.url);

it('openssl alone gives the golden commitments', (context) => {
  const found = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
  if (!/^OpenSSL [3-9]/.test(found)) {
    if (process.env['CI'] !== undefined) throw new Error('OpenSSL 3 is missing');
    console.warn('SKIPPED: golden commitments against openssl: OpenSSL 3 is not installed');
    context.skip();
  }
  const script = new URL('generate.sh', folder).pathname;
  const vector: unknown = JSON.parse(readFileSync(new URL('commitments.json', folder), 'utf8'));
  expect(JSON.parse(execFileSync('sh', [script], { encoding: 'utf8' }))).toEqual(vector);
});
