import { cast, DEFAULT_READER, type SimulatedCard } from '@lianshu/simulators';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CardFailureCode, cardFailures } from '../../src/credentials/index.ts';
import { signingMessages } from '../../src/signing/signing-messages.ts';
import { type JourneyWorld, startWorld } from './journey-world.ts';
import { failsWith, failure, pressSign, pressSignOnly, reachStatement, step } from './signing-acts.ts';
import { LANGUAGES, type Language, type Visit } from './visit.ts';

let world: JourneyWorld;
let own: SimulatedCard;
const visits = new Map<Language, Visit>();

beforeAll(async () => {
  world = await startWorld();
  own = world.card(cast.jiahao);
  for (const language of LANGUAGES) {
    const visit = await world.visit({ language, width: language === 'en' ? 360 : 1280 });
    visits.set(language, visit);
    await reachStatement(visit, own.person.nationalId);
  }
});
afterAll(async () => {
  for (const visit of visits.values()) await visit.leave();
  await world?.close();
});

/** A healthy component with 家豪's card in its one reader. */
beforeEach(() => {
  const { component } = world;
  component.fault = 'none';
  for (const { name } of component.readers()) component.removeReader(name);
  component.addReader(DEFAULT_READER);
  component.insert(own);
  component.resetTries(own);
  component.trust('localhost');
});

interface Problem {
  readonly name: string;
  readonly code: CardFailureCode;
  readonly arrange: () => unknown;
  /** Whose PIN is typed; 家豪's unless told. */
  readonly pin?: () => string;
  /** What the person does with the little window. */
  readonly meanwhile?: (popup: Page) => Promise<unknown>;
}

const insert = (card: () => SimulatedCard): Pick<Problem, 'arrange' | 'pin'> => ({
  arrange: () => world.component.insert(card()),
  pin: () => card().pin,
});
const fault = (name: JourneyWorld['component']['fault']) => () => {
  world.component.fault = name;
};

const PROBLEMS: readonly Problem[] = [
  { name: 'no reader', code: 'UI_NO_READER', arrange: () => world.component.removeReader(DEFAULT_READER) },
  { name: 'no card', code: 'UI_NO_CARD', arrange: () => world.component.remove() },
  {
    name: 'no card, told by a negative number',
    code: 'UI_NO_CARD',
    arrange: () => {
      world.component.remove();
      world.component.fault = 'negative-codes';
    },
  },
  {
    name: 'a health insurance card',
    code: 'UI_WRONG_CARD',
    arrange: () => world.component.insert({ kind: 'unknown' }),
  },
  {
    name: 'a card of another authority',
    code: 'UI_WRONG_CARD',
    arrange: () => world.component.insert({ kind: 'wrong-type', card: own, code: 0x83000102 }),
  },
  { name: 'a locked card', code: 'UI_CARD_LOCKED', arrange: () => world.component.lock(own) },
  {
    name: 'an expired card',
    code: 'UI_CERT_EXPIRED',
    ...insert(() => world.card(cast.guoqiang, 'expired')),
  },
  {
    name: 'a card that is not valid yet',
    code: 'UI_CERT_NOT_YET',
    ...insert(() => world.card(cast.chenghan, 'future')),
  },
  { name: 'cancelled in the component', code: 'UI_CANCELLED', arrange: fault('user-cancel') },
  { name: 'the window closes itself', code: 'UI_CANCELLED', arrange: fault('popup-closed') },
  {
    name: 'the person closes the window',
    code: 'UI_CANCELLED',
    arrange: fault('slow'),
    meanwhile: (popup) => popup.close(),
  },
  { name: 'time-out', code: 'UI_TIMEOUT', arrange: fault('timeout') },
  { name: 'an answer without func', code: 'UI_TIMEOUT', arrange: fault('no-func') },
  { name: 'a wrong PIN, two tries left', code: 'UI_PIN_WRONG_2', arrange: () => {}, pin: () => '00000000' },
  {
    name: 'a site the component does not trust',
    code: 'UI_UNTRUSTED_SITE',
    arrange: () => world.component.trust('localhost', false),
  },
];

