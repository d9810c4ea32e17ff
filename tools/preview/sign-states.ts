import type { Browser, Page, Route } from 'playwright-core';

type Examine = (page: Page, name: string) => Promise<void>;

/** What the stand-ins of server and card component do in one walk through the signing page. */
type Walk = Readonly<{
  name: string;
  /** Answer of the component to MakeSignature; `silent` never says getTbs, `absent` refuses the connection. */
  card: Readonly<Record<string, unknown>> | 'silent' | 'absent';
  /** Answer of `POST …/joint-signatures`; absent where the card already failed. */
  server?: (body: Readonly<Record<string, string>>) => Readonly<{ status: number; body: unknown }> | 'broken';
  /** What must be visible in the end. */
  expect: string;
  code?: string;
}>;

const signed = { func: 'sign', ret_code: 0, signature: 'MIIBAA==', certb64: 'MIIBAQ==' };

const walks: readonly Walk[] = [
  { name: 'no-reader', card: { func: 'sign', ret_code: 0x76100003 }, expect: '[data-standing="nothing"]' },
  { name: 'untrusted', card: { ret_code: 0x76000031 }, expect: '[data-button="addDomain"]' },
  {
    name: 'last-try',
    card: { func: 'sign', ret_code: 0x76100006, last_error: -2147483647 },
    expect: '[data-last-try]',
  },
  { name: 'not-installed', card: 'absent', expect: '[data-failure]', code: 'UI_NOT_INSTALLED' },
  { name: 'silent', card: 'silent', expect: '[data-failure]', code: 'UI_NOT_INSTALLED' },
  {
    name: 'already',
    card: signed,
    server: () => ({
      status: 409,
      body: {
        code: 'E_ALREADY_SIGNED',
        title: '您先前已經連署過本案。',
        next: '不必再做什麼。',
        firstSignedAt: '2026-11-20T09:30:00+08:00',
      },
    }),
    expect: '[data-standing="earlier"]',
  },
  { name: 'offline', card: signed, server: () => 'broken', expect: '[data-button="resend"]' },
  {
    name: 'held',
    card: signed,
    server: (body) => ({
      status: 202,
      body: {
        commitment: body['recordCommitment'],
        promise: 'demo.lianshu.invalid/log/promise\n',
        held: true,
      },
    }),
    expect: 'h2 [data-outcome="held"]',
  },
  {
    name: 'mismatch',
    card: signed,
    server: (body) => ({
      status: 201,
      body: {
        commitment: body['recordCommitment'],
        receipt: `c2sp.org/tlog-proof@v1\nextra ${Buffer.from('{"E":"x","case":"9901","r":"y"}').toString('base64')}\nindex 7\n\n`,
        included: { index: 7, size: 9 },
      },
    }),
    expect: '[data-standing="stored"]',
  },
];

const popupOf = (answer: Walk['card']): string =>
  typeof answer === 'string'
    ? '<!doctype html>'
    : `<!doctype html><script>
  addEventListener('message', () => {
    opener.postMessage({ foreign: true }, '*');
    opener.postMessage(${JSON.stringify(JSON.stringify(answer))}, '*');
  });
  opener.postMessage('{"func":"getTbs"}', '*');
</script>`;

const statementFor = (commitment: string, page: Readonly<{ mainText: string; digest: string }>): string =>
  `全國性公民投票案電子連署書\n規格：LIANSHU-TBS/1\n案號：9901\n主文：${page.mainText}\n提案全文SHA256：${page.digest}\n連署人承諾：${commitment}\n聲明：本人已閱覽本案主文及理由書，同意連署。\n簽署時間：${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00\n交易序號：AAAAAAAAAAAAAAAAAAAAAA\n`;

const answerJson = (route: Route, status: number, body: unknown): Promise<void> =>
  route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });

/**
 * Walks through the signing page in its later states, with server and card component played by the browser's
 * network layer, and looks at each: the failures, the stop before the last try, held, and the receipt that is not
 * the signer's own.
 */
export const signJourneys = async (
  browser: Browser,
  base: string,
  out: URL,
  examine: Examine,
): Promise<void> => {
  for (const language of ['zh-Hant-TW', 'en']) {
    for (const walk of walks) {
      const narrow = walk.name === 'last-try' || walk.name === 'held';
      const context = await browser.newContext({ viewport: { width: narrow ? 360 : 1280, height: 900 } });
      await context.route('http://localhost:61161/**', (route) =>
        walk.card === 'absent'
          ? route.abort('connectionrefused')
          : route.fulfill({ contentType: 'text/html', body: popupOf(walk.card) }),
      );
      const page = await context.newPage();
      await page.goto(`${base}/sign.${language}.html`);
      const facts = await page.evaluate(() => {
        const form = document.querySelector<HTMLElement>('#sign');
        return { mainText: form?.dataset['mainText'] ?? '', digest: form?.dataset['digest'] ?? '' };
      });
      await page.route('**/v1/**', async (route) => {
        const body = (route.request().postDataJSON() ?? {}) as Readonly<Record<string, string>>;
        if (route.request().url().endsWith('/transactions')) {
          return answerJson(route, 200, {
            statement: statementFor(body['signerCommitment'] ?? '', facts),
            transaction: 'AAAAAAAAAAAAAAAAAAAAAA',
            token: 'token',
            expiresAt: new Date(Date.now() + 600_000).toISOString(),
          });
        }
        const reply = walk.server?.(body) ?? 'broken';
        return reply === 'broken' ? route.abort() : answerJson(route, reply.status, reply.body);
      });
      const shot = (state: string): Promise<Buffer> =>
        page.screenshot({ path: new URL(`sign-${state}.${language}.png`, out).pathname, fullPage: true });
      if (walk.name === 'held') await page.fill('#national-id', 'ａ１２３-456789');
      else if (walk.name === 'offline') await page.locator('#national-id').pressSequentially('a123456789');
      else for (const key of 'A123456789') await page.click(`[data-key="${key}"]`);
      const typed = await page.inputValue('#national-id');
      if (typed !== 'A123456789') throw new Error(`the field reads ${typed}`);
      await page.click('[data-act="what"]');
      await page.waitForSelector('[data-step="what"]:not([hidden])');
      if (walk.name === 'no-reader') {
        await examine(page, `sign what ${language}`);
        await shot('what');
      }
      await page.click('[data-go="sign"]');
      if (walk.name === 'no-reader') {
        await examine(page, `sign sign ${language}`);
        await shot('sign');
      }
      await page.fill('#pin', '123456');
      await page.click('[data-act="card"]');
      await page.waitForSelector(walk.expect, { state: 'visible', timeout: 15_000 });
      if (walk.expect.includes('data-outcome')) {
        await page.waitForTimeout(300);
        if (await page.isVisible('[data-failure]'))
          throw new Error(`${walk.name}: a failure beside the receipt`);
        if (!(await page.getAttribute('[data-receipt-file]', 'href'))?.startsWith('blob:'))
          throw new Error(`${walk.name}: nothing to download`);
      }
      const code = await page.textContent('[data-code]');
      if (walk.code !== undefined && code !== walk.code) throw new Error(`${walk.name} shows ${code}`);
      if ((await page.inputValue('#pin')) !== '') throw new Error('the PIN is still in its field');
      await examine(page, `sign ${walk.name} ${language}`);
      await shot(walk.name);
      await context.close();
    }
  }
};
