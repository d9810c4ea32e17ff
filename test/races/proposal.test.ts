/** Signing against filing: whatever the order, the case is filed with exactly the proposers that were taken. */
import { cast, citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDraft, PROPOSERS_NEEDED } from '../builders/draft.ts';
import { prepare, send, sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'] });
});
afterAll(() => platform?.close());

/** With a receipt, or on a busy machine with the promise of one. */
const isTaken = ({ status }: { readonly status: number }): boolean => status === 201 || status === 202;

test('a draft filed while people sign counts every one who was told yes, and no other', async () => {
  const { proposals } = platform.running;
  const draft = await openDraft(platform);
  const on = new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
  await proposals.recordPaper(draft, { on, count: PROPOSERS_NEEDED, includesLead: false });
  expect(isTaken(await sign(platform, cast.jiahao, draft))).toBe(true);
  const prepared = await Promise.all(
    Array.from({ length: 16 }, (_, i) => prepare(platform, citizen(700 + i), draft)),
  );
  const sent = prepared.map((one) => send(platform, draft, one));
  // Once some have been answered and others are on their way.
  await Promise.race(sent);
  const filings = await Promise.all([proposals.file(draft), proposals.file(draft), proposals.file(draft)]);
  const answers = await Promise.all(sent);

  const filed = filings.filter(({ ok }) => ok);
  expect(filed.length).toBe(1);
  const taken = answers.filter(isTaken).length;
  for (const answer of answers)
    if (!isTaken(answer)) expect([answer.status, answer.body['code']]).toEqual([409, 'E_INITIATIVE_CLOSED']);
  const { rows } = await platform.database.pool.query<{ electronic: number; stored: number }>(
    `select (select (convert_from(body, 'UTF8')::jsonb #>> '{body,proposal,electronic}')::int
               from entry where kind = 'initiative-filed') as electronic,
            (select count(*)::int from joint_signature where initiative = $1) as stored`,
    [draft],
  );
  expect(rows[0]).toEqual({ electronic: taken + 1, stored: taken + 1 });
});

test('a person who sends two proposals at once is one proposer', async () => {
  const draft = await openDraft(platform);
  const twice = await Promise.all([
    prepare(platform, citizen(720), draft),
    prepare(platform, citizen(720), draft),
  ]);
  const answers = await Promise.all(twice.map((one) => send(platform, draft, one)));
  expect(answers.filter(isTaken).length).toBe(1);
  expect(answers.filter(({ body }) => body['code'] === 'E_ALREADY_SIGNED').length).toBe(1);
  expect((await platform.running.proposals.standing(draft))?.electronic).toBe(1);
});
