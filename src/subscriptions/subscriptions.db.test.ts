import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { type CaseAct, createInitiatives, INITIATIVE_KINDS, type Initiatives } from '../initiatives/index.ts';
import { openDatabase } from '../platform/db/index.ts';
import type { Mail, MailOutcome } from '../platform/mail.ts';
import { systemRandom } from '../platform/random.ts';
import { startOfLegalDay } from '../platform/time.ts';
import { publicRecord } from '../record/index.ts';
import { followerCipher, mailboxOf } from './follower-cipher.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { tellFollowers } from './tell-followers.ts';

const CASE = '9903';
const YATING = 'Yating@example.invalid';

let database: WorkerDatabase;
let intake: ReturnType<typeof openDatabase>;
let initiatives: Initiatives;
let subscriptions: Subscriptions;
let nowMs = 0;
let sent: Mail[] = [];
let outcome: MailOutcome = 'sent';
const warnings: string[] = [];
const clock = { nowMs: () => nowMs };
const cipher = followerCipher(systemRandom.bytes(32), systemRandom);

const goTo = (day: string): void => {
  nowMs = startOfLegalDay(day) + 12 * 3_600_000;
};
const turn = () =>
  tellFollowers({
    db: database.db,
    clock,
    initiatives,
    cipher,
    mail: {
      send: async (mail) => {
        if (outcome === 'sent') sent.push(mail);
        return outcome;
      },
      close: () => undefined,
    },
    publicOrigin: 'https://lianshu.invalid',
    isDemo: false,
    warn: (message) => warnings.push(message),
  });
const rows = async (table: 'subscription' | 'subscription_mail' | 'subscription_request') =>
  (await database.pool.query(`select * from ${table}`)).rows;
const linkIn = (mail: Mail | undefined, step: 'confirm' | 'stop'): string =>
  new RegExp(`/follow/${step}/([A-Za-z0-9_-]{43})`).exec(mail?.text ?? '')?.[1] ?? '';

