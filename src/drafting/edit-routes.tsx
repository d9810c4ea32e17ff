import type { FastifyInstance } from 'fastify';
import { draftTextFrom, EMPTY_DRAFT, tooLong } from './draft-text.ts';
import { draftingMessages } from './drafting-messages.ts';
import { EditPage, type EditView } from './edit-page.tsx';
import { type Asked, formOf, type PageContext, versionOf } from './page-context-routes.tsx';

/** A pasted text may be far longer than the law publishes; it comes back rather than being lost. */
const BODY_LIMIT = 2 * 1024 * 1024;

/** `…/edit`: the form, checking without saving, and saving. */
export function editRoutes(server: FastifyInstance, url: string, pages: PageContext): void {
  const { drafting } = pages.deps;

  async function show(asked: Asked, view: EditView, status = 200) {
    const t = draftingMessages(asked.language);
    return pages.send(asked, {
      title: t.editTitle,
      status,
      script: pages.deps.countScript,
      body: (
        <EditPage
          frame={await pages.frame(asked, 'edit')}
          view={{ ...view, hints: pages.hints(view.text) }}
        />
      ),
    });
  }

  async function form(asked: Asked) {
    const { open, request, reply } = asked;
    const base = open.draft.newest;
    const { from } = request.query as Readonly<Record<string, unknown>>;
    if (from === undefined) return show(asked, { text: open.newest?.text ?? EMPTY_DRAFT, base, tooLong: [] });
    const version = versionOf(from);
    const found = version === undefined ? undefined : await drafting.version(open.draft, version);
    if (found === undefined) return reply.refuse({ code: 'not-found' });
    return show(asked, { text: found.text, base, from: found.version, tooLong: [] });
  }

  async function send(asked: Asked) {
    const { open, person, request, reply } = asked;
    const values = formOf(request);
    const text = draftTextFrom(values);
    const base = versionOf(values['base']) ?? 0;
    const long = tooLong(text);
    if (long.length > 0) return show(asked, { text, base, tooLong: long }, 422);
    if (values['act'] === 'hints') return show(asked, { text, base, tooLong: [], isUnsaved: true });
    const outcome = await drafting.save(person, open.draft.id, base, text);
    if (outcome === undefined) return reply.refuse({ code: 'not-found' });
    switch (outcome.kind) {
      case 'saved':
      case 'unchanged':
        return pages.goTo(asked, `${asked.path}?note=${outcome.kind}`);
      case 'conflict': {
        const { newest, merge } = outcome;
        return show(
          asked,
          { text: merge.text, base: newest.version, tooLong: [], conflict: { newest, merge } },
          409,
        );
      }
      default:
        return show(asked, { text, base, tooLong: [], blocked: outcome.kind }, 409);
    }
  }

  server.get(`${url}/edit`, pages.ofDraft(form));
  server.post(`${url}/edit`, { bodyLimit: BODY_LIMIT }, pages.ofDraft(send));
}
