/** A draft as strangers and trustees check it: recounted twice over, watched, opened and audited; and after its filing. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast, citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../packages/verify/src/cli.ts';
import { auditOf } from '../betrayals/trustees.ts';
import { openDraft, PROPOSERS_NEEDED } from '../builders/draft.ts';
import { sign } from '../builders/signer.ts';
import { AUDIT_KIT, havePython } from '../conformance/audit-kit/python.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { untilWitnessed } from '../witnesses/witnessed.ts';

let platform: TestPlatform;
let draft: string;
const PAPER = PROPOSERS_NEEDED - 3;
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

beforeAll(async () => {
  platform = await startPlatform({ witnesses: 3 });
  draft = await openDraft(platform);
  const { promiseKey } = await platform.sealer.health();
  writeFileSync(
    join(platform.directory, 'keys.txt'),
    `${[...platform.verifierKeys, promiseKey].join('\n')}\n`,
  );
  const on = new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
  await platform.running.proposals.recordPaper(draft, { on, count: PAPER, includesLead: false });
  for (const person of [cast.jiahao, citizen(821), citizen(822)]) {
    const answer = await sign(platform, person, draft);
    expect(answer.status).toBe(201);
    await untilWitnessed(platform, String(answer.body['commitment']));
    writeFileSync(join(platform.directory, 'own.tlog-proof'), String(answer.body['receipt']));
  }
});
afterAll(() => platform?.close());

async function verify(...args: readonly string[]) {
  let text = '';
  const say = (part: string) => {
    text += part;
  };
  const exit = await runCli(
    [...args, '--keys', 'keys.txt', '--policy', platform.policyFile ?? '', '--json'],
    {
      env: {},
      folder: platform.directory,
      programFolder: platform.directory,
      nowMs: () => platform.clock.nowMs(),
      out: say,
      err: say,
      isTerminal: false,
    },
  );
  return { exit, text };
}
const log = () => `${platform.url}/log`;

describe('a draft that collects proposers', () => {
  it('is counted alike by the record, the API, the page and two independent programs', async () => {
    const { exit, text } = await verify('count', draft, '--log', log());
    expect(exit, text).toBe(0);
    const { acts, compared, differences } = JSON.parse(text);
    expect(acts).toMatchObject({
      'proposal-signature': { counted: 3, channels: { electronic: 3, paper: PAPER } },
    });
    expect(differences).toEqual([]);
    expect(compared.map((one: { source: string; size?: number }) => [one.source, typeof one.size])).toEqual([
      ['counts', 'number'],
      ['api', 'number'],
      ['page', 'number'],
    ]);
    if (!havePython()) return;
    const trust = ['--keys', 'keys.txt', '--policy', platform.policyFile ?? '', '--json'];
    const kit = spawnSync('python3', [AUDIT_KIT, 'recount', draft, '--log', 'public/log', ...trust], {
      cwd: platform.directory,
      encoding: 'utf8',
    });
    expect(kit.status, kit.stdout + kit.stderr).toBe(0);
    expect(JSON.parse(kit.stdout)).toMatchObject({
      acts: { 'proposal-signature': { counted: 3, channels: { electronic: 3, paper: PAPER } } },
    });
  });

  it('gives receipts that prove a proposal and speak of one', async () => {
    const { exit, text } = await verify('receipt', 'own.tlog-proof', '--log', log());
    expect(exit, text).toBe(0);
    const verdict = JSON.parse(text);
    expect(verdict).toMatchObject({ code: 'counted', receipt: { caseNumber: draft } });
    expect(text).toContain('提案');
    expect(text).not.toContain('連署');
  });

  it('is opened by its trustees, who find every proposer once', async () => {
    expect(await auditOf({ platform, verify }, draft)).toMatchObject({ exit: 0, counted: 3, persons: 3 });
  });

  it('gives a monitor nothing to tell, while it collects and after it was filed', async () => {
    const watch = () =>
      verify('monitor', '--once', '--log', log(), '--state', 'watch.json', '--publish-every', '1');
    expect(await watch()).toEqual({ exit: 0, text: '' });
    const filed = await platform.running.proposals.file(draft);
    if (!filed.ok) throw new Error(filed.refusal.code);
    const { caseNumber } = filed.receipt;
    await vi.waitFor(
      async () => {
        const page = await (await fetch(`${platform.url}/drafts/${draft}`)).text();
        expect(page).toContain(`已提出，為第 ${caseNumber} 案`);
        expect((await verify('count', caseNumber, '--log', log())).exit).toBe(0);
      },
      { timeout: 60_000, interval: 500 },
    );
    expect(await watch()).toEqual({ exit: 0, text: '' });
    expect((await verify('count', draft, '--log', log())).exit).toBe(0);
  });
});
