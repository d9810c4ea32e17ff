/** Every page of the three surfaces, in one language: those that the story passed by, those other journeys look at, and the rest. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { expectGood } from './good-page.ts';
import type { JourneyWorld } from './journey-world.ts';
import type { LeadVisit } from './lead-visit.ts';
import type { OfficePair } from './office-pair.ts';
import { pageRoutes, routeOf, type SurfaceName } from './page-routes.ts';
import { type Language, Visit } from './visit.ts';

/** Where the story stands when it looks around. */
export interface StandPoint {
  readonly world: JourneyWorld;
  readonly language: Language;
  readonly zhiming: LeadVisit;
  readonly office: OfficePair;
  readonly draft: string;
  readonly caseNumber: string;
}

/** Pages that another journey looks at in both languages, and the words by which its file does. */
const ELSEWHERE: Readonly<Record<string, readonly [file: string, words: string]>> = {
  '/': ['yating-reads-on-a-phone', "page('home', '/')"],
  '/accessibility': ['yating-reads-on-a-phone', "'/accessibility'"],
  '/api': ['yating-follows-a-case', "'/api'"],
  '/break-it': ['yating-reads-on-a-phone', "'/break-it'"],
  '/drafts': ['meiling-proposes', "'/drafts'"],
  '/drafts/:draft': ['meiling-proposes', '`/drafts/$'],
  '/drafts/:case/sign': ['meiling-proposes', '}/sign`'],
  '/how-it-works': ['yating-reads-on-a-phone', "'/how-it-works'"],
  '/initiatives/:case': ['yating-reads-on-a-phone', "'/initiatives/9901'"],
  '/initiatives/:case/follow': ['yating-follows-a-case', '`/initiatives/9901/follow`'],
  '/initiatives/:case/sign': ['yating-reads-on-a-phone', "'/initiatives/9901/sign'"],
  '/initiatives/:case/texts/compare': ['yating-follows-a-case', '}/texts/compare`'],
  '/privacy': ['yating-reads-on-a-phone', "'/privacy'"],
  '/problems/:code': ['yating-reads-on-a-phone', "'/problems/E_ALREADY_SIGNED'"],
  '/receipts': ['yating-reads-on-a-phone', "'/receipts'"],
  '/receipts/:commitment': ['yating-reads-on-a-phone', "'/receipts/…'"],
  '/source': ['yating-follows-a-case', "'/source'"],
};

/** Of the other surfaces, whose pages have the same addresses but are not the same. */
const ELSEWHERE_SIGNED_IN: Readonly<Record<string, readonly [file: string, words: string]>> = {
  '/invitations/:token': ['zhiming-signs-in', "expectGood(helper, 'invitation')"],
  '/members/:scope': ['zhiming-signs-in', "expectGood(window, 'people')"],
  '/actions/:id': ['shufen-and-guoqiang-decide', "expectGood(guoqiang, 'entered')"],
};

/** Pages that answer another site or a letter, and so are not come upon: their forms are tested over HTTP. */
const NOT_COME_UPON: ReadonlySet<string> = new Set([
  '/embed/initiatives/:case',
  '/follow/confirm/:token',
  '/follow/stop/:token',
]);

/** An address of a page's route where the story stands. */
function addressOf(
  route: string,
  { draft, caseNumber }: StandPoint,
  { index, opinion }: Awaited<ReturnType<typeof someOf>>,
): string {
  const kind = route.startsWith('/platform')
    ? 'closure'
    : route.startsWith('/drafts')
      ? 'paper-proposers'
      : 'stopped';
  const values: Readonly<Record<string, string>> = {
    number: route.startsWith('/rolls') ? draft : caseNumber,
    case: caseNumber,
    draft,
    kind,
    index,
    code: 'not-found',
  };
  const address = route.replaceAll(/:(\w+)/g, (whole, name: string) => values[name] ?? whole);
  return route.endsWith('/opinions/compare') ? `${address}?from=${opinion}&to=${opinion}` : address;
}

const isNamed = ([file, words]: readonly [string, string]): boolean =>
  readFileSync(fileURLToPath(new URL(`${file}.test.ts`, import.meta.url)), 'utf8').includes(words);

/** What the API tells of a case, by a name of its answer. */
async function told<T>(url: string, caseNumber: string, what: '' | '/opinions'): Promise<T> {
  const response = await fetch(`${url}/v1/initiatives/${caseNumber}${what}`);
  return (await response.json()) as T;
}

/** The place in the log of some entry of the case, and the digest of an opinion. */
async function someOf({ world, caseNumber }: StandPoint): Promise<{ index: string; opinion: string }> {
  const { acts } = await told<{ acts: readonly { index?: number }[] }>(world.url, caseNumber, '');
  const { opinions } = await told<{ opinions: readonly { versions: readonly { sha256: string }[] }[] }>(
    world.url,
    caseNumber,
    '/opinions',
  );
  return {
    index: String(acts.find(({ index }) => index !== undefined)?.index),
    opinion: String(opinions[0]?.versions[0]?.sha256),
  };
}

/** Looks at what is left of a surface; every one of its pages has been looked at when this resolves. */
export async function lookAtTheRest(surface: SurfaceName, at: StandPoint): Promise<void> {
  const { world, language, zhiming, office } = at;
  const routes = pageRoutes(surface);
  const ofLanguage = (path: string) => path.startsWith('/en/') === (language === 'en');
  const visits = {
    public: [],
    workspace: [zhiming.visit],
    office: [office.shufen.visit, office.guoqiang.visit],
  };
  const looked = new Set(
    visits[surface].flatMap((each: Visit) =>
      [...each.looked].filter(ofLanguage).map((path) => routeOf(routes, path)),
    ),
  );
  const elsewhere = surface === 'public' ? ELSEWHERE : ELSEWHERE_SIGNED_IN;
  const stranger = await Visit.open(
    world.browser,
    {
      url: { public: world.url, workspace: world.demo.workspaceUrl, office: world.demo.officeUrl }[surface],
      component: world.cardServer.url,
    },
    { language, width: 360, bypassPolicy: true, meetsRefusals: true },
  );
  const some = await someOf(at);
  for (const route of routes) {
    const named = elsewhere[route];
    if (named !== undefined) expect([route, isNamed(named)]).toEqual([route, true]);
    if (looked.has(route) || named !== undefined || NOT_COME_UPON.has(route)) continue;
    const insider = { public: stranger, workspace: zhiming.visit, office: office.shufen.visit }[surface];
    const visit = route === '/sign-in' ? stranger : insider;
    const response = await visit.page.goto(visit.address(addressOf(route, at, some)));
    const status = response?.status() ?? 0;
    expect([route, status, status < 500 && (status !== 404 || route === '/problems/:code')]).toEqual([
      route,
      status,
      true,
    ]);
    await expectGood(visit, `${surface} ${route}`, { isKept: false });
  }
  await stranger.leave();
}
