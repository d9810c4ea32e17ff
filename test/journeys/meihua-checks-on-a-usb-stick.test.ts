/** 美華 checks on a borrowed computer without network: the page and the files on her stick, a printed code, a fork. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { ed25519Form, formatVerifierKey, parseVerifierKeys } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleLargeReceipt } from '../../packages/verify/src/sample-large-receipt.ts';
import { SampleLog, sampleKey, sampleSignature } from '../../packages/verify/src/sample-log.ts';
import { makeStick, photograph, pictureFile, type Shot, type Stick } from './usb-stick.ts';
import { LANGUAGES, type Language } from './visit.ts';

const PICTURES = fileURLToPath(new URL('../../test-artefacts/journeys/stick/', import.meta.url));

const WORDS = {
  'zh-Hant-TW': {
    included: '已證明：收錄在公卷中',
    witnessed: '見證足夠',
    notWitnessed: '見證不足',
    noCode: '這張圖讀不出 QR 碼',
    noCamera: '這裡不能用相機',
    same: '同一份公卷，同一個狀態',
    forked: '這是公卷分岔的證據',
    needsProof: '件數不同，還不能判斷',
    nothing: '什麼都沒有證明',
  },
  en: {
    included: 'Proven: included in the public record',
    witnessed: 'Enough witnesses',
    notWitnessed: 'Not enough witnesses',
    noCode: 'No QR code could be read',
    noCamera: 'The camera cannot be used here',
    same: 'One log, one state',
    forked: 'This is proof of a forked log',
    needsProof: 'The sizes differ: not decided yet',
    nothing: 'Nothing is proved',
  },
} as const;

const { receipt, keys } = sampleLargeReceipt();
const small = ed25519Form(receipt) ?? '';
const [logKey = '', ...others] = parseVerifierKeys(sha256, keys).keys.map(formatVerifierKey);
const witnesses = others.slice(1, 7);
const policyFor = (quorum: number): string =>
  [
    `log ${logKey}`,
    ...witnesses.map((key, i) => `witness w${i} ${key}`),
    `group camps ${quorum} ${witnesses.map((_, i) => `w${i}`).join(' ')}`,
    'quorum camps\n',
  ].join('\n');

const entries = Array.from({ length: 7 }, (_, n) => sampleSignature(n, 'joint-signature').entry);
const log = new SampleLog(entries);
const forked = new SampleLog([...entries].reverse());

/** A code that fills most of the window, held by hand. */
const HELD: Shot = { width: 1_440, height: 1_080, fills: 0.92, turned: 0.05, tilted: 0.06, grain: 12 };

let stick: Stick;
let browser: Browser;
beforeAll(async () => {
  stick = await makeStick();
  browser = await stick.browser();
});
afterAll(async () => {
  await browser?.close();
  stick?.discard();
});

const faults: string[] = [];

