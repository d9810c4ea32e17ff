/** 淑芬 and 國強 at their desk: one prepares and signs, the other compares the digest and approves. */
import { expect } from 'vitest';
import { expectGood } from './good-page.ts';
import type { JourneyWorld } from './journey-world.ts';
import { OfficeVisit } from './office-visit.ts';
import type { Language } from './visit.ts';

export class OfficePair {
  readonly shufen: OfficeVisit;
  readonly guoqiang: OfficeVisit;

  private constructor(shufen: OfficeVisit, guoqiang: OfficeVisit) {
    this.shufen = shufen;
    this.guoqiang = guoqiang;
  }

  /** Two windows at the office, each registered by its link of the demonstration and signed in: she in Chinese, he in English. */
  static async enrol(world: JourneyWorld): Promise<OfficePair> {
    const open = (language: Language, width: number) =>
      OfficeVisit.open(world.browser, world.demo.officeUrl, {
        language,
        width,
        bypassPolicy: true,
        meetsRefusals: true,
      });
    const pair = new OfficePair(await open('zh-Hant-TW', 1280), await open('en', 360));
    const [first, second] = world.demo.invites;
    for (const [{ visit }, invite] of [
      [pair.shufen, first],
      [pair.guoqiang, second],
    ] as const) {
      await visit.goTo(new URL(invite?.url ?? '').pathname);
      await expectGood(visit, 'office-enrol');
    }
    await pair.shufen.enrol(first?.url ?? '');
    await pair.guoqiang.enrol(second?.url ?? '');
    return pair;
  }

  /** She reads on in one language, he in the other; both come in again where their sessions have idled out. */
  async readOn(language: Language): Promise<void> {
    const [hers, his] = language === 'en' ? (['en', 'zh-Hant-TW'] as const) : (['zh-Hant-TW', 'en'] as const);
    await this.shufen.visit.readOn(hers, hers === 'en' ? 360 : 1280);
    await this.guoqiang.visit.readOn(his, his === 'en' ? 360 : 1280);
    for (const officer of [this.shufen, this.guoqiang]) {
      await officer.visit.goTo('/');
      if (officer.visit.page.url().includes('/sign-in')) await officer.signIn();
    }
  }

  /** She prepares and he approves; with `him`, the other way round. */
  async decide(
    caseNumber: string,
    kind: string,
    fields: Readonly<Record<string, string>>,
    first: 'her' | 'him' = 'her',
  ): Promise<void> {
    const preparing = first === 'her' ? this.shufen : this.guoqiang;
    await preparing.prepare(caseNumber, kind, fields);
    await this.approve(first);
  }

  /** Signs what is open before the first, and approves it as the second. */
  async approve(first: 'her' | 'him' = 'her'): Promise<void> {
    const [one, other] = first === 'her' ? [this.shufen, this.guoqiang] : [this.guoqiang, this.shufen];
    const digest = (await one.visit.page.locator('[data-digest]').textContent()) ?? '';
    await one.pressPasskey();
    await one.visit.page.locator('[data-state="signed"]').waitFor();
    const { page } = other.visit;
    await other.visit.goTo('/waiting');
    await page.locator('[data-action] a').first().click();
    expect(await page.locator('[data-digest]').textContent()).toBe(digest);
    await other.pressPasskey();
    const outcome = page.locator('[data-outcome]');
    await outcome.waitFor();
    expect(await outcome.getAttribute('data-outcome')).toBe('entered');
  }

  async leave(): Promise<void> {
    await this.shufen.visit.leave();
    await this.guoqiang.visit.leave();
  }
}
