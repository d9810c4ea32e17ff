import type { FastifyInstance } from 'fastify';
import { CommentsPage, type CommentTry, MOST_COMMENT } from './comment-parts.tsx';
import type { CommentPart } from './comment-store.ts';
import { DRAFT_FIELDS } from './draft-text.ts';
import { draftingMessages } from './drafting-messages.ts';
import { type Asked, formOf, type PageContext, versionOf } from './page-context-routes.tsx';
import { VersionPage } from './version-page.tsx';

const PARTS: readonly string[] = ['all', ...DRAFT_FIELDS];

/** What was typed, as it is kept: lines, without what cannot be seen. */
const commentBody = (typed: string): string =>
  typed
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();

/** `…/versions/:n` and `…/comments`: reading one version, and talking about it. */
export function commentRoutes(server: FastifyInstance, url: string, pages: PageContext): void {
  const { drafting } = pages.deps;

  async function showVersion(asked: Asked, number: number | undefined, tried?: CommentTry) {
    const { open, reply, language } = asked;
    const version = number === undefined ? undefined : await drafting.version(open.draft, number);
    if (version === undefined) return reply.refuse({ code: 'not-found' });
    const comments = (await drafting.comments(open.draft)).filter((one) => one.version === version.version);
    const view = {
      version,
      hints: pages.hints(version.text),
      comments,
      ...(tried === undefined ? {} : { tried }),
    };
    return pages.send(asked, {
      title: draftingMessages(language).version(version.version),
      status: tried === undefined ? 200 : 422,
      body: <VersionPage frame={await pages.frame(asked, undefined)} view={view} />,
    });
  }

  async function all(asked: Asked) {
    const comments = await drafting.comments(asked.open.draft);
    return pages.send(asked, {
      title: draftingMessages(asked.language).commentsTitle,
      body: <CommentsPage frame={await pages.frame(asked, 'comments')} comments={comments} />,
    });
  }

  async function write(asked: Asked) {
    const { open, person, request, reply } = asked;
    const values = formOf(request);
    const version = versionOf(values['version']);
    const part = (PARTS.includes(values['part'] ?? '') ? values['part'] : 'all') as CommentPart;
    const body = commentBody(values['body'] ?? '');
    const fault = body === '' ? 'missing' : body.length > MOST_COMMENT ? 'too-long' : undefined;
    if (version === undefined) return reply.refuse({ code: 'not-found' });
    if (fault !== undefined) return showVersion(asked, version, { body, part, fault });
    const outcome = await drafting.comment(person, open.draft.id, { version, part, body });
    if (outcome === undefined) return reply.refuse({ code: 'not-found' });
    if (outcome === 'full') return showVersion(asked, version, { body, part, fault: 'full' });
    return pages.goTo(asked, `${asked.path}/versions/${version}#comments-title`);
  }

  async function settle(asked: Asked) {
    const { open, person, request, reply } = asked;
    const { comment } = request.params as Readonly<{ comment: string }>;
    const { state } = formOf(request);
    if (state !== 'resolved' && state !== 'open') return reply.refuse({ code: 'not-found' });
    return (await drafting.settle(person, open.draft.id, comment, state === 'resolved'))
      ? pages.goTo(asked, `${asked.path}/comments#c-${comment}`)
      : reply.refuse({ code: 'not-found' });
  }

  server.get(
    `${url}/versions/:version`,
    pages.ofDraft((asked) =>
      showVersion(asked, versionOf((asked.request.params as Readonly<{ version: string }>).version)),
    ),
  );
  server.get(`${url}/comments`, pages.ofDraft(all));
  server.post(`${url}/comments`, pages.ofDraft(write));
  server.post(`${url}/comments/:comment`, pages.ofDraft(settle));
}
