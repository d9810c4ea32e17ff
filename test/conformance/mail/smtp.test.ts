/** The SMTP driver against the simulated relay, over a real connection. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RelayFault, type SimulatedRelay, startRelay } from '@lianshu/simulators';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Mail, type MailPort, openMail } from '../../../src/platform/mail.ts';
import { systemClock } from '../../../src/platform/time.ts';

const MAIL: Mail = {
  to: 'yating@example.invalid',
  subject: '〔連署〕第 9901 案：連署開始',
  text: '您追蹤的公投案有新進展。\n.\n..兩點開頭的一行\n',
  language: 'zh-Hant-TW',
  unsubscribe: 'https://lianshu.invalid/follow/stop/abc',
};

let relay: SimulatedRelay;
let folder: string;
let mail: MailPort;

beforeAll(async () => {
  relay = await startRelay({ mustSignIn: true });
  folder = mkdtempSync(join(tmpdir(), 'lianshu-mail-'));
  writeFileSync(join(folder, 'ca.pem'), relay.certificate);
  writeFileSync(join(folder, 'password'), `${relay.credentials.password}\n`, { mode: 0o600 });
  mail = await open();
});
afterAll(async () => {
  mail?.close();
  await relay?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => relay.bend(undefined));

const open = (
  changed: { certificateFile?: string | undefined } = {},
  patienceMs = 2_000,
): Promise<MailPort> =>
  openMail(
    {
      address: {
        kind: 'smtp',
        host: 'localhost',
        port: relay.port,
        user: relay.credentials.user,
        hasImplicitTls: false,
      },
      from: 'no-reply@lianshu.invalid',
      passwordFile: join(folder, 'password'),
      certificateFile: join(folder, 'ca.pem'),
      ...changed,
    },
    systemClock,
    patienceMs,
  );

describe('mail by SMTP', () => {
  it('signs in over STARTTLS and hands over exactly the text, with a one-click stop', async () => {
    expect(await mail.send(MAIL)).toBe('sent');
    const taken = relay.taken.at(-1);
    expect(taken).toMatchObject({ from: 'no-reply@lianshu.invalid', to: [MAIL.to], wasEncrypted: true });
    const [head = '', body = ''] = (taken?.message ?? '').split(/\r\n\r\n(.*)/s);
    expect(Buffer.from(body, 'base64').toString().replaceAll('\r\n', '\n')).toBe(MAIL.text);
    expect(head).toContain('List-Unsubscribe: <https://lianshu.invalid/follow/stop/abc>');
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(head).toContain('Auto-Submitted: auto-generated');
    expect(relay.commands.indexOf('STARTTLS')).toBeLessThan(relay.commands.indexOf('AUTH'));
  });

  it.each<readonly [RelayFault, string]>([
    ['busy', 'not-now'],
    ['greylisted', 'not-now'],
    ['full', 'not-now'],
    ['policy', 'not-now'],
    ['no-mailbox', 'no-such-address'],
    ['rejected', 'not-now'],
    ['drops', 'not-now'],
    ['silent', 'not-now'],
  ])('tells a relay that is %s as %s', async (fault, outcome) => {
    relay.bend(fault);
    expect(await mail.send(MAIL)).toBe(outcome);
  });

  it('waits for a relay that is slow', async () => {
    relay.bend('slow');
    const patient = await open({}, 15_000);
    expect(await patient.send(MAIL)).toBe('sent');
    patient.close();
  });

  it('sends nothing in clear where the relay offers no TLS', async () => {
    relay.bend('no-starttls');
    const before = relay.commands.length;
    expect(await mail.send(MAIL)).toBe('not-now');
    expect(relay.commands.slice(before).some((line) => /^(MAIL|RCPT|AUTH)/.test(line))).toBe(false);
  });

  it('does not talk to a relay whose certificate nobody vouches for', async () => {
    const stranger = await open({ certificateFile: undefined });
    const before = relay.commands.length;
    expect(await stranger.send(MAIL)).toBe('not-now');
    expect(relay.commands.slice(before).some((line) => /^(MAIL|RCPT|AUTH)/.test(line))).toBe(false);
    stranger.close();
  });

  it('cannot be made to send further headers or to further people', async () => {
    const before = relay.taken.length;
    await mail.send({ ...MAIL, subject: 'a\r\nBcc: other@example.invalid' });
    for (const { to, message } of relay.taken.slice(before)) {
      expect(to).toEqual([MAIL.to]);
      expect(message).not.toMatch(/^Bcc:/im);
    }
    await mail.send({ ...MAIL, to: 'a@example.invalid, b@example.invalid' });
    expect(relay.taken.flatMap(({ to }) => to)).not.toContain('b@example.invalid');
  });
});
