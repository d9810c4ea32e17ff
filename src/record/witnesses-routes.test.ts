import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, expect, it } from 'vitest';
import { policyText, witnessSigner } from '../../test/builders/scripted-witness.ts';
import { logSigners, START_MS } from '../../test/builders/test-log.ts';
import { taipeiTimestamp } from '../platform/time.ts';
import type { Site } from '../web/index.ts';
import { witnessesRoutes } from './witnesses-routes.tsx';
import { witnessingFile } from './witnessing.ts';

const site: Site = {
  demo: false,
  host: 'lianshu.invalid',
  assets: { css: { href: '/a.css' }, signScript: { href: '/s.js' }, receiptCheckScript: { href: '/r.js' } },
};
const directory = mkdtempSync(join(tmpdir(), 'lianshu-witnesses-'));
const server = fastify();
witnessesRoutes(server, {
  site,
  directory,
  clock: { nowMs: () => START_MS },
  logUrl: 'https://lianshu.invalid/log',
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The commands that the page shows. */
const command = async (url: string): Promise<string> => {
  const { body } = await server.inject({ url });
  return /<pre class="command"><code>([^<]*)/.exec(body)?.[1] ?? '';
};

it('lets nobody check this log with a policy that came from this log', async () => {
  for (const url of ['/witnesses', '/en/witnesses']) {
    const shown = await command(url);
    expect(shown).toContain('--policy policy.txt');
    expect(shown).not.toContain('/log/policy');
    expect(shown).not.toContain('/policy ');
  }
  expect((await server.inject('/witnesses')).body).toContain('請從見證人自己的網頁，或您信任的人那裡取得');
  expect((await server.inject('/en/witnesses')).body).toContain('from people you trust');
});

it('shows states that were added since, in words', async () => {
  const keys = logSigners().map(({ key }) => key);
  const { key } = witnessSigner('a.invalid');
  writeFileSync(join(directory, 'policy'), policyText(keys, [{ url: 'https://a.invalid', keys: [key] }], 1));
  for (const [state, words] of [
    ['bad-time', 'more than an hour off'],
    ['fault', 'could not deal with'],
  ] as const) {
    const witnesses = [{ key: key.name, name: 'w1', state }];
    const at = taipeiTimestamp(START_MS);
    const file = { at, policy: '', quorum: false, root: 'AA==', size: 1, v: 1 as const, witnesses };
    writeFileSync(join(directory, 'witnessing.json'), witnessingFile(file));
    const { body } = await server.inject('/en/witnesses');
    expect(body).toContain(`data-state="${state}"`);
    expect(body).toContain(words);
    expect(body).toContain('data-witnessed="no"');
  }
});
