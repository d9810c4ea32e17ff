/** 切結書 by card: offered to one session, verified and sealed elsewhere, kept and entered together, once. */
import { statementKind } from '@lianshu/statement';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASE, type ConsoleHouse, consoleHouse, personOf } from '../builders/console.ts';

let house: ConsoleHouse;
beforeEach(async () => {
  house = await consoleHouse();
});
afterEach(() => house.close());

const at = (path: string, number = CASE) => `/console/${number}${path}`;
const lead = (path: string, fields?: Readonly<Record<string, string>>) =>
  fields === undefined ? house.get('lead', at(path)) : house.post('lead', at(path), fields);
const bodies = async (kind: string) =>
  (await house.acts()).filter((act) => act.kind === kind).map(({ body }) => body as Record<string, unknown>);

/** A form as a browser sends it with a file field. */
async function sign(person: string, fields: Readonly<Record<string, string>>, file?: Uint8Array) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append('signature', new Blob([Uint8Array.from(file)]), 'a.p7m');
  return house.send(person, at('/affidavit'), form);
}

describe('the affidavit by card', () => {
  const file = Buffer.from('MAA=', 'base64');
  const offered = async () => {
    const { html } = await lead('/affidavit');
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
    return {
      html,
      fields: { nationalId: 'A123456789', token: value('token') },
    };
  };

  it('offers its own statement only once it may be filed', async () => {
    expect((await lead('/affidavit')).html).toContain('data-law="out-of-order"');
    await house.toNotice();
    const { html, fields } = await offered();
    const [, statement = ''] = /data-statement="([^"]*)"/.exec(html) ?? [];
    expect(statementKind(new TextEncoder().encode(statement))).toBe('affidavit');
    expect(statement).toContain(`案號：${CASE}`);
    expect(fields.token).toMatch(/^[\w-]{75}$/);
    expect(statement).toMatch(/\n交易序號：[\w-]{22}\n$/);
    expect((await house.get('lead', `/en${at('/affidavit')}`)).html).toContain('Translation');
  });

  it('names what is missing, and what no signature can be', async () => {
    await house.toNotice();
    const { fields } = await offered();
    expect((await sign('lead', { ...fields, nationalId: '' }, file)).html).toContain('href="#national-id"');
    expect((await sign('lead', fields)).html).toContain('href="#signature"');
    expect((await sign('lead', fields, Buffer.from('not a signature'))).html).toContain('href="#signature"');
    expect((await house.post('lead', at('/affidavit'), fields)).status).toBe(400);
    expect(await bodies('affidavit')).toEqual([]);
  });

  it('is handed in once, in ten minutes, by the session to which it was offered', async () => {
    await house.toNotice();
    house.give('second', CASE, 'e-system');
    const { fields } = await offered();
    const cms = Buffer.from(await house.anySignature());
    house.sealer = async ({ statement }) => ({
      outcome: 'sealed',
      person: personOf('lead'),
      statement: house.affidavitOf(statement),
      evidence: new Uint8Array(300).fill(7),
    });
    const refused = async (who: string, change: Readonly<Record<string, string>> = {}) => {
      const page = await sign(who, { ...fields, ...change }, cms);
      expect([page.status, page.html.includes('href="#signature"')]).toEqual([409, true]);
      expect(page.html).not.toContain(fields.token);
      expect(await bodies('affidavit')).toEqual([]);
    };
    await refused('second');
    const last = fields.token.endsWith('A') ? 'E' : 'A';
    await refused('lead', { token: fields.token.slice(0, -1) + last });
    await refused('lead', { token: '' });
    house.signsInAgain('lead');
    await refused('lead');
    const anew = (await offered()).fields;
    house.goTo('2026-04-03');
    await refused('lead', anew);
    // Spent in the transaction that enters it: of two at once, one is entered.
    const { fields: spent } = await offered();
    const pages = await Promise.all([sign('lead', spent, cms), sign('lead', spent, cms)]);
    expect(pages.map(({ html }) => html.includes('data-affidavit="signed"'))).toContain(true);
    expect(await bodies('affidavit')).toHaveLength(1);
  });

  it('is spent before another attempt can enter it', async () => {
    await house.toNotice();
    const kept = {
      statement: house.affidavitOf({
        caseNumber: CASE,
        textDigest: '0'.repeat(64),
        signedAt: '2026-04-01T12:00:00+08:00',
        transaction: 'A'.repeat(22),
      }),
      person: personOf('lead'),
      evidence: new Uint8Array(300),
    };
    expect(await house.console.applySigned(CASE, kept, async () => false)).toBe('spent');
    expect(await bodies('affidavit')).toEqual([]);
  });

  it('keeps evidence and entry together, and takes no other person’s card', async () => {
    await house.toNotice();
    const { fields } = await offered();
    const cms = Buffer.from(await house.anySignature());
    const undecided = await sign('lead', fields, cms);
    expect([undecided.status, undecided.html.includes('沒有提出')]).toEqual([503, true]);
    const sealed = (person: string) => {
      house.sealer = async ({ statement }) => ({
        outcome: 'sealed',
        person: personOf(person),
        statement: house.affidavitOf(statement),
        evidence: new Uint8Array(300).fill(7),
      });
    };
    sealed('somebody else');
    const foreign = await sign('lead', fields, cms);
    expect([foreign.status, foreign.html.includes('本人之憑證')]).toEqual([403, true]);
    expect(await bodies('affidavit')).toEqual([]);
    sealed('lead');
    expect((await sign('lead', fields, cms)).html).toContain('data-affidavit="signed"');
    const [entry] = await bodies('affidavit');
    const { rows } = await house.database.pool.query('select * from affidavit');
    expect(rows).toHaveLength(1);
    expect(Buffer.from(rows[0].statement_sha256).toString('hex')).toBe(entry?.['statementDigest']);
    expect(JSON.stringify(entry)).not.toMatch(/A123456789/);
    expect((await lead('/affidavit')).html).toContain('data-affidavit="signed"');
    // A code given at sign-in counts only with the card that signed the affidavit.
    const { html } = await lead('/collect', { mode: 'code', confirm: 'yes' });
    const [, code = ''] = /data-code="?[^>]*>([0-9A-Z-]{23})</.exec(html) ?? [];
    expect(await house.console.checkCode(CASE, code, personOf('somebody else'))).toBe('wrong');
    expect(await house.console.checkCode(CASE, code, personOf('lead'))).toBe('ok');
  });
});
