/**
 * 郵件: the only way mail leaves the house. Two drivers: an SMTP relay of the operator's (TLS is required, nothing is
 * sent in clear), and files in a folder where nothing shall leave (the demonstration).
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SendMailOptions, Transporter } from 'nodemailer';
import type { MailAddress } from './address-syntax.ts';
import { KeyFault, readKeyFile } from './key-file.ts';
import type { Clock } from './time.ts';

/** One plain-text mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly language: 'zh-Hant-TW' | 'en';
  /** Address of the one-step stop (RFC 2369, RFC 8058). */
  readonly unsubscribe?: string;
}

/** What became of it. `not-now` may succeed later; the other two are final. */
export type MailOutcome = 'sent' | 'no-such-address' | 'not-now';

/** A place mail is handed to. `send` never throws and never takes longer than a minute. */
export interface MailPort {
  send(mail: Mail): Promise<MailOutcome>;
  close(): void;
}

/** Where mail goes, and as whom. */
export interface MailSettings {
  readonly address: MailAddress;
  readonly from: string;
  /** Its only line is the password of the relay's user. */
  readonly passwordFile: string | undefined;
  /** PEM of the certificate authority the relay is known by; the system's unless told. */
  readonly certificateFile: string | undefined;
}

const PATIENCE_MS = 15_000;

/** Opens the driver. @throws {KeyFault} where a password file is missing or readable by others. */
export async function openMail(
  settings: MailSettings,
  clock: Clock,
  patienceMs = PATIENCE_MS,
): Promise<MailPort> {
  const { createTransport } = await import('nodemailer');
  if (settings.address.kind === 'file') {
    const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
    return fileMail(settings.address.directory, settings.from, composer, clock);
  }
  const { host, port, user, hasImplicitTls } = settings.address;
  if (user !== undefined && settings.passwordFile === undefined)
    throw new KeyFault('key-missing', 'LIANSHU_MAIL names a user: LIANSHU_MAIL_PASSWORD_FILE is needed');
  const pass = settings.passwordFile && Buffer.from(readKeyFile(settings.passwordFile)).toString().trim();
  const transport = createTransport({
    host,
    port,
    secure: hasImplicitTls,
    requireTLS: true,
    ...(user === undefined || pass === undefined ? {} : { auth: { user, pass } }),
    tls: {
      minVersion: 'TLSv1.2',
      ...(settings.certificateFile ? { ca: readFileSync(settings.certificateFile, 'utf8') } : {}),
    },
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  return {
    async send(mail) {
      try {
        await within(transport.sendMail(messageOf(mail, settings.from)), 4 * patienceMs);
        return 'sent';
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** The relay may trickle its answers for ever: a whole conversation ends too. */
async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error('mail: too slow')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * RFC 5321 §4.2.1: 4yz may succeed later. A 5yz to RCPT that speaks of the mailbox (550, 551, 553; RFC 3463 X.1.z) is
 * final; any other one is about us or the relay and may be mended.
 */
function outcomeOf(error: unknown): MailOutcome {
  const { command, responseCode, response } = error as Readonly<{
    command?: unknown;
    responseCode?: unknown;
    response?: unknown;
  }>;
  if (command !== 'RCPT TO') return 'not-now';
  const enhanced = /\b5\.(\d{1,3})\.\d{1,3}\b/.exec(typeof response === 'string' ? response : '')?.[1];
  const isMailbox = responseCode === 550 || responseCode === 551 || responseCode === 553;
  return isMailbox && (enhanced === undefined || enhanced === '1') ? 'no-such-address' : 'not-now';
}

const messageOf = (mail: Mail, from: string): SendMailOptions => ({
  from,
  to: { name: '', address: mail.to },
  subject: mail.subject,
  text: mail.text,
  textEncoding: 'base64',
  headers: {
    'Auto-Submitted': 'auto-generated',
    'Content-Language': mail.language,
    ...(mail.unsubscribe === undefined
      ? {}
      : {
          'List-Unsubscribe': `<${mail.unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
  },
});

function fileMail(directory: string, from: string, composer: Transporter, clock: Clock): MailPort {
  let n = 0;
  return {
    async send(mail) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const { message } = (await composer.sendMail(messageOf(mail, from))) as { message: Buffer };
      n += 1;
      const name = `${clock.nowMs()}-${process.pid}-${String(n).padStart(4, '0')}.eml`;
      writeFileSync(join(directory, name), message, { mode: 0o600 });
      return 'sent';
    },
    close: () => composer.close(),
  };
}
