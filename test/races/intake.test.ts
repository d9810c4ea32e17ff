/** One person, many requests at once: the database decides, exactly once, whoever asks and however often. */
import { cast, citizen, signStatement } from '@lianshu/simulators';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Running } from '../../src/serve.ts';
import { heldSignatures } from '../builders/held.ts';
import { eventually, readPublishedLog } from '../builders/published-log.ts';
import { type Answer, offer, patiently, prepare, requestBody, send, sign } from '../builders/signer.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;
let second: Running;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'] });
  await platform.openCase(CASE);
  second = await platform.serveAnother({ surfaces: ['public'] });
});
afterAll(async () => {
  await second?.close();
  await platform?.close();
});
afterEach(() => {
  platform.identity.state.delayMs = 0;
  platform.identity.state.fault = 'none';
});

/** The same house as seen through its other process. */
const other = (): TestPlatform => ({ ...platform, url: second.url });

const indexOf = (answer: Answer) => (answer.body['included'] as { index?: number } | undefined)?.index;
const codeOf = (answer: Answer) => (answer.status === 201 ? 201 : String(answer.body['code']));

/** How many rows and published entries these commitments have. */
async function recorded(commitments: readonly string[], caseNumber = CASE) {
  const wanted = [...new Set(commitments)];
  const { rows } = await platform.database.pool.query<{ n: number }>(
    'select count(*)::int as n from joint_signature where initiative = $1 and commitment = any($2)',
    [caseNumber, wanted.map((each) => Buffer.from(each, 'base64url'))],
  );
  const { rows: pending } = await platform.database.pool.query<{ n: number }>(
    'select count(*)::int as n from entry where commitment = any($1)',
    [wanted.map((each) => Buffer.from(each, 'base64url'))],
  );
  return { rows: rows[0]?.n, entries: pending[0]?.n };
}

/** Distinct envelopes of one person, by the cards given in turn. */
async function envelopes(
  person: Parameters<typeof cardOf>[1],
  cards: readonly Awaited<ReturnType<typeof cardOf>>[],
  n: number,
) {
  return Promise.all(
    Array.from({ length: n }, async (_, i) => {
      const offered = await offer(platform, CASE, person.nationalId);
      const card = cards[i % cards.length];
      if (!card) throw new Error('no card');
      const signed = signStatement(card, offered.statement, {
        form: 'cms-attached',
        nonce: offered.transaction,
        nowMs: platform.clock.nowMs(),
      });
      return { offered, body: requestBody(CASE, offered, signed) };
    }),
  );
}

