/**
 * A simulated SMTP relay (RFC 5321) with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954) on loopback. As strict as real
 * ones: commands out of order, mail before TLS, bare line feeds and long lines are refused.
 */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { relayCertificate } from './relay-certificate.ts';

/** What the relay does instead of serving. */
export type RelayFault =
  | 'busy' // 421 as greeting
  | 'greylisted' // 451 to RCPT
  | 'no-mailbox' // 550 5.1.1 to RCPT
  | 'policy' // 550 5.7.1 to RCPT: about the sender, not the mailbox
  | 'full' // 452 to RCPT
  | 'rejected' // 554 after the message
  | 'no-starttls' // does not offer it
  | 'silent' // accepts the connection and says nothing
  | 'drops' // ends the connection in the middle of the message
  | 'slow'; // one byte of each answer every 5 ms

/** A mail as it was taken. `message` is what stood between DATA and the dot, dots unstuffed. */
export type TakenMail = Readonly<{
  from: string;
  to: readonly string[];
  message: string;
  wasEncrypted: boolean;
}>;

/** A running relay. */
export type SimulatedRelay = Readonly<{
  port: number;
  /** PEM of the certificate it shows, which is its own authority. */
  certificate: string;
  credentials: Readonly<{ user: string; password: string }>;
  /** In the order in which they were taken. */
  taken: readonly TakenMail[];
  /** Commands as they came, without the contents of mails and passwords. */
  commands: readonly string[];
  bend(fault: RelayFault | undefined): void;
  close(): Promise<void>;
}>;

const MAX_LINE = 1_000;
const MAX_MESSAGE = 1 << 20;

