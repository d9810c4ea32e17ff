/** 承翰 trusts nobody: the one-file verifier from his own disk, with the network off, and keys that he pasted. */
import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { cast } from '@lianshu/simulators';
import { formatVerifierKey } from '@lianshu/tlog';
import { ed25519Signer } from '@lianshu/tlog/node';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptMessages } from '../../src/signing/receipt-messages.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { download, shownCommitment, signAll } from './signing-acts.ts';
import { lianshuVerify } from './verify-command.ts';
import { LANGUAGES } from './visit.ts';

const VERIFIER = new URL('../../dist/lianshu-verify.html', import.meta.url).href;
const PICTURES = fileURLToPath(new URL('../../test-artefacts/journeys/verifier/', import.meta.url));

const WORDS = {
  'zh-Hant-TW': {
    title: '自己查驗',
    included: '已證明：收錄在公卷中',
    promised: '承諾書有效，尚非收錄證明',
    demo: '示範：展示系統的檔案，沒有法律效力。',
    none: '關於這份簽署，什麼都沒有證明。',
    unchecked: '未查驗',
    noKey: '未證明：沒有可信任的金鑰',
    stranger: '未證明：簽章者不是您信任的公卷',
  },
  en: {
    title: 'Check it yourself',
    included: 'Proven: included in the public record',
    promised: 'A valid promise, not yet proof of inclusion',
    demo: 'Demonstration: this file has no legal effect.',
    none: 'Nothing is proved about any signature.',
    unchecked: 'Not checked',
    noKey: 'Not proven: no trusted key',
    stranger: 'Not proven: signed by no log you trust',
  },
} as const;

let world: JourneyWorld;
let receipt: Buffer;
let promise: Buffer;
let keys: string;
let commitment: string;

beforeAll(async () => {
  world = await startWorld();
  const card = world.card(cast.jiahao);
  world.component.insert(card);
  const visit = await world.visit();
  const { page } = visit;
  const answered = page.waitForResponse(/\/joint-signatures$/);
  await signAll(visit, card);
  promise = Buffer.from(((await (await answered).json()) as { promise: string }).promise);
  commitment = await shownCommitment(page);
  const link = page.getByRole('link', { name: receiptMessages('zh-Hant-TW').download });
  receipt = await readFile((await download(page, link)).path);
  keys = await (await fetch(`${world.url}/v1/keys`)).text();
  await visit.leave();
});
afterAll(() => world?.close());

/** Where the ML-DSA-44 signature stands, which no browser can check: first byte, and the byte after the last. */
function postQuantumLine(): readonly [number, number] {
  const line = receipt
    .toString('utf8')
    .split('\n')
    .find((each) => each.startsWith('\u2014 ') && each.length > 1_000);
  const from = receipt.indexOf(line ?? '?');
  return [from, from + Buffer.byteLength(line ?? '')];
}

function changedAt(position: number): Buffer {
  const changed = Buffer.from(receipt);
  changed[position] = (changed[position] ?? 0) ^ 1;
  return changed;
}

