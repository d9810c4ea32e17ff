/** Officers at work over HTTP, as a browser would: cookies, forms, and a passkey in software. */
import type { Pool } from 'pg';
import { inviteOfficer } from '../../src/officers/index.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { systemRandom } from '../../src/platform/random.ts';
import type { TestPlatform } from '../platform.ts';
import { type AskedOptions, type Flaws, SoftwarePasskey } from './software-passkey.ts';

export interface Page {
  readonly status: number;
  readonly html: string;
  readonly location: string | undefined;
  /** The refusal's code, where the page is one. */
  readonly code: string | undefined;
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What a page's passkey step asks the device. */
export function askedOn(page: Page): AskedOptions {
  const [, options] = /data-options="([^"]*)"/.exec(page.html) ?? [];
  if (options === undefined) throw new Error(`no passkey step on a page with status ${page.status}`);
  return JSON.parse(unescaped(options)) as AskedOptions;
}

export class OfficeBrowser {
  readonly #url: string;
  cookie: string | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  async #ask(path: string, init: RequestInit): Promise<Page> {
    const response = await fetch(`${this.#url}${path}`, {
      ...init,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...init.headers,
      },
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      this.cookie = pair.endsWith('=') ? undefined : pair;
    }
    const html = await response.text();
    const [, code] = /<dd><code>([\w-]+)<\/code><\/dd>/.exec(html) ?? [];
    return { status: response.status, html, location: response.headers.get('location') ?? undefined, code };
  }

  get(path: string): Promise<Page> {
    return this.#ask(path, {});
  }

  post(path: string, fields: Readonly<Record<string, string>>, headers: HeadersInit = {}): Promise<Page> {
    return this.#ask(path, {
      method: 'POST',
      headers: { origin: this.#url, ...headers },
      body: new URLSearchParams({ ...fields }),
    });
  }
}

/** One officer: a browser and a passkey. */
export interface TestOfficer {
  readonly label: string;
  readonly browser: OfficeBrowser;
  readonly passkey: SoftwarePasskey;
  signIn(flaws?: Flaws): Promise<Page>;
  /** Fills in the form of an act, every line of its checklist ticked; the id of what waits then. No case: empty. */
  prepare(caseNumber: string, kind: string, fields: Readonly<Record<string, string>>): Promise<string>;
  /** Signs what waits, as its page asks. */
  sign(action: string, flaws?: Flaws): Promise<Page>;
}

/** Every line of any checklist, ticked. */
export const TICKED: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 6 }, (_, i) => [`check.${i}`, 'yes']),
);

/** What a notice of hearing must say beside its day and place (行政程序法 §55). */
export const HEARING_NOTICE: Readonly<Record<string, string>> = {
  matter: '本案是否合於一案一事項',
  parties: '領銜人',
  interested: '交通部\n某教師團體',
  rights: '得委任代理人、陳述意見、提出證據、經許可發問',
  absence: '無正當理由不到場者，得不待陳述逕為認定',
};

export interface Invite {
  readonly label: string;
  readonly fromOn?: string;
  readonly untilOn?: string;
  readonly validMs?: number;
}

export async function inviteToken(platform: TestPlatform, invite: Invite): Promise<string> {
  const { db, close } = openDatabase({ connectionString: platform.database.url, max: 1 });
  try {
    const deps = { db, clock: platform.clock, random: systemRandom };
    return await inviteOfficer(deps, { capacity: 'commission', validMs: 3_600_000, ...invite });
  } finally {
    await close();
  }
}

/** Invites, registers a passkey; not yet signed in. */
export async function newOfficer(
  platform: TestPlatform,
  invite: Invite,
  algorithm: 'ES256' | 'EdDSA' = 'ES256',
): Promise<TestOfficer> {
  const url = platform.running.officeUrl;
  const browser = new OfficeBrowser(url);
  const passkey = new SoftwarePasskey(url, algorithm);
  const token = await inviteToken(platform, invite);
  const asked = askedOn(await browser.get(`/enrol/${token}`));
  const done = await browser.post(`/enrol/${token}`, { answer: passkey.register(asked) });
  if (done.status !== 303) throw new Error(`registering failed: ${done.code}`);
  return {
    label: invite.label,
    browser,
    passkey,
    async signIn(flaws = {}) {
      const challenge = askedOn(await browser.get('/sign-in'));
      return browser.post('/sign-in', { answer: passkey.assert(challenge, flaws) });
    },
    async prepare(caseNumber, kind, fields) {
      const place =
        caseNumber === '' ? '/platform' : `/${caseNumber.startsWith('D') ? 'drafts' : 'cases'}/${caseNumber}`;
      const page = await browser.post(`${place}/acts/${kind}`, { ...TICKED, ...fields });
      const [, id] = /^\/actions\/([\w-]{16})$/.exec(page.location ?? '') ?? [];
      if (id === undefined) throw new Error(`${kind} was not prepared: ${page.status} ${page.html}`);
      return id;
    },
    async sign(action, flaws = {}) {
      const page = await browser.get(`/actions/${action}`);
      const [, digest = ''] = /name="digest" value="([0-9a-f]{64})"/.exec(page.html) ?? [];
      return browser.post(`/actions/${action}`, { digest, answer: passkey.assert(askedOn(page), flaws) });
    },
  };
}

/** Files a proposal, so that the case waits for its formal check. */
export async function fileCase(
  platform: TestPlatform,
  caseNumber: string,
  proposal?: Readonly<{ draft: string; electronic: number; paper: number }>,
): Promise<void> {
  const filed = await platform.running.initiatives.file({
    caseNumber,
    filed: {
      subject: { 'zh-Hant-TW': '測試提案', en: 'Test proposal' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
      ...(proposal === undefined ? {} : { proposal }),
    },
    text: {
      heading: ['示範文字，非公告主文'],
      mainText: '你是否同意本測試案之主文？',
      reasons: ['一、測試。'],
    },
  });
  if (filed === false) throw new Error(`case ${caseNumber} is taken`);
}

/** The acts of a case as the database holds them, oldest first. */
export async function actsIn(
  pool: Pool,
  caseNumber: string,
): Promise<readonly Readonly<{ kind: string; capacity: string; body: Record<string, unknown> }>[]> {
  const { rows } = await pool.query<{ body: Uint8Array }>(
    'select body from entry where initiative = $1 and is_act order by id',
    [caseNumber],
  );
  return rows.map(({ body }) => JSON.parse(Buffer.from(body).toString()));
}
