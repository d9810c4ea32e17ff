/** Officers as officers see them, and the two steps that make a further one. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from '../platform/http/language.ts';
import { localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import type { Nominations } from './nominations.ts';
import { formOfRequest, type Gate, sendPage } from './office-gate-plugin.ts';
import type { OfficerRow } from './officer-list.ts';
import type { Officers, SignedIn } from './officers.ts';
import { OfficersPage, type OfficersView } from './officers-page.tsx';

export interface OfficersRouteDeps {
  readonly gate: Gate;
  readonly officers: Pick<Officers, 'party'>;
  readonly nominations: Nominations;
  readonly rows: () => Promise<readonly OfficerRow[]>;
  readonly labels: () => Promise<ReadonlyMap<string, string>>;
}

const ID = /^[A-Za-z0-9_-]{16}$/;
type NominationRequest = FastifyRequest<{ Params: { id: string } }>;

export function officersRoutes(server: FastifyInstance, deps: OfficersRouteDeps): void {
  const { gate, officers, nominations } = deps;
  const within = <R extends FastifyRequest>(
    answer: (request: R, reply: FastifyReply, who: SignedIn) => Promise<FastifyReply>,
  ) =>
    async function signedIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const who = await gate.officer(request, reply);
      return who === undefined ? reply : answer(request as R, reply, who);
    };

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    who: SignedIn,
    more: Pick<OfficersView, 'fault' | 'link'> & Readonly<{ values?: OfficersView['values'] }> = {},
  ) {
    const [rows, list, labels] = await Promise.all([deps.rows(), nominations.list(), deps.labels()]);
    const view = {
      officers: rows,
      nominations: list,
      labels,
      me: { id: who.officer.id, credential: who.session.credentialId },
      rpId: officers.party().id,
      values: { label: '', untilOn: '' },
      ...more,
    };
    const status = more.fault === undefined ? 200 : 422;
    return sendPage(reply.code(status), <OfficersPage frame={await gate.frame(request, who)} view={view} />);
  }

  async function propose(request: FastifyRequest, reply: FastifyReply, who: SignedIn) {
    const { label = '', untilOn = '' } = formOfRequest(request);
    const proposed = await nominations.propose(who.officer.id, { label, untilOn });
    if (proposed.ok) return reply.redirect(localPath(languageOf(request.url), '/officers'), 303);
    return 'field' in proposed
      ? show(request, reply, who, { fault: proposed.field, values: { label, untilOn } })
      : reply.refuse({ code: proposed.code });
  }

  async function approve(request: NominationRequest, reply: FastifyReply, who: SignedIn) {
    const { id } = request.params;
    if (!ID.test(id)) return reply.refuse({ code: 'not-found' });
    const { digest = '', answer = '' } = formOfRequest(request);
    const approved = await nominations.approve(who.officer.id, id, digest, answer);
    if (!approved.ok) return reply.refuse({ code: approved.code });
    const url = `${officers.party().origin}/enrol/${approved.token}`;
    return show(request, reply, who, { link: { label: approved.label, url } });
  }

  async function withdraw(request: NominationRequest, reply: FastifyReply, who: SignedIn) {
    const { id } = request.params;
    if (!ID.test(id)) return reply.refuse({ code: 'not-found' });
    const outcome = await nominations.withdraw(who.officer.id, id);
    if (!outcome.ok) return reply.refuse({ code: outcome.code });
    return reply.redirect(localPath(languageOf(request.url), '/officers'), 303);
  }

  for (const url of bothLanguages('/officers')) server.get(url, within(show));
  for (const url of bothLanguages('/officers/nominations')) server.post(url, within(propose));
  for (const url of bothLanguages('/officers/nominations/:id')) {
    server.post(url, within(approve));
    server.post(`${url}/withdraw`, within(withdraw));
  }
}