describe('one person, at once', () => {
  test('two hundred requests by two cards, through two processes: one signature', async () => {
    const person = cast.meiling;
    const cards = [
      await cardOf(platform, person),
      await platform.authority.issueCard(person, {
        label: 'second',
        issuer: 'SIM-MOICA-G2',
        reuseKeys: true,
      }),
    ];
    const made = await envelopes(person, cards, 40);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const envelope = made[i % made.length];
        if (!envelope) throw new Error('no envelope');
        return patiently(() => send(i % 2 === 0 ? platform : other(), CASE, envelope));
      }),
    );
    const taken = answers.filter(({ status }) => status === 201);
    expect(new Set(taken.map((answer) => answer.body['commitment'])).size).toBe(1);
    expect(new Set(taken.map(indexOf)).size).toBe(1);
    expect(taken).toHaveLength(5);
    expect(new Set(answers.map(codeOf))).toEqual(new Set([201, 'E_ALREADY_SIGNED']));
    expect(await recorded(made.map(({ body }) => String(body['recordCommitment'])))).toEqual({
      rows: 1,
      entries: 1,
    });
    const commitment = taken[0]?.body['commitment'];
    const published = await eventually(() => {
      const found = readPublishedLog(platform)?.entries.filter((e) => e['commitment'] === commitment);
      return found?.length ? found : undefined;
    });
    expect(published).toHaveLength(1);
  });

  test('the same body twenty times: one row, one commitment, one index', async () => {
    const prepared = await prepare(platform, citizen(1), CASE);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        patiently(() => send(i % 2 === 0 ? platform : other(), CASE, prepared)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map((answer) => answer.body['commitment'])).size).toBe(1);
    expect(new Set(answers.map(indexOf)).size).toBe(1);
    expect(await recorded([String(prepared.body['recordCommitment'])])).toEqual({ rows: 1, entries: 1 });
  });

  test('the same body twenty times while the identity service is silent: one held row', async () => {
    platform.identity.state.fault = 'silent';
    const prepared = await prepare(platform, citizen(2), CASE);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        patiently(() => send(i % 2 === 0 ? platform : other(), CASE, prepared)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    const { rows } = await platform.database.pool.query<{ n: number }>(
      'select count(*)::int as n from held_signature where commitment = $1',
      [Buffer.from(String(prepared.body['recordCommitment']), 'base64url')],
    );
    expect(rows[0]?.n).toBe(1);
    platform.identity.state.fault = 'none';
    // Two processes settle it at one moment: once.
    const held = heldSignatures(platform, CASE);
    const commitment = String(prepared.body['recordCommitment']);
    await eventually(async () => {
      const reports = await Promise.all([held.settleNow(), held.settleNow()]);
      const settled = reports.reduce((sum, report) => sum + report.settled, 0);
      expect(settled).toBeLessThanOrEqual(1);
      return settled === 1 || undefined;
    });
    expect(held.stuck).toEqual([]);
    expect(await held.tagsOf(commitment)).toBe(1);
  });

  test('two envelopes over one statement: the transaction is spent once', async () => {
    const person = citizen(3);
    const card = await cardOf(platform, person);
    const offered = await offer(platform, CASE, person.nationalId);
    const bodies = (['cms-attached', 'cms-detached'] as const).map((form) =>
      requestBody(
        CASE,
        offered,
        signStatement(card, offered.statement, {
          form,
          nonce: offered.transaction,
          nowMs: platform.clock.nowMs(),
        }),
        form,
      ),
    );
    const answers = await Promise.all(
      bodies.map((body, i) => patiently(() => send(i === 0 ? platform : other(), CASE, { body, offered }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.map(codeOf)).toContain('E_TX_USED');
  });
});

describe('many persons, at once', () => {
  test('sixty people through two processes: each once, and the counter agrees', async () => {
    const caseNumber = '9902';
    await platform.openCase(caseNumber);
    const people = Array.from({ length: 60 }, (_, i) => citizen(100 + i));
    const answers = await Promise.all(
      people.map((person, i) => patiently(() => sign(i % 2 === 0 ? platform : other(), person, caseNumber))),
    );
    expect(new Set(answers.map(codeOf))).toEqual(new Set([201]));
    expect(new Set(answers.map(indexOf)).size).toBe(60);
    const count = await eventually(async () => {
      const response = await fetch(`${platform.url}/v1/initiatives/${caseNumber}`);
      const body = (await response.json()) as { count: { electronic: number; checkpoint: { size: number } } };
      return body.count.electronic === 60 ? body.count : undefined;
    });
    const log = readPublishedLog(platform);
    const before = log?.entries.slice(0, count.checkpoint.size) ?? [];
    expect(before.filter((e) => e['case'] === caseNumber && e['kind'] === 'joint-signature')).toHaveLength(
      60,
    );
    const tags = log?.entries.flatMap((e) => (e['tag'] === undefined ? [] : [e['tag']])) ?? [];
    expect(new Set(tags).size).toBe(tags.length);
  });

  test.each([0, 40, 80])(
    'signing while the case is closed (%s ms after the end): in before it, or refused',
    async (afterMs) => {
      const caseNumber = String(9940 + afterMs / 40);
      await platform.openCase(caseNumber);
      const people = Array.from({ length: 24 }, (_, i) => citizen(200 + i));
      const made = await Promise.all(people.map((person) => prepare(platform, person, caseNumber)));
      platform.identity.state.delayMs = 60;
      await platform.database.pool.query('update initiative set closes_at = $2 where number = $1', [
        caseNumber,
        new Date(platform.clock.nowMs() + 60).toISOString(),
      ]);
      const answering = made.map(async (one, i) => {
        await new Promise((resolve) => setTimeout(resolve, i * 4));
        return patiently(() => send(i % 2 === 0 ? platform : other(), caseNumber, one));
      });
      await new Promise((resolve) => setTimeout(resolve, 60 + afterMs));
      // No grace: the worst that could happen.
      await eventually(async () => {
        const closed = await platform.running.initiatives.closeEnded(0);
        return closed.includes(caseNumber) || undefined;
      });
      const answers = await Promise.all(answering);
      for (const code of answers.map(codeOf)) expect([201, 'E_INITIATIVE_CLOSED']).toContain(code);
      const entries = await eventually(() => {
        const all = readPublishedLog(platform)?.entries.filter((e) => e['case'] === caseNumber);
        return all?.some((e) => e['kind'] === 'closed') ? all : undefined;
      });
      expect(entries.at(-1)?.['kind']).toBe('closed');
      const accepted = answers
        .filter(({ status }) => status === 201)
        .map((answer) => answer.body['commitment']);
      const logged = entries.filter((e) => e['kind'] === 'joint-signature').map((e) => e['commitment']);
      expect(new Set(logged)).toEqual(new Set(accepted));
      expect(logged).toHaveLength(accepted.length);
    },
  );
});
