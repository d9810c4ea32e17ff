import type { FastifyInstance } from 'fastify';
import { seemsToNameAPerson } from '../record/index.ts';
import { draftingMessages } from './drafting-messages.ts';
import { type Asked, formOf, type PageContext } from './page-context-routes.tsx';
import { PeoplePage, type PeopleView } from './people-page.tsx';

const MOST_LABEL = 40;

/** `…/people`: who may read the draft; the lead proposer invites and removes. */
export function peopleRoutes(server: FastifyInstance, url: string, pages: PageContext): void {
  const { members } = pages.deps;

  async function show(asked: Asked, more: Partial<PeopleView> = {}) {
    const { open, person, language } = asked;
    const view = { members: await members.listOf(open.draft.id), self: person.id, ...more };
    return pages.send(asked, {
      title: draftingMessages(language).peopleTitle,
      status: more.tried === undefined ? 200 : 422,
      body: <PeoplePage frame={await pages.frame(asked, 'people')} view={view} />,
    });
  }

  async function invite(asked: Asked) {
    const { open, person, request, reply } = asked;
    if (open.role !== 'lead') return reply.refuse({ code: 'not-found' });
    const label = (formOf(request)['label'] ?? '')
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
      .trim();
    const fault =
      label === ''
        ? 'missing'
        : Array.from(label).length > MOST_LABEL
          ? 'too-long'
          : seemsToNameAPerson(label)
            ? 'personal'
            : undefined;
    if (fault !== undefined) return show(asked, { tried: { label, fault } });
    // The link is shown once, in the answer itself: it must stand in no address, log or history.
    return show(asked, { invited: { label, url: await members.invite(open.draft.id, label, person) } });
  }

  async function end(asked: Asked) {
    const { open, request, reply } = asked;
    const { account = '' } = formOf(request);
    const isMember = (await members.listOf(open.draft.id)).some((member) => member.account === account);
    if (open.role !== 'lead' || !isMember) return reply.refuse({ code: 'not-found' });
    await members.end(open.draft.id, account);
    return show(asked, { note: 'ended' });
  }

  server.get(`${url}/people`, pages.ofDraft(show));
  server.post(`${url}/people`, pages.ofDraft(invite));
  server.post(`${url}/people/end`, pages.ofDraft(end));
}