describe.each(LANGUAGES)('before a signature is made (%s)', (language) => {
  beforeAll(async () => {
    const { authority } = world.demo;
    if (authority.cardOf(cast.chenghan, 'future')) return;
    const [validFromMs, validToMs] = [Date.now() + 10 * 86_400_000, Date.now() + 400 * 86_400_000];
    await authority.issueCard(cast.chenghan, { label: 'future', validFromMs, validToMs, reuseKeys: true });
  });

  it.each(PROBLEMS)('$name: $code', async (problem) => {
    const visit = visitIn(language);
    const stored = await world.stored();
    await problem.arrange();
    const popup = await pressSign(visit, problem.pin?.() ?? own.pin);
    await problem.meanwhile?.(popup);
    await expectNothingSigned(visit, problem.code);
    expect(popup.isClosed()).toBe(true);
    expect(await visit.page.locator('#pin').inputValue()).toBe('');
    expect(await world.stored()).toBe(stored);
    if (problem.code === 'UI_UNTRUSTED_SITE') await visit.picture('failure-untrusted-site');
  });

  it('a PIN of five digits: UI_PIN_LENGTH, without asking the card', async () => {
    const visit = visitIn(language);
    await pressSignOnly(visit, '12345');
    await expectNothingSigned(visit, 'UI_PIN_LENGTH');
    expect(world.component.triesLeft(own)).toBe(3);
  });

  it('a browser that blocks the window: UI_POPUP_BLOCKED', async () => {
    const visit = visitIn(language);
    await visit.page.evaluate(() => {
      const open = window.open;
      window.open = () => {
        window.open = open;
        return null;
      };
    });
    await pressSignOnly(visit, own.pin);
    await expectNothingSigned(visit, 'UI_POPUP_BLOCKED');
  });
});

const visitIn = (language: Language): Visit => {
  const visit = visits.get(language);
  if (!visit) throw new Error(language);
  return visit;
};

/** First whether anything was signed, then the cause, the next act, and the code; and a way on. */
async function expectNothingSigned(visit: Visit, code: CardFailureCode): Promise<void> {
  const { page, language } = visit;
  const t = signingMessages(language);
  const { cause, next, act, help } = cardFailures[code];
  await failsWith(page, code);
  const box = failure(page);
  const read = await box.innerText();
  const order = [t.standing.nothing, cause[language], next[language], code].map((part) => read.indexOf(part));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order[0]).toBe(0);
  expect(read).not.toMatch(/0x|ret_code/);
  const button = box.locator('[data-button]:visible');
  expect(await button.count()).toBe(act === 'none' ? 0 : 1);
  if (act !== 'none') expect(await button.getAttribute('data-button')).toBe(act);
  if (help !== undefined) expect(await box.locator('[data-help]:visible').getAttribute('href')).toBe(help);
  expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-failure'))).toBe(true);
  expect(visit.requested.filter((url) => url.endsWith('/joint-signatures'))).toEqual([]);
  expect(await visit.scrollsSideways()).toBe(false);
}

describe('the last try', () => {
  it.each([
    ['counting', 'zh-Hant-TW'],
    ['plain', 'en'],
  ] as const)('stops before the card locks (%s component, %s)', async (kind, language) => {
    const visit = await world.visit({ language });
    const { page } = visit;
    const t = signingMessages(language);
    const sign = page.getByRole('button', { name: t.signButton, exact: true });
    await reachStatement(visit, own.person.nationalId);
    world.component.fault = kind === 'plain' ? 'plain-pin-error' : 'none';
    await pressSign(visit, '00000000');
    await expectNothingSigned(visit, kind === 'plain' ? 'UI_PIN_WRONG' : 'UI_PIN_WRONG_2');
    await pressSign(visit, '00000000');
    await expectStop(visit);
    expect(await sign.isDisabled()).toBe(true);
    await page.locator('#pin').fill(own.pin);
    await page.keyboard.press('Enter');
    expect(world.component.triesLeft(own)).toBe(1);
    await visit.picture('failure-last-try');

    await page.getByLabel(t.lastTryConsent).check();
    await pressSign(visit, '00000000');
    await expectNothingSigned(visit, 'UI_CARD_LOCKED');
    await visit.leave();
  });
});

