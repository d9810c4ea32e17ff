import { readFile } from 'node:fs/promises';
import { cast, type EnvelopeForm, type SimulatedCard, signStatement } from '@lianshu/simulators';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initiativesMessages } from '../../src/initiatives/initiatives-messages.ts';
import { receiptMessages } from '../../src/signing/receipt-messages.ts';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { download } from './signing-acts.ts';
import { lianshuVerify } from './verify-command.ts';
import { LANGUAGES, type Language, type Visit } from './visit.ts';

let world: JourneyWorld;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

const openWindow = (language: Language, width: number): Promise<Visit> =>
  world.visit({ language, width, javaScript: false, meetsRefusals: true });

/** Fills in the form of the signing page; ends at the statement to download. */
async function askForStatement(visit: Visit, nationalId: string): Promise<void> {
  const { page, language } = visit;
  await visit.goTo('/initiatives/9901/sign');
  await page.locator('#national-id').fill(nationalId);
  await page.getByRole('button', { name: signingMessages(language).noScriptButton }).click();
}

/** Signs the downloaded bytes with another tool and sends the file. */
async function signAndUpload(
  { page, language }: Visit,
  card: SimulatedCard,
  form: EnvelopeForm,
): Promise<void> {
  const t = signingMessages(language);
  const { path } = await download(page, page.getByRole('link', { name: t.downloadStatement }));
  const statement = await readFile(path);
  expect(statement.toString('utf8')).toBe(await page.locator('pre.statement').textContent());
  const { signature } = signStatement(card, statement, { form, nowMs: Date.now() });
  await page.locator('#national-id').fill(card.person.nationalId);
  await upload(page, '#signature', 'signed.p7m', signature);
  await page.getByRole('button', { name: t.statementUpload }).click();
}

const upload = (page: Page, field: string, name: string, bytes: Uint8Array): Promise<void> =>
  page
    .locator(field)
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

describe('阿蘭 signs without JavaScript', () => {
  it.each([
    ['zh-Hant-TW', cast.alan, 'cms-attached', 1280],
    ['en', cast.zhiming, 'cms-detached', 360],
  ] as const)('from the case to a verified receipt (%s)', async (language, person, form, width) => {
    const card = world.card(person);
    const r = receiptMessages(language);
    const before = await world.count('9901');
    const visit = await openWindow(language, width);
    const { page } = visit;
    await visit.goTo('/initiatives/9901');
    await page
      .getByRole('link', { name: initiativesMessages(language).signButton })
      .first()
      .click();
    await page.getByRole('heading', { name: signingMessages(language).noScriptTitle }).waitFor();
    expect(await page.locator('#pin').isVisible()).toBe(false);
    await visit.picture('no-script-1-form');
    await askForStatement(visit, person.nationalId);
    await page.getByRole('heading', { name: signingMessages(language).statementTitle }).waitFor();
    expect(await page.content()).not.toContain(person.nationalId);
    expect(await visit.scrollsSideways()).toBe(false);
    await visit.picture('no-script-2-statement');
    await signAndUpload(visit, card, form);
    await page.getByRole('heading', { name: r.doneTitle, exact: true }).waitFor();
    expect(await visit.scrollsSideways()).toBe(false);
    await visit.picture('no-script-3-receipt');

    const receipt = await download(page, page.getByRole('link', { name: r.download }));
    expect(receipt.name).toMatch(/^lianshu-9901-.*\.tlog-proof$/);
    await expect.poll(() => world.count('9901'), { timeout: 5_000 }).toBe(before + 1);
    const log = ['--log', `${world.url}/log`];
    const verdict = await lianshuVerify(receipt.path, '--keys', world.keysFile, ...log);
    expect(verdict).toMatchObject({ exit: 0, code: 'counted' });
    await page.getByRole('link', { name: r.publicPage }).click();
    await page.getByRole('heading', { name: r.states.included, exact: true }).waitFor();

    await visit.goTo('/receipts');
    const bytes = await readFile(receipt.path);
    await upload(page, '#receipt', receipt.name, bytes);
    await page.getByRole('button', { name: r.checkButton, exact: true }).click();
    await page.locator('.verdict-proven').waitFor();
    await visit.picture('no-script-4-check');
    await upload(page, '#receipt', receipt.name, bytes.subarray(0, -40));
    await page.getByRole('button', { name: r.checkButton, exact: true }).click();
    await page.locator('.verdict-not-proven').waitFor();
    await visit.leave();
  });
});

describe.each(LANGUAGES)('阿蘭 is refused in plain words (%s)', (language) => {
  it('a mistyped number comes back as a form with its error, without the number', async () => {
    const visit = await openWindow(language, 360);
    const { page } = visit;
    const mistyped = 'Y291001011';
    await askForStatement(visit, mistyped);
    await page.locator('.error-summary:not([data-failure])').waitFor();
    expect(await page.content()).not.toContain(mistyped);
    expect(await page.title()).toMatch(language === 'en' ? /^Error: / : /^錯誤：/);
    await visit.picture('no-script-mistyped');
    await visit.leave();
  });

  const REFUSALS = [
    ['a file that is no signature', 'E_CMS_SHAPE', async () => Buffer.from('not a signature')],
    [
      'a statement of other words',
      'E_CONTENT_MISMATCH',
      async () => signStatement(world.card(cast.shufen), Buffer.from('別的內容'), CMS).signature,
    ],
    [
      'a revoked card',
      'E_REVOKED',
      async (statement: Uint8Array) =>
        signStatement(world.card(cast.jianguo, 'revoked'), statement, CMS).signature,
    ],
  ] as const;

  it.each(REFUSALS)('%s: %s, and nothing is stored', async (name, code, makeFile) => {
    const person = name === 'a revoked card' ? cast.jianguo : cast.shufen;
    const stored = await world.stored();
    const visit = await openWindow(language, 360);
    const { page } = visit;
    await askForStatement(visit, person.nationalId);
    const statement = Buffer.from((await page.locator('pre.statement').textContent()) ?? '', 'utf8');
    await page.locator('#national-id').fill(person.nationalId);
    await upload(page, '#signature', 'signed.p7m', await makeFile(statement));
    await page.getByRole('button', { name: signingMessages(language).statementUpload }).click();
    await page.getByText(code, { exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.content()).not.toContain(person.nationalId);
    await visit.picture(`no-script-refused-${code}`);
    expect(await world.stored()).toBe(stored);
    await visit.leave();
  });
});

const CMS = { form: 'cms-attached', nowMs: Date.now() } as const;