async function open(from: Browser, language: Language, width: number, bypassCSP = false) {
  const locale = language === 'en' ? 'en-GB' : 'zh-TW';
  const context = await from.newContext({
    locale,
    offline: true,
    viewport: { width, height: 800 },
    bypassCSP,
  });
  context.setDefaultTimeout(30_000);
  context.on('request', (request) => {
    if (request.url() !== stick.page && !request.url().startsWith('blob:')) faults.push(request.url());
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(stick.page);
  return { context, page };
}

const asFile = (content: string | Buffer, mimeType = 'application/octet-stream') => ({
  name: 'file',
  mimeType,
  buffer: Buffer.from(content),
});

async function trust(page: Page, text: string): Promise<void> {
  await page.locator('#tab-trust').click();
  await page.locator('#keys').fill(text);
  await page.locator('#tab-receipt').click();
}

async function verdictOn(page: Page, file: ReturnType<typeof asFile>): Promise<string> {
  // A verdict of the file before must not be read as this one's.
  await page.evaluate(() => document.querySelector('#verdict')?.setAttribute('hidden', ''));
  await page.locator('#file').setInputFiles(file);
  await page.locator('#verdict').waitFor();
  return page.locator('#verdict').innerText();
}

describe.each(LANGUAGES)('from a stick, without network (%s)', (language) => {
  const words = WORDS[language];
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    ({ context, page } = await open(browser, language, 360));
    await trust(page, policyFor(6));
  });
  afterAll(async () => {
    await context?.close();
    expect(faults.splice(0)).toEqual([]);
  });

  const picture = async (name: string): Promise<void> => {
    const file = `${PICTURES}${name}.${language === 'en' ? 'en' : 'zh'}.360.png`;
    await page.screenshot({ path: file, fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  };

  it('proves a receipt and names its witnesses; a changed byte proves nothing', async () => {
    const read = await verdictOn(page, asFile(receipt));
    expect(read).toContain(words.included);
    expect(read).toContain(words.witnessed);
    for (const name of ['w0', 'w5']) expect(read).toContain(name);
    await picture('witnessed');
    const changed = Buffer.from(small);
    changed[300] = (changed[300] ?? 0) ^ 1;
    expect(await verdictOn(page, asFile(changed))).toContain(words.nothing);
  });

  it('says when the witnesses are too few', async () => {
    const fewer = small.split('\n').filter((line) => !/^\u2014 witness\.(?:bar|open)/.test(line));
    const read = await verdictOn(page, asFile(fewer.join('\n')));
    expect(read).toContain(words.included);
    expect(read).toContain(words.notWitnessed);
    await picture('too-few');
  });

  it('reads the code from a picture, and says so when it cannot', async () => {
    const shot = pictureFile(photograph(small, HELD), HELD.width, HELD.height);
    expect(await verdictOn(page, asFile(shot, 'image/bmp'))).toContain(words.included);
    const far = { ...HELD, fills: 0.12 };
    const speck = pictureFile(photograph(small, far), far.width, far.height);
    await page.locator('#file').setInputFiles(asFile(speck, 'image/bmp'));
    await expect
      .poll(() => page.locator('#reading').innerText(), { timeout: 60_000 })
      .toContain(words.noCode);
    expect(await page.locator('#verdict').isHidden()).toBe(true);
    await page.locator('#file').setInputFiles(asFile('no picture at all', 'image/png'));
    await expect
      .poll(() => page.locator('#reading').innerText(), { timeout: 60_000 })
      .toContain(words.noCode);
  });

  it('finds a fork, keeps both proofs, and does not cry wolf', async () => {
    await page.locator('#tab-trust').click();
    await page.locator('#keys').fill(`${formatVerifierKey(sampleKey.key)}\n`);
    await page.locator('#tab-compare').click();
    const compare = async (first: string, second: string): Promise<string> => {
      await page.locator('#first-file').setInputFiles(asFile(first));
      await expect.poll(() => page.locator('#first').inputValue()).toBe(first);
      await page.locator('#second').fill(second);
      await page.locator('#compare').click();
      return page.locator('#comparison').innerText();
    };
    expect(await compare(log.checkpoint(7), log.checkpoint(7))).toContain(words.same);
    expect(await compare(log.checkpoint(5), log.checkpoint(7))).toContain(words.needsProof);
    await picture('needs-proof');
    expect(await compare(log.checkpoint(7), forked.checkpoint(7))).toContain(words.forked);
    await picture('forked');
    const saved: string[] = [];
    page.on('download', async (file) => saved.push(await readFile(await file.path(), 'utf8')));
    await page.locator('#comparison .actions button').first().click();
    await expect.poll(() => saved.length).toBe(2);
    expect(saved.sort()).toEqual([log.checkpoint(7), forked.checkpoint(7)].sort());
  });
});

describe('with other means', () => {
  it('reads the code with the camera, from a page on disk', async () => {
    const shot = { width: 1_280, height: 960, fills: 0.94, turned: 0.03, grain: 8 };
    const filming = await stick.browser({ text: small, shot });
    try {
      const { page } = await open(filming, 'zh-Hant-TW', 1_280);
      await trust(page, policyFor(6));
      await page.locator('#camera-start').click();
      await page.locator('#verdict').waitFor();
      expect(await page.locator('#verdict').innerText()).toContain(WORDS['zh-Hant-TW'].included);
      expect(await page.locator('#camera').isHidden()).toBe(true);
    } finally {
      await filming.close();
    }
  });

  it('says plainly that there is no camera, and offers the picture', async () => {
    const { context, page } = await open(browser, 'en', 360);
    await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
    await page.reload();
    await page.locator('#camera-start').click();
    await expect.poll(() => page.locator('#reading').innerText()).toContain(WORDS.en.noCamera);
    await context.close();
  });

  it('does everything by keyboard', async () => {
    const { context, page } = await open(browser, 'en', 360);
    const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
    const tabTo = async (id: string): Promise<void> => {
      for (let i = 0; i < 20 && (await focused()) !== id; i++) await page.keyboard.press('Tab');
      expect(await focused()).toBe(id);
    };
    await tabTo('tab-receipt');
    await page.keyboard.press('End');
    expect(await focused()).toBe('tab-trust');
    await tabTo('keys');
    await page.keyboard.insertText(policyFor(6));
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('tab-trust');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('tab-receipt');
    await page.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    await tabTo('pasted');
    await page.keyboard.insertText(small.trim());
    await tabTo('check-pasted');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('verdict');
    expect(await page.locator('#verdict').innerText()).toContain(WORDS.en.included);
    await context.close();
  });

  it('is accessible in every task, on any screen', async () => {
    const { context, page } = await open(browser, 'zh-Hant-TW', 1_280, true);
    await trust(page, `${policyFor(6)}not a key\n`);
    await verdictOn(page, asFile(small));
    await page.locator('#tab-compare').click();
    for (const name of ['#first', '#second']) await page.locator(name).fill(small);
    await page.locator('#compare').click();
    for (const task of ['receipt', 'compare', 'trust']) {
      await page.locator(`#tab-${task}`).click();
      for (const width of [1_280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const axe = new AxeBuilder({ page }).setLegacyMode(true);
        const { violations } = await axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
    }
    await context.close();
    expect(faults.splice(0)).toEqual([]);
  });
});
