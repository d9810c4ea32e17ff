/** People at the workspace over HTTP, as a browser would: cookies, forms, a simulated card or a passkey in software. */
import { type Person, type SimulatedCard, signStatement } from '@lianshu/simulators';
import { cardOf, type TestPlatform } from '../platform.ts';
import { askedOn, type Page } from './office.ts';
import { type Flaws, SoftwarePasskey } from './software-passkey.ts';

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What a form that came back says: the field each error leads to, with its sentence. */
export const errorsOn = ({ html }: Page): readonly (readonly [field: string, sentence: string])[] => {
  const [, summary = ''] = /<section class="error-summary"[^>]*>(.*?)<\/section>/s.exec(html) ?? [];
  return [...summary.matchAll(/<a href="#([\w-]+)">(.*?)<\/a>/gs)].map(([, field = '', text = '']) => [
    field,
    unescaped(text),
  ]);
};

type Fields = Readonly<Record<string, string>>;

export class WorkspaceBrowser {
  readonly #url: () => string;
  readonly cookies = new Map<string, string>();

  constructor(platform: TestPlatform) {
    this.#url = () => platform.running.workspaceUrl;
  }

  get url(): string {
    return this.#url();
  }

  async #ask(path: string, init: RequestInit): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...init.headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const html = await response.text();
    const [, code] = /<dd><code>([\w-]+)<\/code><\/dd>/.exec(html) ?? [];
    return { status: response.status, html, location: response.headers.get('location') ?? undefined, code };
  }

  get(path: string): Promise<Page> {
    return this.#ask(path, {});
  }

  post(path: string, fields: Fields, headers: HeadersInit = {}): Promise<Page> {
    return this.#ask(path, {
      method: 'POST',
      headers: { origin: this.url, ...headers },
      body: new URLSearchParams({ ...fields }),
    });
  }

  /** A form with files, as the sign-in page's. */
  send(
    path: string,
    fields: Fields,
    files: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {},
  ): Promise<Page> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    for (const [name, bytes] of Object.entries(files)) body.set(name, new Blob([bytes]), `${name}.p7m`);
    return this.#ask(path, { method: 'POST', headers: { origin: this.url }, body });
  }
}

/** The login that a sign-in page offers. */
export interface OfferedLogin {
  readonly statement: Uint8Array;
  readonly transaction: string;
  readonly token: string;
}

export function loginOn(page: Page): OfferedLogin {
  const [, statement] = /data-statement="([^"]*)"/.exec(page.html) ?? [];
  const [, transaction = ''] = /data-transaction="([^"]*)"/.exec(page.html) ?? [];
  const [, token = ''] = /name="token" value="([^"]*)"/.exec(page.html) ?? [];
  if (statement === undefined) throw new Error(`no login on a page with status ${page.status}`);
  return { statement: new TextEncoder().encode(unescaped(statement)), transaction, token };
}

/** What the sign-in form sends for a signed login. */
export function signedLogin(
  platform: TestPlatform,
  card: SimulatedCard,
  { statement, transaction, token }: OfferedLogin,
): Fields {
  const nowMs = platform.clock.nowMs();
  const signed = signStatement(card, statement, { form: 'cms-attached', nonce: transaction, nowMs });
  return { token, envelope: Buffer.from(signed.signature).toString('base64') };
}

/** Signs in with the person's card; `more` adds or replaces fields of the form. */
export async function signInByCard(
  platform: TestPlatform,
  browser: WorkspaceBrowser,
  person: Person,
  more: Fields = {},
): Promise<Page> {
  const offered = loginOn(await browser.get('/sign-in'));
  const fields = signedLogin(platform, await cardOf(platform, person), offered);
  return browser.send('/sign-in', { nationalId: person.nationalId, ...fields, ...more });
}

/** A lead proposer signed in at the workspace. */
export async function signedInLead(platform: TestPlatform, person: Person): Promise<WorkspaceBrowser> {
  const browser = new WorkspaceBrowser(platform);
  const page = await signInByCard(platform, browser, person);
  if (page.status !== 303) throw new Error(`not signed in: ${page.status} ${errorsOn(page).join()}`);
  return browser;
}

/** Somebody who was invited: a browser and a passkey. */
export interface TestMember {
  readonly browser: WorkspaceBrowser;
  readonly passkey: SoftwarePasskey;
  signIn(flaws?: Flaws): Promise<Page>;
}

/** Opens an invitation and registers a passkey; not yet signed in. */
export async function enrolMember(platform: TestPlatform, link: string): Promise<TestMember> {
  const browser = new WorkspaceBrowser(platform);
  const passkey = new SoftwarePasskey(browser.url);
  const path = new URL(link).pathname;
  const done = await browser.post(path, { answer: passkey.register(askedOn(await browser.get(path))) });
  if (done.status !== 303) throw new Error(`registering failed: ${done.code}`);
  return {
    browser,
    passkey,
    async signIn(flaws = {}) {
      const asked = askedOn(await browser.get('/sign-in'));
      return browser.post('/sign-in/passkey', { answer: passkey.assert(asked, flaws) });
    },
  };
}

/** The id of the account signed in, as the database knows it. */
export async function accountOf(platform: TestPlatform, browser: WorkspaceBrowser): Promise<string> {
  const secret = browser.cookies.get('workspace') ?? '';
  const { rows } = await platform.database.pool.query<{ account: string }>(
    "select account from account_session where id_sha256 = sha256(convert_to($1, 'UTF8'))",
    [secret],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('nobody is signed in');
  return row.account;
}

/** Makes somebody lead a draft or case that a test made by other ways. */
export async function makeLead(platform: TestPlatform, account: string, scope: string): Promise<void> {
  await platform.database.pool.query(
    `insert into account_mandate (account, scope, mandate, given_at) values ($1, $2, 'lead', now())`,
    [account, scope],
  );
}