async function expectStop(visit: Visit): Promise<void> {
  const { page, language } = visit;
  const t = signingMessages(language);
  const { cause } = cardFailures.UI_PIN_WRONG_1;
  await failure(page).getByText(cause[language]).waitFor();
  expect((await failure(page).innerText()).startsWith(t.standing.nothing)).toBe(true);
  await page.getByText(t.lastTryTitle, { exact: true }).waitFor();
  const reset = page.getByRole('link', { name: t.lastTryLink });
  expect(await reset.getAttribute('href')).toBe('https://moica.nat.gov.tw/');
}

describe('where nothing stands in the way', () => {
  it('says after ten seconds that no component answers', async () => {
    await world.cardServer.goAbsent();
    try {
      const zh = visitIn('zh-Hant-TW');
      const en = visitIn('en');
      await Promise.all([pressSign(zh, own.pin), pressSign(en, own.pin)]);
      await expectNothingSigned(zh, 'UI_NOT_INSTALLED');
      await expectNothingSigned(en, 'UI_NOT_INSTALLED');
      await zh.picture('failure-not-installed');
    } finally {
      await world.cardServer.comeBack();
    }
  });

  it.each([
    ['slow', cast.meiling],
    ['extension-noise', cast.zhiming],
    ['encryption-first', cast.shufen],
  ] as const)('signs in spite of %s', async (name, person) => {
    const card = world.card(person);
    world.component.insert(card);
    const visit = await world.visit();
    const { page } = visit;
    await reachStatement(visit, person.nationalId);
    const shown = (await page.locator('[data-statement]').textContent()) ?? '';
    world.component.fault = name;
    const toCard = visit.context.waitForEvent('request', (each) => each.url().endsWith('/sign'));
    await pressSign(visit, card.pin);
    const body = (await toCard).postData() ?? '';
    await step(page, 'receipt').waitFor();
    expect(Buffer.from(shown, 'utf8').toString('base64')).toContain('+');
    expect(body).not.toContain('+');
    await visit.leave();
  });

  it.each([
    ['zh-Hant-TW', cast.meiling],
    ['en', cast.zhiming],
  ] as const)('adds the site to the trusted ones and then signs (%s)', async (language, person) => {
    const card = world.card(person);
    world.component.insert(card);
    world.component.trust('localhost', false);
    const visit = await world.visit({ language });
    const { page } = visit;
    await reachStatement(visit, person.nationalId, { caseNumber: '9902' });
    await pressSign(visit, card.pin);
    await expectNothingSigned(visit, 'UI_UNTRUSTED_SITE');
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: signingMessages(language).act.addDomain }).click(),
    ]);
    expect(await popup.locator('#domain').textContent()).toBe('localhost');
    await Promise.all([popup.waitForEvent('close'), popup.locator('#add').click()]);
    await pressSign(visit, card.pin);
    await step(page, 'receipt').waitFor();
    await visit.leave();
  });

  it.each(LANGUAGES)('tests the computer before anything is typed (%s)', async (language) => {
    const visit = await world.visit({ language });
    const { page } = visit;
    const t = signingMessages(language);
    const test = async () => {
      await Promise.all([
        page.waitForEvent('popup'),
        page.getByRole('button', { name: t.readiness, exact: true }).click(),
      ]);
    };
    await visit.goTo('/initiatives/9901/sign');
    await test();
    await page.getByText(t.readyOk).waitFor();
    world.component.remove();
    await test();
    await page.getByText(t.readyNoCard).waitFor();
    world.component.removeReader(DEFAULT_READER);
    await test();
    await expectNothingSigned(visit, 'UI_NO_READER');
    await visit.leave();
  });
});
