/** From the notice to open signing: affidavit, code, address, each refusal with its article. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASE, type ConsoleHouse, consoleHouse, personOf } from '../builders/console.ts';

let house: ConsoleHouse;
beforeEach(async () => {
  house = await consoleHouse();
});
afterEach(() => house.close());

const lead = (path: string, fields?: Readonly<Record<string, string>>) =>
  fields === undefined
    ? house.get('lead', `/console/${CASE}${path}`)
    : house.post('lead', `/console/${CASE}${path}`, fields);
const kinds = async () => (await house.acts()).map(({ kind }) => kind);
const codeOn = (html: string) => /data-code="?[^>]*>([0-9A-Z-]{23})</.exec(html)?.[1];

/** As the desk records an affidavit on paper. */
const handIn = (day: string) => house.commission(day, 'affidavit', { step: 'handed-in', on: day });

async function collectCode(day = '2026-04-05', mode = 'code'): Promise<string> {
  await house.toNotice();
  await handIn('2026-04-02');
  house.goTo(day);
  const { html } = await lead('/collect', { mode, confirm: 'yes' });
  const code = codeOn(html);
  if (code === undefined) throw new Error(html);
  return code;
}

describe('collecting', () => {
  it('waits for the notice, and then for the affidavit', async () => {
    const early = await lead('/collect', { mode: 'code', confirm: 'yes' });
    expect([early.status, early.html.includes('data-law="out-of-order"')]).toEqual([422, true]);
    await house.toNotice();
    house.goTo('2026-04-02');
    for (const confirm of ['no', 'yes']) {
      const page = await lead('/collect', { mode: 'both', confirm });
      expect(page.status).toBe(422);
      expect(page.html).toContain('電子連署及查對作業辦法 §4');
      expect(page.html).toContain('切結書');
    }
    expect(await kinds()).not.toContain('collection');
    expect((await lead('/collect', { mode: 'paper', confirm: 'yes' })).status).toBe(200);
    expect(await kinds()).toContain('collection');
  });

  it('is previewed with the six months, and enters nothing before it is confirmed', async () => {
    await house.toNotice();
    await handIn('2026-04-02');
    house.goTo('2026-04-05');
    const preview = await lead('/collect', { mode: 'code' });
    expect(preview.html).toContain('data-preview');
    expect(preview.html).toContain('2026-04-06 至 2026-10-05');
    expect(await kinds()).not.toContain('collection');
    expect((await lead('/collect', {})).html).toContain('href="#mode-code"');
  });

  it('tells the code once, keeps only a slow hash, and puts nothing of it into the record or a log', async () => {
    const code = await collectCode();
    expect(code).toMatch(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
    const again = await lead('/collect', { mode: 'code', confirm: 'yes' });
    expect(again.status).toBe(422);
    expect(again.html).toContain('data-law="already-done"');
    expect(codeOn(again.html)).toBeUndefined();
    expect((await lead('/collect')).html).not.toContain(code);
    const plain = code.replaceAll('-', '');
    const { rows } = await house.database.pool.query('select * from access_code');
    expect(rows).toHaveLength(1);
    const kept = JSON.stringify({ rows, acts: await house.acts(), lines: house.lines });
    for (const form of [code, plain]) expect(kept).not.toContain(form);
  });

  it('lapses after ten days, and says what that means', async () => {
    await house.toNotice();
    await handIn('2026-04-02');
    house.goTo('2026-04-12');
    const late = await lead('/collect', { mode: 'code', confirm: 'yes' });
    expect([late.status, late.html.includes('data-law="case-ended"')]).toEqual([422, true]);
    expect(late.html).toContain('公民投票法 §10 IX、§12 IV');
    const overview = await lead('');
    expect(overview.html).toContain('data-outcome="deemed-abandoned"');
    expect(overview.html).toContain('data-bar="deemed-abandoned"');
    expect(overview.html).toContain('2028-04-12');
  });

  it('may be done on the tenth day', async () => {
    await collectCode('2026-04-11');
    expect(await kinds()).toContain('collection');
  });

  it('adds the other mode later; the period stays and the case shows both', async () => {
    await collectCode();
    house.goTo('2026-07-01');
    const form = await lead('/collect');
    expect(form.html).toContain('data-collected="code"');
    expect(form.html).not.toContain('id="mode-both"');
    expect((await lead('/collect', { mode: 'paper' })).html).toContain('不因加領而延長');
    expect((await lead('/collect', { mode: 'paper', confirm: 'yes' })).html).toContain(
      'data-entered="collection"',
    );
    const course = await house.initiatives.course(CASE);
    expect([course?.signing?.lastDay, course?.modes]).toEqual(['2026-10-05', ['code', 'paper']]);
    expect((await lead('/collect', { mode: 'paper', confirm: 'yes' })).html).toContain(
      'data-law="already-done"',
    );
  });
});

describe('the signing address', () => {
  it('needs the code; then signing opens on the day after the collection and not on that day', async () => {
    const code = await collectCode();
    expect((await lead('/address', { code: '' })).html).toContain('href="#code"');
    const wrong = await lead('/address', { code: '00000-00000-00000-00000' });
    expect([wrong.status, wrong.html.includes('認證碼不符')]).toEqual([422, true]);
    expect(await kinds()).not.toContain('signing-address');
    const page = await lead('/address', { code: code.toLowerCase() });
    expect(page.html).toContain('data-signing-address');
    expect(page.html).toContain('https://lianshu.example/initiatives/9903/sign');
    expect(page.html).toContain('data-not-yet');
    expect((await kinds()).slice(-2)).toEqual(['signing-address', 'opened']);
    expect(await house.initiatives.findSignable(CASE)).toBe('closed');
    house.goTo('2026-04-06');
    expect(await house.initiatives.findSignable(CASE)).toMatchObject({ lastDay: '2026-10-05' });
    const again = await lead('/address', { code });
    expect(again.html).not.toContain('data-not-yet');
    expect((await kinds()).filter((kind) => kind === 'signing-address')).toHaveLength(1);
  });

  it('is locked for fifteen minutes after five wrong codes in a row', async () => {
    const code = await collectCode();
    for (let i = 0; i < 5; i++) await lead('/address', { code: `0000${i}-00000-00000-00000` });
    const locked = await lead('/address', { code });
    expect([locked.status, locked.html.includes('鎖定')]).toEqual([422, true]);
    house.goTo('2026-04-06');
    expect((await lead('/address', { code })).html).toContain('data-signing-address');
  });

  it('counts tries at the same moment', async () => {
    const code = await collectCode();
    const tries = Array.from({ length: 5 }, (_, i) =>
      house.console.checkCode(CASE, `0000${i}-00000-00000-00000`),
    );
    expect(new Set(await Promise.all(tries))).toEqual(new Set(['wrong']));
    expect(await house.console.checkCode(CASE, code)).toBe('locked');
  });

  it('is not locked by wrong codes of somebody else’s card, which lock that person alone', async () => {
    const code = await collectCode();
    const wrong = '00000-00000-00000-00000';
    const [stranger, other] = [personOf('stranger'), personOf('other')];
    for (let i = 0; i < 5; i++) expect(await house.console.checkCode(CASE, wrong, stranger)).toBe('wrong');
    expect(await house.console.checkCode(CASE, code, stranger)).toBe('locked');
    expect(await house.console.checkCode(CASE, wrong, other)).toBe('wrong');
    expect((await lead('/address', { code })).html).toContain('data-signing-address');
    expect(await house.console.checkCode(CASE, code, personOf('lead'))).toBe('ok');
    house.goTo('2026-04-06');
    expect(await house.console.checkCode(CASE, code, stranger)).toBe('ok');
  });

  it('takes a session that was opened with certificate and code', async () => {
    await collectCode();
    house.signedInWithCode('lead', '9999');
    expect((await lead('/address', {})).status).toBe(422);
    house.signedInWithCode('lead', CASE);
    expect((await lead('/address')).html).not.toContain('name="code"');
    expect((await lead('/address', {})).html).toContain('data-signing-address');
  });

  it('is not there before the code is', async () => {
    await house.toNotice();
    expect((await lead('/address')).html).toContain('data-law="out-of-order"');
    await lead('/collect', { mode: 'paper', confirm: 'yes' });
    const page = await lead('/address');
    expect(page.html).toContain('data-law="too-early"');
    expect(page.html).toContain('尚未領取系統認證碼');
  });
});

describe('a lost code', () => {
  it('is ended by the commission and drawn anew; the old one opens nothing', async () => {
    const old = await collectCode();
    house.goTo('2026-04-06');
    const began = house.nowMs();
    expect(await house.console.codeHolds(CASE, began)).toBe(true);
    const early = await lead('/code', { confirm: 'yes' });
    expect([early.status, early.html.includes('data-law="too-early"')]).toEqual([422, true]);
    await house.commission('2026-04-07', 'access-code', { step: 'ended', on: '2026-04-07' });
    expect(await house.console.checkCode(CASE, old)).toBe('none');
    expect(await house.console.codeHolds(CASE, began)).toBe(false);
    const { html } = await lead('/code', { confirm: 'yes' });
    const fresh = codeOn(html);
    expect(fresh).toBeDefined();
    expect(await house.console.checkCode(CASE, old)).toBe('wrong');
    // A session of the former code is no session of the new one.
    expect(await house.console.codeHolds(CASE, began)).toBe(false);
    expect(await house.console.codeHolds(CASE, house.nowMs())).toBe(true);
    expect(await house.console.checkCode(CASE, fresh ?? '')).toBe('ok');
    expect((await lead('/code', { confirm: 'yes' })).html).toContain('data-law="too-early"');
    expect((await kinds()).slice(-2)).toEqual(['access-code', 'access-code']);
  });
});
