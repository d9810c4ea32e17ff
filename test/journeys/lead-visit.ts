/** 志明's window at the workspace: what he does there as drafter and as lead proposer, in the language of the window. */
import { cast } from '@lianshu/simulators';
import { expectGood } from './good-page.ts';
import type { JourneyWorld } from './journey-world.ts';
import { type Language, Visit } from './visit.ts';

/** Everything a draft says; the question and its reasons are Chinese whatever language he works in. */
export type DraftText = Readonly<
  Record<
    | 'subjectZh'
    | 'subjectEn'
    | 'mainText'
    | 'reasons'
    | 'problemZh'
    | 'problemEn'
    | 'mainTextEn'
    | 'reasonsEn',
    string
  >
>;

export class LeadVisit {
  readonly visit: Visit;
  readonly #world: JourneyWorld;

  private constructor(world: JourneyWorld, visit: Visit) {
    this.#world = world;
    this.visit = visit;
  }

  static async open(world: JourneyWorld, language: Language, width: number): Promise<LeadVisit> {
    const site = { url: world.demo.workspaceUrl, component: world.cardServer.url };
    const options = { language, width, bypassPolicy: true, meetsRefusals: true };
    return new LeadVisit(world, await Visit.open(world.browser, site, options));
  }

  /** The page as it stands, under a name of its own. */
  async looksGood(name: string): Promise<void> {
    await expectGood(this.visit, `case-${name}`);
  }

  /** Signs in with the card in the reader; with case and code where the e-system is entered. */
  async signIn(next: string, eSystem?: Readonly<{ case: string; code: string }>): Promise<void> {
    const { page } = this.visit;
    this.#insertCard();
    const address = new URL(this.visit.address(next)).pathname;
    await this.visit.goTo(`/sign-in?next=${encodeURIComponent(next)}`);
    if (eSystem !== undefined) {
      await page.locator('details summary').first().click();
      await page.locator('#case').fill(eSystem.case);
      await page.locator('#code').fill(eSystem.code);
    }
    await this.pressCard();
    await page.waitForURL((url) => url.pathname === address);
  }

  /** Types number and PIN, and presses the one button that asks the card. */
  async pressCard(): Promise<void> {
    const { page } = this.visit;
    const { person, pin } = this.#insertCard();
    await page.locator('#national-id').fill(person.nationalId);
    await page.locator('#pin').fill(pin);
    await page.locator('[data-act="card"]').click();
  }

  #insertCard() {
    const card = this.#world.card(cast.zhiming);
    this.#world.component.insert(card);
    return card;
  }

  /** Fills in fields by their names. */
  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await this.visit.page.locator(`#${name}`).fill(value);
  }

  /** Sends the form of the page that stands last. */
  async send(): Promise<void> {
    await this.visit.page.locator('main form button[type=submit]').last().click();
  }

  /** Confirms what a preview shows. */
  async confirm(): Promise<void> {
    await this.visit.page.locator('main [data-preview] form button[type=submit]').click();
  }
}
