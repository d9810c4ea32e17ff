import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

export type Language = 'zh-Hant-TW' | 'en';
export const LANGUAGES: readonly Language[] = ['zh-Hant-TW', 'en'];

const PICTURES = fileURLToPath(new URL('../../test-artefacts/journeys/', import.meta.url));

export interface VisitOptions {
  readonly language?: Language;
  readonly width?: number;
  readonly height?: number;
  readonly javaScript?: boolean;
  /** Lets the test's own script (axe) into pages whose policy forbids it. */
  readonly bypassPolicy?: boolean;
  /** Something is meant to be refused or to break on the way: the browser then notes it in its console. */
  readonly meetsRefusals?: boolean;
}

/**
 * One person's browser window. It notes what no visit may show: console errors, uncaught exceptions, requests
 * to anywhere but the site and the card component. {@link leave} fails on any of them.
 */
export class Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Paths of the pages that were looked at from end to end (good-page.ts). */
  readonly looked = new Set<string>();
  /** Addresses asked for by the site's pages, in order. */
  readonly requested: string[] = [];
  /** Bodies of everything sent to the site. */
  readonly sent: string[] = [];
  readonly #faults: string[] = [];
  readonly #url: string;
  #language: Language;

  private constructor(page: Page, site: { url: string; component: string }, options: VisitOptions) {
    this.page = page;
    this.context = page.context();
    this.#language = options.language ?? 'zh-Hant-TW';
    this.#url = site.url;
    page.on('console', (message) => {
      const isStatus = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !(options.meetsRefusals && isStatus))
        this.#faults.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.#faults.push(`exception: ${error.message}`));
    this.context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      this.requested.push(request.url());
      if (origin === site.url) this.sent.push(request.postData() ?? '');
      else if (origin !== site.component && !['data:', 'blob:', 'chrome-error:'].includes(protocol))
        this.#faults.push(`request leaves the origin: ${request.url()}`);
    });
  }

  static async open(
    browser: Browser,
    site: { url: string; component: string },
    options: VisitOptions,
  ): Promise<Visit> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      locale: options.language === 'en' ? 'en-GB' : 'zh-TW',
      timezoneId: 'Asia/Taipei',
      javaScriptEnabled: options.javaScript ?? true,
      bypassCSP: options.bypassPolicy ?? false,
    });
    context.setDefaultTimeout(15_000);
    return new Visit(await context.newPage(), site, options);
  }

  get language(): Language {
    return this.#language;
  }

  /** Reads on in another language, in a window of another width; the same session and devices. */
  async readOn(language: Language, width: number): Promise<void> {
    this.#language = language;
    await this.page.setViewportSize({ width, height: 800 });
  }

  /** The address of a page in the visitor's language. */
  address(path: string): string {
    if (this.language !== 'en') return `${this.#url}${path}`;
    return `${this.#url}/en${path === '/' ? '/' : path}`;
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(this.address(path));
  }

  /** Keeps a picture of the whole page for people to look at. */
  async picture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    const width = this.page.viewportSize()?.width ?? 0;
    const path = join(PICTURES, `${name}.${this.language === 'en' ? 'en' : 'zh'}.${width}.png`);
    await this.page.screenshot({ path, fullPage: true });
  }

  /** True when the page is wider than the window, so that a reader had to scroll sideways. */
  scrollsSideways(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  }

  /** Closes the window; anything noted on the way fails the test. */
  async leave(): Promise<void> {
    const faults = [...this.#faults];
    await this.context.close();
    expect(faults).toEqual([]);
  }
}
