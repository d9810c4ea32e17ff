/** The policy in force stands in the record; a malformed one keeps the house from starting. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readPublishedLog } from '../builders/published-log.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { get, PATIENT, untilWitnessing } from './witnessed.ts';

let platform: TestPlatform;
let original: string;
beforeAll(async () => {
  platform = await startPlatform({ witnesses: 2 });
  original = readFileSync(platform.policyFile ?? '', 'utf8');
});
afterAll(() => platform?.close());

const write = (text: string) => writeFileSync(platform.policyFile ?? '', text);

/** The key events about the policy that are public, oldest first, once `n` of them are. */
const policyEvents = (n: number) =>
  vi.waitFor(() => {
    const events = (readPublishedLog(platform)?.entries ?? [])
      .filter(({ kind }) => kind === 'key-event')
      .map(({ body }) => body as Readonly<Record<string, string>>)
      .filter(({ purpose }) => purpose === 'witness-policy');
    expect(events.length).toBeGreaterThanOrEqual(n);
    return events;
  }, PATIENT);

describe('the witness policy', () => {
  it('is an entry of the record, once, however often the house starts', async () => {
    const { policy } = await untilWitnessing(platform, ({ quorum }) => expect(quorum).toBe(true));
    expect(await policyEvents(1)).toEqual([{ event: 'in-use', purpose: 'witness-policy', sha256: policy }]);
    await platform.restartServer();
    expect(await policyEvents(1)).toHaveLength(1);
  });

  it('is entered again when it changes, and its public copy is the one in force', async () => {
    write(`${original}# a looser policy could hide behind an unchanged name\n`);
    await platform.restartServer();
    const [before, after] = await policyEvents(2);
    expect(after?.['sha256']).not.toBe(before?.['sha256']);
    const { policy } = await untilWitnessing(platform, (next) => expect(next.policy).toBe(after?.['sha256']));
    expect(policy).toBe(after?.['sha256']);
    expect((await get(platform, '/log/policy')).text).toContain('# a looser policy');
  });

  it('refuses the start when it is malformed, naming the line, and leaves what is public alone', async () => {
    const checkpoint = (await get(platform, '/log/checkpoint')).text;
    write(`${original}quorum none\n`);
    const refused = platform.serveAnother({ surfaces: ['sequencer'] });
    await expect(refused).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/line \d+: policy-second-quorum/),
    });
    expect((await get(platform, '/log/checkpoint')).text).toBe(checkpoint);
    write(original);
  });
});