beforeEach(async () => {
  database = await workerDatabase();
  await database.db.updateTable('record_condition').set({ state: 'serving' }).execute();
  intake = openDatabase({ connectionString: database.url, role: 'lianshu_intake', max: 2 });
  sent = [];
  outcome = 'sent';
  warnings.length = 0;
  goTo('2026-02-10');
  initiatives = createInitiatives({
    db: database.db,
    clock,
    record: publicRecord(INITIATIVE_KINDS),
    logUrl: '',
    publishedCount: async () => undefined,
  });
  await initiatives.file({
    caseNumber: CASE,
    filed: {
      subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    text: { heading: ['示範文字，非公告主文'], mainText: '你是否同意測試？', reasons: ['一、測試。'] },
  });
  // The public process has the narrow role and nothing else.
  subscriptions = createSubscriptions({ db: intake.db, clock, random: systemRandom, cipher });
});
afterEach(async () => {
  await intake.close();
  await database.drop();
});

const commission = (kind: string, body: CaseAct['body']): CaseAct => ({ kind, body, capacity: 'commission' });
async function enter(act: CaseAct): Promise<void> {
  const result = await initiatives.enter(CASE, act);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
}
async function follow(address = YATING): Promise<Mail | undefined> {
  await subscriptions.ask({ caseNumber: CASE, address, language: 'en' });
  await turn();
  const confirmation = sent.at(-1);
  await subscriptions.confirm(linkIn(confirmation, 'confirm'));
  return confirmation;
}

describe('following a case by mail', () => {
  it('confirms, tells each piece of news once, and stops with one step', async () => {
    const confirmation = await follow();
    expect(confirmation).toMatchObject({ to: YATING, language: 'en' });
    expect(sent).toHaveLength(1);
    await turn();
    expect(sent, 'the past is not told').toHaveLength(1);

    await enter(commission('decision', { decides: 'accepted', on: '2026-02-10' }));
    await turn();
    await turn();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.subject).toBe('[Lianshu] Case 9903: Stage: review');
    expect(sent[1]?.unsubscribe).toBe(`https://lianshu.invalid/en/follow/stop/${linkIn(sent[1], 'stop')}`);

    goTo('2026-04-13');
    await turn();
    expect(sent.at(-1)?.text).toContain('Overdue:');

    expect(await subscriptions.stop(linkIn(sent[1], 'stop'))).toBe(CASE);
    expect(await subscriptions.stop(linkIn(sent[1], 'stop'))).toBeUndefined();
    expect(await rows('subscription')).toEqual([]);
  });

  it('sends nothing but the confirmation to who does not confirm, and forgets them after a day', async () => {
    await subscriptions.ask({ caseNumber: CASE, address: YATING, language: 'zh-Hant-TW' });
    await turn();
    await enter(commission('decision', { decides: 'accepted', on: '2026-02-10' }));
    nowMs += 86_399_000;
    await turn();
    expect(sent).toHaveLength(1);
    const token = linkIn(sent[0], 'confirm');
    expect(await subscriptions.find(token)).toEqual({ caseNumber: CASE, isConfirmed: false });
    nowMs += 2_000;
    expect(await subscriptions.confirm(token)).toBeUndefined();
    await turn();
    expect(await rows('subscription')).toEqual([]);
    expect(await rows('subscription_request')).toEqual([]);
  });

  it('tells the outcome and then forgets everybody', async () => {
    await follow();
    await enter(
      commission('decision', {
        decides: 'inadmissible',
        on: '2026-02-10',
        reasons: { 'zh-Hant-TW': '不合格式' },
      }),
    );
    outcome = 'not-now';
    await turn();
    expect(await rows('subscription'), 'as long as the mail waits').toHaveLength(1);
    outcome = 'sent';
    nowMs += 61_000;
    await turn();
    expect(sent.at(-1)?.subject).toContain('Outcome: inadmissible');
    await turn();
    expect(await rows('subscription')).toEqual([]);
  });

  it('says the same to an outsider whatever the address does already, and limits what it causes', async () => {
    await follow();
    for (let n = 0; n < 20; n++)
      expect(await subscriptions.ask({ caseNumber: CASE, address: YATING, language: 'en' })).toBe('asked');
    await turn();
    await turn();
    expect(sent.filter(({ subject }) => subject.includes('already follow'))).toHaveLength(1);
    for (let n = 0; n < 20; n++) {
      await subscriptions.ask({ caseNumber: CASE, address: 'other@example.invalid', language: 'en' });
      await turn();
    }
    expect(sent.filter(({ to }) => to === 'other@example.invalid')).toHaveLength(6);
  });

  it('keeps a waiting link good when anybody asks again for the address', async () => {
    await subscriptions.ask({ caseNumber: CASE, address: YATING, language: 'en' });
    await turn();
    nowMs += 80_000_000;
    await subscriptions.ask({ caseNumber: CASE, address: YATING.toUpperCase(), language: 'zh-Hant-TW' });
    await turn();
    expect(await rows('subscription')).toHaveLength(1);
    const [first, again] = [linkIn(sent[0], 'confirm'), linkIn(sent[1], 'confirm')];
    expect(again).toBe(first);
    nowMs += 80_000_000;
    await turn();
    expect(await subscriptions.confirm(first), 'as long as the newer mail says').toBe(CASE);
    expect(await rows('subscription')).toHaveLength(1);
  });

  it('gives a new link where the old one has run out, removed or not', async () => {
    await subscriptions.ask({ caseNumber: CASE, address: YATING, language: 'en' });
    await turn();
    nowMs += 86_401_000;
    await subscriptions.ask({ caseNumber: CASE, address: YATING, language: 'en' });
    await turn();
    expect(await subscriptions.confirm(linkIn(sent[0], 'confirm'))).toBeUndefined();
    expect(await subscriptions.confirm(linkIn(sent[1], 'confirm'))).toBe(CASE);
  });

  it('sends one mailbox few questions a day, under whatever spellings and for whatever cases', async () => {
    for (let n = 0; n < 15; n++) {
      const address = n % 2 === 0 ? `mei.ling+${n}@example.invalid` : `m.eiling+${n}@EXAMPLE.invalid`;
      expect(await subscriptions.ask({ caseNumber: CASE, address, language: 'en' })).toBe('asked');
    }
    await turn();
    expect(sent).toHaveLength(8);
    await subscriptions.ask({ caseNumber: CASE, address: 'somebody.else@example.invalid', language: 'en' });
    await turn();
    expect(sent).toHaveLength(9);
    goTo('2026-02-12');
    await subscriptions.ask({ caseNumber: CASE, address: 'meiling@example.invalid', language: 'en' });
    await turn();
    expect(sent).toHaveLength(10);
  });

  it('takes no more in an hour from all together than the database allows, and says so', async () => {
    await database.pool.query(
      `insert into subscription_request (address, mailbox, asked_at)
       select sha256(n::text::bytea), sha256(n::text::bytea), $1::timestamptz from generate_series(1, 3000) n`,
      [new Date(nowMs).toISOString()],
    );
    const ask = () => subscriptions.ask({ caseNumber: CASE, address: YATING, language: 'en' });
    expect(await ask()).toBe('full');
    nowMs += 3_601_000;
    expect(await ask()).toBe('asked');
  });

  it('tries again with growing pauses and gives up after eight attempts', async () => {
    await follow();
    await enter(commission('decision', { decides: 'accepted', on: '2026-02-10' }));
    outcome = 'not-now';
    const attempts: number[] = [];
    for (let hour = 0; hour < 120; hour++) {
      await turn();
      attempts.push(Number((await rows('subscription_mail'))[0]?.attempts ?? 0));
      nowMs += 3_600_000;
    }
    expect(new Set(attempts)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 0]));
    expect(warnings).toEqual(['a mail was given up after 8 attempts']);
    expect(await rows('subscription'), 'who follows is kept').toHaveLength(1);
  });

  it('removes who has no mailbox', async () => {
    outcome = 'no-such-address';
    await subscriptions.ask({ caseNumber: CASE, address: YATING, language: 'en' });
    await turn();
    expect(await rows('subscription')).toEqual([]);
  });
});