describe.each(LANGUAGES)('from his own disk, offline (%s)', (language) => {
  const words = WORDS[language];
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    context = await world.browser.newContext({
      locale: language === 'en' ? 'en-GB' : 'zh-TW',
      viewport: { width: 360, height: 800 },
      offline: true,
    });
    context.setDefaultTimeout(10_000);
    context.on('request', (request) => {
      if (request.url() !== VERIFIER) faults.push(`request: ${request.url()}`);
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(VERIFIER);
  });
  afterAll(async () => {
    await context?.close();
    expect(faults).toEqual([]);
  });

  const choose = async (content: Buffer): Promise<string> => {
    await page
      .locator('#file')
      .setInputFiles({ name: 'file', mimeType: 'application/octet-stream', buffer: content });
    const verdict = page.locator('#verdict');
    await verdict.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('verdict');
    return verdict.innerText();
  };
  const setKeys = async (text: string) => {
    await page.locator('#tab-trust').click();
    await page.locator('#keys').fill(text);
    await page.locator('#tab-receipt').click();
  };
  const headline = () => page.locator('#verdict h2').innerText();
  const picture = async (name: string) => {
    const path = `${PICTURES}${name}.${language === 'en' ? 'en' : 'zh'}.360.png`;
    await page.screenshot({ path, fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  };

  it('speaks his language and asks for keys, since it has none', async () => {
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect((await page.locator('h1').innerText()).trim()).toBe(words.title);
    expect(await page.locator('#no-keys').isVisible()).toBe(true);
    expect(await choose(receipt)).toContain(words.noKey);
    await picture('without-keys');
  });

  it('proves a receipt of the running log with the keys he pasted', async () => {
    await setKeys(keys);
    expect(await headline()).toBe(words.included);
    const read = await choose(receipt);
    for (const part of [words.included, words.demo, commitment, '9901']) expect(read).toContain(part);
    await picture('proven');
  });

  it('does not prove it with the key of another log', async () => {
    const stranger = ed25519Signer('demo.lianshu.invalid/log', generateKeyPairSync('ed25519').privateKey);
    await setKeys(formatVerifierKey(stranger.key));
    expect(await choose(receipt)).toContain(words.stranger);
    await setKeys(keys);
  });

  it('proves nothing once any one byte of proof, checkpoint or Ed25519 signature is changed', async () => {
    const [from, to] = postQuantumLine();
    const proven: number[] = [];
    for (let position = 0; position < receipt.length; position += 5) {
      if (position >= from && position < to) continue;
      const read = await choose(changedAt(position));
      if (read.includes(words.included) || read.includes(words.promised)) proven.push(position);
    }
    expect(proven).toEqual([]);
    expect(await page.locator('#verdict').innerText()).not.toContain(commitment);
  });

  it('says that a browser has not checked the second signature; the command line does', async () => {
    const [from, to] = postQuantumLine();
    // Another letter of base64: any other byte would make the whole note unreadable.
    const changed = Buffer.from(receipt);
    changed[to - 40] = changed[to - 40] === 0x41 ? 0x42 : 0x41;
    const read = await choose(changed);
    expect(read).toContain(words.included);
    expect(read).toContain(words.unchecked);
    expect(to - from).toBeGreaterThan(3_000);
    const path = join(dirname(world.keysFile), 'changed.tlog-proof');
    await writeFile(path, changed);
    expect(await lianshuVerify(path, '--keys', world.keysFile)).toMatchObject({
      exit: 3,
      code: 'bad-signature',
    });
  });

  it('calls a promise a promise', async () => {
    const read = await choose(promise);
    expect(await headline()).toBe(words.promised);
    for (const part of [words.demo, commitment]) expect(read).toContain(part);
    expect(read).not.toContain(words.included);
    await picture('promise');
    const changed = Buffer.from(promise.toString('utf8').replace('case 9901', 'case 9902'));
    expect(await choose(changed)).toContain(words.none);
  });

  it('is accessible with any verdict on any screen', async () => {
    const open = await world.browser.newContext({ bypassCSP: true, offline: true });
    const bare = await open.newPage();
    await bare.goto(VERIFIER);
    await bare.locator('#tab-trust').click();
    await bare.locator('#keys').fill(`${keys}not a key\n`);
    await bare.locator('#tab-receipt').click();
    for (const content of [receipt, promise, Buffer.from('nothing')]) {
      await bare.locator('#file').setInputFiles({ name: 'file', mimeType: 'text/plain', buffer: content });
      await bare.locator('#verdict').waitFor();
      for (const width of [1280, 320]) {
        await bare.setViewportSize({ width, height: 800 });
        const axe = new AxeBuilder({ page: bare }).setLegacyMode(true);
        const { violations } = await axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
    }
    await open.close();
  });
});
