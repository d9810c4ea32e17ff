/** Filing a proposal: short, without the lead proposer, twice, after its time; and what the case then holds. */
import { cast, citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProposals } from '../../src/proposals/index.ts';
import { readPublishedCount } from '../../src/record/index.ts';
import { openDraft, opening, PROPOSERS_NEEDED } from '../builders/draft.ts';
import { eventually } from '../builders/published-log.ts';
import { prepare, send, sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
const proposals = () => platform.running.proposals;
const today = () => new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
const paper = (count: number, includesLead = false) => ({ on: today(), count, includesLead });

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'] });
});
afterAll(() => platform?.close());

const entriesOf = async (number: string) => {
  const { rows } = await platform.database.pool.query<{ body: Uint8Array }>(
    'select body from entry where initiative = $1 and is_act order by id',
    [number],
  );
  return rows.map(({ body }) => JSON.parse(Buffer.from(body).toString()) as { kind: string; body: object });
};

describe('filing a proposal', () => {
  test('is refused while proposers are too few, and says how many are missing', async () => {
    const draft = await openDraft(platform);
    await sign(platform, cast.jiahao, draft);
    const filed = await proposals().file(draft);
    if (filed.ok) throw new Error('filed short');
    expect(filed.refusal).toMatchObject({ code: 'too-few', citation: '公民投票法 §10 I–II' });
    expect(filed.refusal.instead.en).toContain('1,954 too few');
    expect((await proposals().find(draft))?.state).toBe('collecting');
    // One below the threshold, and exactly at it.
    await proposals().recordPaper(draft, paper(PROPOSERS_NEEDED - 2));
    expect(await proposals().file(draft)).toMatchObject({ ok: false, refusal: { code: 'too-few' } });
    await proposals().recordPaper(draft, paper(1));
    expect((await proposals().file(draft)).ok).toBe(true);
  });

  test('needs the lead proposer among the proposers, on either way', async () => {
    const draft = await openDraft(platform);
    await sign(platform, citizen(310), draft);
    await proposals().recordPaper(draft, paper(PROPOSERS_NEEDED));
    expect(await proposals().file(draft)).toMatchObject({ ok: false, refusal: { code: 'lead-missing' } });
    await sign(platform, cast.jiahao, draft);
    expect((await proposals().file(draft)).ok).toBe(true);

    const { leadPerson: _, ...onPaper } = opening(platform);
    const other = await proposals().open(onPaper);
    if (!other.ok) throw new Error(other.refusal.code);
    await proposals().recordPaper(other.draft, paper(PROPOSERS_NEEDED));
    expect(await proposals().file(other.draft)).toMatchObject({ refusal: { code: 'lead-missing' } });
    await proposals().recordPaper(other.draft, paper(1, true));
    expect((await proposals().file(other.draft)).ok).toBe(true);
  });

  test('gives the next case number, keeps the very bytes that were signed, and happens once', async () => {
    const draft = await openDraft(platform);
    const late = await prepare(platform, citizen(311), draft);
    await sign(platform, cast.jiahao, draft);
    await sign(platform, citizen(312), draft);
    await proposals().recordPaper(draft, paper(PROPOSERS_NEEDED));
    const [first, second] = await Promise.all([proposals().file(draft), proposals().file(draft)]);
    const filed = first.ok ? first : second;
    const again = first.ok ? second : first;
    if (!filed.ok) throw new Error(filed.refusal.code);
    expect(again).toMatchObject({ ok: false, refusal: { code: 'already-filed' } });

    const { caseNumber, textDigest } = filed.receipt;
    const [frozen, text] = await Promise.all([
      proposals().textFile(draft),
      platform.running.initiatives.findTextFile(caseNumber, 1),
    ]);
    expect(text).toEqual(frozen);
    expect(new TextDecoder().decode(text)).toContain(`草案編號 ${draft}`);
    expect(await entriesOf(draft)).toMatchObject([
      { kind: 'proposal-opened', body: { textDigest } },
      { kind: 'paper-proposers' },
      { kind: 'proposal-closed', body: { outcome: 'filed', case: caseNumber } },
    ]);
    expect(await entriesOf(caseNumber)).toMatchObject([
      {
        kind: 'initiative-filed',
        body: { proposal: { draft, electronic: 2, paper: PROPOSERS_NEEDED }, origin: 'here' },
      },
      { kind: 'version', body: { version: 1, textDigest } },
    ]);
    const next = await proposals().file(await fullDraft());
    expect(next).toMatchObject({ ok: true, receipt: { caseNumber: String(Number(caseNumber) + 1) } });

    // What was offered before the filing and comes after it.
    const answer = await send(platform, draft, late);
    expect(answer).toMatchObject({ status: 409, body: { code: 'E_INITIATIVE_CLOSED' } });
    expect(String(answer.body['title'])).toContain('本草案現在不徵求提案人');
    const counted = await eventually(async () => {
      const count = await readPublishedCount(`${platform.directory}/public/log`, draft, 'proposal-signature');
      return count?.counted === 2 || undefined;
    });
    expect(counted).toBe(true);
  });

  test('is of a text that nobody can change while it collects', async () => {
    const draft = await openDraft(platform);
    const { pool } = platform.database;
    const change = `update initiative_version set main_text = 'x' where initiative = '${draft}'`;
    await expect(pool.query(change)).rejects.toThrow(/append-only/);
    const another = `insert into initiative_version select initiative, 2, text_file, text_sha256, main_text, published_at
                     from initiative_version where initiative = '${draft}'`;
    await expect(pool.query(another)).rejects.toThrow(/initiative_version_of_draft_frozen/);
  });

  test('is over when the draft was given up or its time has passed', async () => {
    const [given, late] = [await openDraft(platform), await openDraft(platform)];
    expect(await proposals().close(given, 'withdrawn')).toEqual({ ok: true });
    for (const act of [
      await proposals().close(given, 'withdrawn'),
      await proposals().file(given),
      await proposals().recordPaper(given, paper(1)),
    ])
      expect(act).toMatchObject({ ok: false, refusal: { code: 'not-collecting' } });
    expect((await sign(platform, citizen(313), late)).status).toBe(201);
    const prepared = await prepare(platform, citizen(314), late);
    platform.clock.moveBy(190 * 86_400_000);
    expect((await send(platform, late, prepared)).body).toMatchObject({ code: 'E_TX_EXPIRED' });
    expect((await proposals().find(late))?.state).toBe('ended');
    expect(await proposals().closeExpired(0)).toContain(late);
    expect(await proposals().closeExpired(0)).toEqual([]);
    expect((await proposals().find(late))?.state).toBe('expired');
    expect(await proposals().file('D99999')).toMatchObject({ ok: false, refusal: { code: 'unknown-draft' } });
    expect(await proposals().file('9901')).toMatchObject({ ok: false, refusal: { code: 'unknown-draft' } });
  });
});