/** Starts the relay; `credentials.user` must sign in with AUTH PLAIN where `mustSignIn`. */
export async function startRelay(
  options: Readonly<{ port?: number; mustSignIn?: boolean }> = {},
): Promise<SimulatedRelay> {
  const { certificate, privateKey } = await relayCertificate(Date.now());
  const context = createSecureContext({ cert: certificate, key: privateKey });
  const credentials = { user: 'lianshu', password: 'simulated-password' };
  const taken: TakenMail[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let fault: RelayFault | undefined;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (fault === 'silent') return;
    const talk = new Conversation({
      fault: () => fault,
      credentials,
      mustSignIn: options.mustSignIn ?? false,
      take: (mail) => taken.push(mail),
      hear: (command) => commands.push(command),
      encrypt: (plain) => new TLSSocket(plain, { isServer: true, secureContext: context }),
    });
    talk.begin(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    certificate,
    credentials,
    taken,
    commands,
    bend: (next) => {
      fault = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface House {
  fault(): RelayFault | undefined;
  readonly credentials: SimulatedRelay['credentials'];
  readonly mustSignIn: boolean;
  take(mail: TakenMail): void;
  hear(command: string): void;
  encrypt(plain: Socket): TLSSocket;
}

class Conversation {
  readonly #house: House;
  #socket: Socket | TLSSocket | undefined;
  #pending = '';
  #isGreeted = false;
  #isSignedIn = false;
  #from: string | undefined;
  #to: string[] = [];
  #message: string[] | undefined;

  constructor(house: House) {
    this.#house = house;
  }

  begin(socket: Socket): void {
    this.#listen(socket);
    if (this.#house.fault() === 'busy') this.#end('421 relay.invalid busy, try later');
    else this.#say('220 relay.invalid ESMTP simulated');
  }

  #listen(socket: Socket | TLSSocket): void {
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      if (this.#socket !== socket) return;
      this.#pending += bytes.toString('latin1');
      for (let at = this.#pending.indexOf('\r\n'); at >= 0; at = this.#pending.indexOf('\r\n')) {
        const line = this.#pending.slice(0, at);
        this.#pending = this.#pending.slice(at + 2);
        this.#line(line);
      }
      if (this.#pending.length > MAX_LINE) this.#end('500 5.5.2 line too long');
    });
  }

  readonly #verbs: Readonly<Record<string, (rest: string) => string | undefined>> = {
    EHLO: () => this.#greet(),
    STARTTLS: () => this.#startTls(),
    AUTH: (rest) => this.#signIn(rest),
    MAIL: (rest) => this.#mailFrom(rest),
    RCPT: (rest) => this.#rcptTo(rest),
    DATA: () => this.#data(),
    RSET: () => {
      this.#reset();
      return '250 2.0.0 reset';
    },
    NOOP: () => '250 2.0.0 ok',
    QUIT: () => {
      this.#end('221 2.0.0 bye');
      return undefined;
    },
  };

  #line(line: string): void {
    if (this.#message !== undefined) {
      const answer = this.#content(line, this.#message);
      if (answer !== undefined) this.#say(answer);
    } else if (/[\r\n]/.test(line) || line.length > MAX_LINE) this.#end('500 5.5.2 not a line');
    else {
      const [verb = '', rest = ''] = line.split(/ (.*)/s);
      const command = verb.toUpperCase();
      this.#house.hear(command === 'AUTH' ? 'AUTH' : line);
      const known = this.#verbs[command];
      const answer = known === undefined ? '502 5.5.1 not known here' : known(rest);
      if (answer !== undefined) this.#say(answer);
    }
  }

  get #isEncrypted(): boolean {
    return this.#socket instanceof TLSSocket;
  }

  #greet(): string {
    this.#isGreeted = true;
    this.#reset();
    const offers = ['relay.invalid', 'SIZE 1048576', '8BITMIME', 'ENHANCEDSTATUSCODES'];
    if (!this.#isEncrypted && this.#house.fault() !== 'no-starttls') offers.push('STARTTLS');
    if (this.#isEncrypted) offers.push('AUTH PLAIN');
    return offers.map((offer, i) => `250${i === offers.length - 1 ? ' ' : '-'}${offer}`).join('\r\n');
  }

  #startTls(): string | undefined {
    const plain = this.#socket;
    if (plain === undefined || this.#isEncrypted || this.#house.fault() === 'no-starttls')
      return '503 5.5.1 not now';
    // Never slowly: the handshake's first bytes follow at once and must find the encrypted socket listening.
    plain.removeAllListeners('data');
    plain.write('220 2.0.0 go ahead\r\n');
    // What came in clear before the handshake must not count after it (RFC 3207 §4.2).
    this.#pending = '';
    this.#isGreeted = false;
    this.#listen(this.#house.encrypt(plain));
    return undefined;
  }

  #signIn(rest: string): string {
    if (!this.#isEncrypted) return '538 5.7.11 encryption required';
    const [, text = ''] = /^PLAIN (\S+)$/i.exec(rest) ?? [];
    const [, user, password] = Buffer.from(text, 'base64').toString().split('\0');
    const { credentials } = this.#house;
    this.#isSignedIn = user === credentials.user && password === credentials.password;
    return this.#isSignedIn ? '235 2.7.0 signed in' : '535 5.7.8 credentials invalid';
  }

  #mailFrom(rest: string): string {
    if (!this.#isGreeted) return '503 5.5.1 EHLO first';
    if (!this.#isEncrypted) return '530 5.7.0 STARTTLS first';
    if (this.#house.mustSignIn && !this.#isSignedIn) return '530 5.7.0 sign in first';
    const [, address] = /^FROM:<([^<>\s]*)>( [A-Z0-9=]+)*$/i.exec(rest) ?? [];
    if (address === undefined) return '501 5.1.7 not a path';
    this.#from = address;
    return '250 2.1.0 ok';
  }

  #rcptTo(rest: string): string {
    if (this.#from === undefined) return '503 5.5.1 MAIL first';
    const [, address] = /^TO:<([^<>\s@]+@[^<>\s@]+)>( [A-Z0-9=]+)*$/i.exec(rest) ?? [];
    if (address === undefined) return '501 5.1.3 not a path';
    const answers: Partial<Record<RelayFault, string>> = {
      greylisted: '451 4.7.1 come back later',
      'no-mailbox': '550 5.1.1 no such mailbox',
      policy: '550 5.7.1 not from you',
      full: '452 4.2.2 mailbox full',
    };
    const refusal = answers[this.#house.fault() ?? 'slow'];
    if (refusal !== undefined) return refusal;
    this.#to.push(address);
    return '250 2.1.5 ok';
  }

  #data(): string {
    if (this.#to.length === 0) return '503 5.5.1 RCPT first';
    this.#message = [];
    return '354 end with a dot';
  }

  #content(line: string, message: string[]): string | undefined {
    if (this.#house.fault() === 'drops' && message.length > 3) {
      this.#socket?.destroy();
      return undefined;
    }
    if (line !== '.') {
      message.push(line.startsWith('.') ? line.slice(1) : line);
      if (message.length * 80 > MAX_MESSAGE) this.#end('552 5.3.4 too much');
      return undefined;
    }
    const mail = {
      from: this.#from ?? '',
      to: this.#to,
      message: message.join('\r\n'),
      wasEncrypted: this.#isEncrypted,
    };
    this.#reset();
    if (this.#house.fault() === 'rejected') return '554 5.6.0 not taken';
    this.#house.take(mail);
    return '250 2.0.0 taken';
  }

  #reset(): void {
    this.#from = undefined;
    this.#to = [];
    this.#message = undefined;
  }

  #say(text: string): void {
    const socket = this.#socket;
    if (this.#house.fault() === 'slow') void trickle(socket, `${text}\r\n`);
    else socket?.write(`${text}\r\n`);
  }

  #end(text: string): void {
    this.#socket?.end(`${text}\r\n`);
  }
}

async function trickle(socket: Socket | undefined, line: string): Promise<void> {
  for (const character of line) {
    if (socket?.destroyed !== false) return;
    socket.write(character);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
