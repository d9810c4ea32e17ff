/** An officer's browser window, with a passkey that Chromium keeps for it (CDP, WebAuthn domain). */
import type { Browser, CDPSession } from 'playwright-core';
import { Visit, type VisitOptions } from './visit.ts';

export class OfficeVisit {
  readonly visit: Visit;
  readonly #device: CDPSession;
  readonly #authenticatorId: string;

  private constructor(visit: Visit, device: CDPSession, authenticatorId: string) {
    this.visit = visit;
    this.#device = device;
    this.#authenticatorId = authenticatorId;
  }

  static async open(browser: Browser, url: string, options: VisitOptions = {}): Promise<OfficeVisit> {
    const visit = await Visit.open(browser, { url, component: url }, options);
    const device = await visit.context.newCDPSession(visit.page);
    await device.send('WebAuthn.enable');
    const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new OfficeVisit(visit, device, authenticatorId);
  }

  /** Whether the device's own check succeeds from here on: the right finger, or a wrong one. */
  async deviceAccepts(isUserVerified: boolean): Promise<void> {
    await this.#device.send('WebAuthn.setUserVerified', {
      authenticatorId: this.#authenticatorId,
      isUserVerified,
    });
  }

  /** Opens the link, registers this device, signs in with it. */
  async enrol(link: string): Promise<void> {
    const { page } = this.visit;
    await this.visit.goTo(new URL(link).pathname);
    await this.pressPasskey();
    await page.waitForURL(/\/sign-in\?note=enrolled$/);
    await this.signIn();
  }

  async signIn(): Promise<void> {
    const { page } = this.visit;
    if (!page.url().includes('/sign-in')) await this.visit.goTo('/sign-in');
    await this.pressPasskey();
    await page.locator('.who').waitFor();
  }

  /** Presses the one button that asks the device. */
  async pressPasskey(): Promise<void> {
    await this.visit.page.locator('form[data-passkey] button:enabled').click();
  }

  /** Fills in the form of an act, ticks its checklist, and goes to the preview. */
  async prepare(caseNumber: string, kind: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const { page } = this.visit;
    await this.visit.goTo(`/cases/${caseNumber}`);
    await page.locator(`[data-act="${kind}"] a.button`).click();
    for (const [name, value] of Object.entries(fields)) {
      const field = page.locator(`[id="${name}"]`);
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
    for (const box of await page.locator('.checklist input[type=checkbox]').all()) await box.check();
    await page.locator('main form button[type=submit]').click();
  }
}