async function fullDraft(): Promise<string> {
  const draft = await openDraft(platform);
  await proposals().recordPaper(draft, paper(PROPOSERS_NEEDED, true));
  return draft;
}

describe('opening a draft', () => {
  test('is refused outside a demonstration as long as no provision allows it', async () => {
    const real = createProposals({
      db: platform.database.db,
      clock: platform.clock,
      record: platform.running.record,
      initiatives: platform.running.initiatives,
      logUrl: '',
      publishedCount: async () => undefined,
      isDemo: false,
    });
    const outcome = await real.open(opening(platform));
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: 'not-enabled', citation: '公民投票法 §9 VI' },
    });
  });

  test('is refused for a text that no statement can carry', async () => {
    // Too many marks that are not counted: it is within the limit of characters and beyond that of a statement.
    for (const mainText of ['兩\n行', '主，，，，，，'.repeat(60), ' '])
      expect(await proposals().open(opening(platform, { text: { mainText, reasons: [] } }))).toMatchObject({
        ok: false,
        refusal: { code: 'text-not-signable' },
      });
  });

  test('gives each its own number when many are opened at once', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => proposals().open(opening(platform))));
    const numbers = opened.map((one) => (one.ok ? one.draft : ''));
    expect(new Set(numbers).size).toBe(8);
    expect([...numbers].sort().every((number) => /^D\d{5}$/.test(number))).toBe(true);
  });
});
