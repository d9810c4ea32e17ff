/** A browser window at the workspace: signs in with the card in the reader, or with a passkey that Chromium keeps. */
import type { SimulatedCard } from '@lianshu/simulators';
import { entranceMessages } from '../../src/lead-proposers/entrance-messages.ts';
import type { JourneyWorld } from './journey-world.ts';
import { OfficeVisit } from './office-visit.ts';
import { Visit, type VisitOptions } from './visit.ts';

export class WorkspaceVisit {
  readonly visit: Visit;
  readonly #world: JourneyWorld;

  private constructor(world: JourneyWorld, visit: Visit) {
    this.#world = world;
    this.visit = visit;
  }

  static async open(world: JourneyWorld, options: VisitOptions = {}): Promise<WorkspaceVisit> {
    const site = { url: world.demo.workspaceUrl, component: world.cardServer.url };
    return new WorkspaceVisit(world, await Visit.open(world.browser, site, options));
  }

  /** A window whose device holds passkeys. */
  static async openWithDevice(world: JourneyWorld, options: VisitOptions = {}): Promise<WorkspaceVisit> {
    const { visit } = await OfficeVisit.open(world.browser, world.demo.workspaceUrl, options);
    return new WorkspaceVisit(world, visit);
  }

  /** Types the number and, where there is one, the PIN; presses the card's button. */
  async pressCard(card: SimulatedCard, pin = card.pin): Promise<void> {
    const { page, language } = this.visit;
    this.#world.component.insert(card);
    if (!page.url().includes('/sign-in')) await this.visit.goTo('/sign-in');
    await page.locator('#national-id').fill(card.person.nationalId);
    await page.locator('#pin').fill(pin);
    await page.getByRole('button', { name: entranceMessages(language).cardButton, exact: true }).click();
  }

  /** From the sign-in page to the page it leads to. */
  async signInByCard(card: SimulatedCard): Promise<void> {
    await this.pressCard(card);
    await this.visit.page.locator('.who').waitFor();
  }

  /** Opens an invitation, registers this device, signs in with it. */
  async enrol(link: string): Promise<void> {
    const { page } = this.visit;
    const press = () => page.locator('form[data-passkey] button:enabled').click();
    await this.visit.goTo(new URL(link).pathname);
    await press();
    await page.waitForURL(/\/sign-in\?note=registered$/);
    await press();
    await page.locator('.who').waitFor();
  }
}