describe('addresses of followers', () => {
  it('stand nowhere in the database, nor in what the program says', async () => {
    await follow();
    await enter(commission('decision', { decides: 'accepted', on: '2026-02-10' }));
    outcome = 'not-now';
    await turn();
    const all = [
      ...(await rows('subscription')),
      ...(await rows('subscription_mail')),
      ...(await rows('subscription_request')),
    ];
    const dump = all
      .flatMap((row) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
      .concat(warnings)
      .join('\n');
    expect(dump).toContain(CASE);
    for (const trace of ['ating', Buffer.from('ating').toString('hex'), linkIn(sent[0], 'stop')])
      expect(dump).not.toContain(trace);
    const [row] = (await database.pool.query('select id, sealed from subscription')).rows;
    expect(cipher.open('another row', row.sealed)).toBeUndefined();
    expect(cipher.open(row.id, row.sealed)?.address).toBe(YATING);
  });

  it('cannot be read or listed by the public process', async () => {
    await follow();
    for (const statement of [
      'select * from subscription',
      'select * from subscription_mail',
      'select * from subscription_request',
      'select * from subscription_news',
      'delete from subscription',
      'update subscription set confirmed_at = now()',
    ])
      await expect(intake.pool.query(statement), statement).rejects.toThrow('permission denied');
  });

  it('hash differently from case to case and from day to day', () => {
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
    const all = [
      cipher.personOf('9901', YATING),
      cipher.personOf('9902', YATING),
      cipher.addressOn('2026-02-10', YATING),
      cipher.addressOn('2026-02-11', YATING),
      cipher.mailboxOn('2026-02-10', YATING),
      cipher.mailboxOn('2026-02-11', YATING),
    ].map(hex);
    expect(new Set(all).size).toBe(6);
    expect(hex(cipher.personOf('9901', YATING.toLowerCase()))).toBe(all[0]);
  });

  it.each([
    ['a+1@example.invalid', 'a@example.invalid'],
    ['A.b.C+x+y@Example.invalid.', 'abc@example.invalid'],
    ['x@googlemail.com', 'x@gmail.com'],
    ['+@example.invalid', '+@example.invalid'],
    ['a+b@sub.example.invalid', 'a@sub.example.invalid'],
  ])('%s is counted as %s', (address, mailbox) => expect(mailboxOf(address)).toBe(mailbox));
});
