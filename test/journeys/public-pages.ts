import type { Person } from '@lianshu/simulators';
import type { Page } from 'playwright-core';
import type { Visit } from './visit.ts';

/** One public page: how to get there, and what it may be. */
export interface PublicPage {
  readonly name: string;
  readonly open: (visit: Visit) => Promise<unknown>;
  readonly status?: number;
  /** Only two pages carry a script; all the others are for reading. */
  readonly scripts?: 1;
  /** Where the language switch leads when the address itself answers only a form or cannot be found. */
  readonly switchPath?: string;
}

const at = (path: string) => (visit: Visit) => visit.goTo(path);

/** Sends the signing page's form as a browser without script does: past the island's `submit` listener. */
const submitWithoutScript = (typed: string) => async (visit: Visit) => {
  const { page } = visit;
  await visit.goTo('/initiatives/9901/sign');
  await page.locator('#national-id').fill(typed);
  await Promise.all([
    page.waitForURL(/\/statement$/),
    page.evaluate(() => {
      const form = document.querySelector('form');
      if (form) HTMLFormElement.prototype.submit.call(form);
    }),
  ]);
};

const SIGN = '/initiatives/9901/sign';

/** Every kind of page that the public can meet, `commitment` being one that the record holds. */
export const publicPages = (person: Person, commitment: string): readonly PublicPage[] => [
  { name: 'home', open: at('/') },
  { name: 'search', open: at('/?q=9902') },
  { name: 'search-empty', open: at('/?q=%E6%B2%92%E6%9C%89%E9%80%99%E6%A8%A3%E7%9A%84%E6%A1%88') },
  { name: 'case-open', open: at('/initiatives/9901') },
  { name: 'case-9001', open: at('/initiatives/9001') },
  { name: 'case-9002', open: at('/initiatives/9002') },
  { name: 'compare', open: at('/initiatives/9903/texts/compare') },
  { name: 'past-cases', open: at('/past-cases') },
  { name: 'drafts', open: at('/drafts') },
  { name: 'draft', open: at('/drafts/D00001') },
  { name: 'draft-sign', open: at('/drafts/D00001/sign'), scripts: 1 },
  { name: 'sign', open: at(SIGN), scripts: 1 },
  { name: 'sign-over', open: at('/initiatives/9001/sign'), status: 409 },
  {
    name: 'sign-refused',
    open: submitWithoutScript('A123456788'),
    status: 422,
    scripts: 1,
    switchPath: SIGN,
  },
  { name: 'statement', open: submitWithoutScript(person.nationalId), switchPath: SIGN },
  { name: 'receipts', open: at('/receipts'), scripts: 1 },
  { name: 'receipt-sheet', open: at('/receipts/sheet') },
  { name: 'receipt', open: at(`/receipts/${commitment}`) },
  { name: 'receipt-unknown', open: at(`/receipts/${'A'.repeat(43)}`), status: 404, switchPath: '/receipts' },
  { name: 'witnesses', open: at('/witnesses') },
  { name: 'how-it-works', open: at('/how-it-works') },
  { name: 'break-it', open: at('/break-it') },
  { name: 'privacy', open: at('/privacy') },
  { name: 'accessibility', open: at('/accessibility') },
  { name: 'problem', open: at('/problems/E_CERT_EXPIRED') },
  { name: 'not-found', open: at('/no/such/page'), status: 404, switchPath: '/' },
];

/** Whatever takes the focus on the page and shows no ring of at least two pixels round it. */
export async function withoutFocusRing(page: Page): Promise<readonly string[]> {
  // Focus set by script keeps its ring once the keyboard has moved the focus.
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const candidates = document.querySelectorAll<HTMLElement>('a[href], button, input, summary, textarea');
    const visible = [...candidates].filter((each) => each.checkVisibility() && !each.matches(':disabled'));
    return visible.flatMap((element) => {
      element.focus();
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const isRinged = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      return document.activeElement === element && isRinged ? [] : [element.outerHTML.slice(0, 120)];
    });
  });
}
