/** What every route of drafting shares: who asks, which draft, and the page around the answer. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { CaseSearch, Initiatives } from '../initiatives/index.ts';
import { nationalPackOn, type RulePack } from '../law/index.ts';
import { sendPage, type WorkspaceGate, WorkspacePage } from '../lead-proposers/index.ts';
import type { PastCases } from '../past-cases/index.ts';
import { languageOf, withoutLanguage } from '../platform/http/language.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { Proposals } from '../proposals/index.ts';
import { type AssetLink, type Language, localPath } from '../web/index.ts';
import type { CollectDeps } from './collect.ts';
import type { DraftFrame } from './draft-frame.tsx';
import { type DraftHints, hintsOn } from './draft-hints.ts';
import type { DraftText } from './draft-text.ts';
import type { Drafting, OpenDraft } from './drafting.ts';
import { draftingMessages } from './drafting-messages.ts';
import { type LikeCase, likeCases } from './like-cases.ts';
import { hasWritten, SignedOutPage } from './signed-out-page.tsx';
import type { Members, Person } from './workspace.ts';

/** A page of drafting, to be put into the workspace's layout. */
export interface WorkspaceContent {
  readonly title: string;
  readonly body: VNode;
  /** 200 unless told; from 400 on the title says that something is wrong. */
  readonly status?: number;
  readonly script?: AssetLink | undefined;
}

export interface PageDeps {
  readonly drafting: Drafting;
  readonly members: Members;
  readonly collect: CollectDeps;
  readonly search: CaseSearch;
  readonly pastCases: Pick<PastCases, 'find'>;
  readonly initiatives: Pick<Initiatives, 'findCase'>;
  readonly proposals: Pick<Proposals, 'find'>;
  readonly clock: Clock;
  /** Address of the public site, without a slash at its end. */
  readonly publicUrl: string;
  /** Keeps counts up to date while somebody types; every page works without it. */
  readonly countScript?: AssetLink | undefined;
  readonly gate: Pick<WorkspaceGate, 'signedIn' | 'whoAsks' | 'frame'>;
}

/** One request for one draft, by one of its people. */
export interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly person: Person;
  readonly language: Language;
  readonly open: OpenDraft;
  readonly path: string;
}

const FORM = z.record(z.string().max(100), z.string());

/** The fields of a form; empty for anything that is none. */
export const formOf = (request: FastifyRequest): Readonly<Record<string, string>> =>
  FORM.safeParse(request.body).data ?? {};

const VERSION = /^[1-9][0-9]{0,5}$/;

/** A version's number from an address; undefined for anything else. */
export const versionOf = (text: unknown): number | undefined =>
  typeof text === 'string' && VERSION.test(text) ? Number(text) : undefined;

export class PageContext {
  readonly deps: PageDeps;

  constructor(deps: PageDeps) {
    this.deps = deps;
  }

  get today(): string {
    return legalDateOf(this.deps.clock.nowMs());
  }

  /** The law of today: a draft is bound to a pack only when it is filed. */
  get pack(): RulePack {
    const pack = nationalPackOn(this.today);
    if (pack === undefined) throw new RangeError('no Referendum Act is in force today');
    return pack;
  }

  /** Answers for a person who is signed in. */
  signedIn(answer: (request: FastifyRequest, reply: FastifyReply, person: Person) => Promise<FastifyReply>) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const isWritten = request.method === 'POST' && hasWritten(formOf(request));
      if (isWritten && (await this.deps.gate.whoAsks(request)) === undefined)
        return this.#signedOut(request, reply);
      const person = await this.deps.gate.signedIn(request, reply);
      return person === undefined ? reply : answer(request, reply, person);
    };
  }

  /** Somebody wrote for longer than a session lasts: what they sent comes back, to be sent again. */
  #signedOut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const language = languageOf(request.url);
    const path = withoutLanguage(request.url).split('?')[0] ?? '/drafts';
    return sendPage(
      reply.code(401),
      <WorkspacePage
        frame={{ ...this.deps.gate.frame(request), path: '/drafts' }}
        title={draftingMessages(language).outTitle}
        erroneous
      >
        <SignedOutPage language={language} path={path} values={formOf(request)} />
      </WorkspacePage>,
    );
  }

  /** Answers for one of a draft's people; a stranger is told that there is no such page. */
  ofDraft(answer: (asked: Asked) => Promise<FastifyReply>) {
    return this.signedIn(async (request, reply, person) => {
      const { id } = request.params as Readonly<{ id: string }>;
      const open = await this.deps.drafting.open(person, id);
      if (open === undefined) return reply.refuse({ code: 'not-found' });
      const language = languageOf(request.url);
      return answer({ request, reply, person, language, open, path: `/drafts/${id}` });
    });
  }

  async frame({ language, open }: Asked, current: DraftFrame['current']): Promise<DraftFrame> {
    const comments = await this.deps.drafting.comments(open.draft);
    return {
      language,
      open,
      openComments: comments.filter(({ resolved }) => resolved === undefined).length,
      publicUrl: this.deps.publicUrl,
      current,
    };
  }

  /** Sends a page in the workspace's layout. */
  send(
    { request, reply, person }: Pick<Asked, 'request' | 'reply' | 'person'>,
    content: WorkspaceContent,
  ): FastifyReply {
    const { title, body, script, status = 200 } = content;
    return sendPage(
      reply.code(status),
      <WorkspacePage
        frame={this.deps.gate.frame(request, person)}
        title={title}
        current="drafts"
        scripts={script === undefined ? [] : [script]}
        erroneous={status >= 400}
      >
        {body}
      </WorkspacePage>,
    );
  }

  /** After something was done: to a page that can be loaded again. */
  goTo({ reply, language }: Pick<Asked, 'reply' | 'language'>, path: string): FastifyReply {
    return reply.redirect(localPath(language, path), 303);
  }

  hints(text: DraftText): DraftHints {
    return hintsOn(text, this.pack);
  }

  like({ draft }: OpenDraft, text: DraftText): Promise<readonly LikeCase[]> {
    return likeCases(this.deps, text, this.today, draft.frozen?.draftNumber);
  }
}
