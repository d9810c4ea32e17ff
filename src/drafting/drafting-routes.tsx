import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createCaseSearch, type Initiatives } from '../initiatives/index.ts';
import type { WorkspaceGate } from '../lead-proposers/index.ts';
import { createPastCases } from '../past-cases/index.ts';
import type { Db } from '../platform/db/index.ts';
import { languageOf } from '../platform/http/language.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import type { Proposals } from '../proposals/index.ts';
import type { AssetLink } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import type { CollectDeps } from './collect.ts';
import { collectRoutes } from './collect-routes.tsx';
import { commentRoutes } from './comment-routes.tsx';
import { ComparePage } from './compare-page.tsx';
import { exportText } from './draft-export.ts';
import { draftTitle } from './draft-frame.tsx';
import { DraftPage, type DraftView } from './draft-page.tsx';
import { createDrafting } from './drafting.ts';
import { draftingMessages } from './drafting-messages.ts';
import { editRoutes } from './edit-routes.tsx';
import { DraftListPage } from './list-page.tsx';
import { type Asked, formOf, PageContext, versionOf } from './page-context-routes.tsx';
import { DeletePage } from './people-page.tsx';
import { peopleRoutes } from './people-routes.tsx';
import { type MandateKeeper, membersOf, type Person } from './workspace.ts';

export interface DraftingRoutesDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly gate: Pick<WorkspaceGate, 'signedIn' | 'whoAsks' | 'frame'>;
  readonly leadProposers: MandateKeeper;
  readonly initiatives: Pick<Initiatives, 'findCase'>;
  readonly proposals: Pick<Proposals, 'open' | 'find'>;
  readonly isDemo: boolean;
  readonly isNameOnCard: CollectDeps['isNameOnCard'];
  /** Address of the public site, without a slash at its end. */
  readonly publicUrl: string;
  readonly switched?: CollectDeps['switched'];
  /** Keeps counts up to date while somebody types; every page works without it. */
  readonly countScript?: AssetLink;
}

/** `/drafts` and everything below it, in both languages. */
export function draftingRoutes(server: FastifyInstance, deps: DraftingRoutesDeps): void {
  const { db, clock, random, leadProposers, proposals, isDemo, switched, isNameOnCard } = deps;
  const members = membersOf(leadProposers);
  const drafting = createDrafting({ db, clock, random, members });
  const collect = { db, clock, proposals, isDemo, switched, isNameOnCard, mandates: leadProposers };
  const [search, pastCases] = [createCaseSearch({ db }), createPastCases({ db })];
  const pages = new PageContext({ ...deps, drafting, members, collect, search, pastCases });

  async function list(request: FastifyRequest, reply: FastifyReply, person: Person, isFull = false) {
    const language = languageOf(request.url);
    const drafts = await drafting.list(person);
    return pages.send(
      { request, reply, person },
      {
        title: draftingMessages(language).listTitle,
        ...(isFull ? { status: 422 } : {}),
        body: (
          <DraftListPage
            language={language}
            drafts={drafts}
            mayLead={person.kind === 'card'}
            isFull={isFull}
          />
        ),
      },
    );
  }

  async function create(request: FastifyRequest, reply: FastifyReply, person: Person) {
    if (person.kind !== 'card') return reply.refuse({ code: 'not-found' });
    const id = await drafting.create(person);
    if (id === undefined) return list(request, reply, person, true);
    return pages.goTo({ reply, language: languageOf(request.url) }, `/drafts/${id}/edit`);
  }

  async function read(asked: Asked) {
    const { open, language, request } = asked;
    const { note } = request.query as Readonly<Record<string, unknown>>;
    const text = open.newest?.text;
    const view: DraftView = {
      versions: await drafting.versions(open.draft),
      hints: text && pages.hints(text),
      like: text === undefined ? [] : await pages.like(open, text),
      ...(note === 'saved' || note === 'unchanged' ? { note } : {}),
    };
    return pages.send(asked, {
      title: draftTitle(language, open),
      body: <DraftPage frame={await pages.frame(asked, 'text')} view={view} />,
    });
  }

  async function compare(asked: Asked) {
    const { open, language, request, reply } = asked;
    const query = request.query as Readonly<Record<string, unknown>>;
    const [first, second] = [versionOf(query['a']), versionOf(query['b'])];
    if (first === undefined || second === undefined) return reply.refuse({ code: 'not-found' });
    const [a, b] = await Promise.all([
      drafting.version(open.draft, Math.min(first, second)),
      drafting.version(open.draft, Math.max(first, second)),
    ]);
    if (a === undefined || b === undefined) return reply.refuse({ code: 'not-found' });
    const versions = await drafting.versions(open.draft);
    return pages.send(asked, {
      title: draftingMessages(language).compareTitle(a.version, b.version),
      body: <ComparePage frame={await pages.frame(asked, undefined)} versions={versions} a={a} b={b} />,
    });
  }

  async function exportVersion({ request, reply, open }: Asked) {
    const { version: number } = request.params as Readonly<{ version: string }>;
    const version = versionOf(number);
    const found = version === undefined ? undefined : await drafting.version(open.draft, version);
    if (found === undefined) return reply.refuse({ code: 'not-found' });
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="draft-v${found.version}.txt"`)
      .type('text/plain; charset=utf-8')
      .send(exportText(found.text, found.version, taipeiTimestamp(found.savedAtMs)));
  }

  async function copy(asked: Asked) {
    const { request, reply, person, open } = asked;
    const version = versionOf(formOf(request)['version']);
    if (version === undefined || open.role !== 'lead') return reply.refuse({ code: 'not-found' });
    const id = await drafting.copy(person, open.draft.id, version);
    return id === undefined ? list(request, reply, person, true) : pages.goTo(asked, `/drafts/${id}`);
  }

  async function askDelete(asked: Asked) {
    const { open, language, reply } = asked;
    if (open.role !== 'lead') return reply.refuse({ code: 'not-found' });
    return pages.send(asked, {
      title: draftingMessages(language).deleteTitle,
      body: <DeletePage frame={await pages.frame(asked, undefined)} />,
    });
  }

  async function remove(asked: Asked) {
    const { open, person } = asked;
    return (await drafting.remove(person, open.draft.id)) ? pages.goTo(asked, '/drafts') : askDelete(asked);
  }

  for (const url of bothLanguages('/drafts')) {
    server.get(url, pages.signedIn(list));
    server.post(url, pages.signedIn(create));
  }
  for (const url of bothLanguages('/drafts/:id')) {
    server.get(url, pages.ofDraft(read));
    server.get(`${url}/compare`, pages.ofDraft(compare));
    server.get(`${url}/versions/:version.txt`, pages.ofDraft(exportVersion));
    server.post(`${url}/copy`, pages.ofDraft(copy));
    server.get(`${url}/delete`, pages.ofDraft(askDelete));
    server.post(`${url}/delete`, pages.ofDraft(remove));
    editRoutes(server, url, pages);
    commentRoutes(server, url, pages);
    peopleRoutes(server, url, pages);
    collectRoutes(server, url, pages);
  }
}
