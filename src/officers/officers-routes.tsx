/** Officers as officers see them, and the steps in which two make a further one. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from '../platform/http/language.ts';
import { localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import type { Nomination } from './nomination-list.ts';
import type { Nominations } from './nominations.ts';
import { formOfRequest, type Gate, sendPage } from './office-gate-plugin.ts';
import type { OfficerRow } from './officer-list.ts';
import type { Officers, SignedIn } from './officers.ts';
import { OfficersPage, type OfficersView } from './officers-page.tsx';

export interface OfficersRouteDeps {
  readonly gate: Gate;
  readonly officers: Pick<Officers, 'party'>;
  readonly nominations: Nominations;
  readonly open: () => Promise<readonly Nomination[]>;
  readonly rows: () => Promise<readonly OfficerRow[]>;
  readonly labels: () => Promise<ReadonlyMap<string, string>>;
}

const ID = /^[A-Za-z0-9_-]{16}$/;
type NominationRequest = FastifyRequest<{ Params: { id: string } }>;

export function officersRoutes(server: FastifyInstance, deps: OfficersRouteDeps): void {
  const { gate, officers, nominations } = deps;
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    who: SignedIn,
    more: Pick<OfficersView, 'fault' | 'link' | 'toSign'> &
      Readonly<{ values?: OfficersView['values'] }> = {},
  ) {
    const [rows, list, labels] = await Promise.all([deps.rows(), deps.open(), deps.labels()]);
    const view = {
      officers: rows,
      nominations: list,
      labels,
      me: { id: who.officer.id, credential: who.session.credentialId },
      rpId: officers.party().id,
      values: { label: '', untilOn: '', replace: false },
      ...more,
    };
    const status = more.fault === undefined ? 200 : 422;
    return sendPage(reply.code(status), <OfficersPage frame={await gate.frame(request, who)} view={view} />);
  }

  async function prepare(request: FastifyRequest, reply: FastifyReply, who: SignedIn) {
    const { label = '', untilOn = '', replace = '' } = formOfRequest(request);
    const values = { label, untilOn, replace: replace === 'yes' };
    const prepared = await nominations.prepare(who.officer.id, values);
    if (prepared.ok) return show(request, reply, who, { toSign: prepared.proposed });
    return 'field' in prepared
      ? show(request, reply, who, { fault: prepared.field, values })
      : reply.refuse({ code: prepared.code });
  }

  async function propose(request: FastifyRequest, reply: FastifyReply, who: SignedIn) {
    const { proposal = '', answer = '' } = formOfRequest(request);
    const done = await nominations.propose(who.officer.id, proposal.slice(0, 2_000), answer);
    if (!done.ok) return reply.refuse({ code: done.code });
    return reply.redirect(localPath(languageOf(request.url), '/officers'), 303);
  }

  const signing = (step: 'approve' | 'confirm') =>
    async function sign(request: NominationRequest, reply: FastifyReply, who: SignedIn) {
      const { id } = request.params;
      if (!ID.test(id)) return reply.refuse({ code: 'not-found' });
      const { digest = '', answer = '' } = formOfRequest(request);
      const done = await nominations[step](who.officer.id, id, digest, answer);
      if (!done.ok) return reply.refuse({ code: done.code });
      return reply.redirect(localPath(languageOf(request.url), '/officers'), 303);
    };

  async function link(request: NominationRequest, reply: FastifyReply, who: SignedIn) {
    const { id } = request.params;
    if (!ID.test(id)) return reply.refuse({ code: 'not-found' });
    const shown = await nominations.showLink(who.officer.id, id);
    if (!shown.ok) return reply.refuse({ code: shown.code });
    const url = `${officers.party().origin}/enrol/${shown.token}`;
    return show(request, reply, who, { link: { label: shown.label, url } });
  }

  async function withdraw(request: NominationRequest, reply: FastifyReply, who: SignedIn) {
    const { id } = request.params;
    if (!ID.test(id)) return reply.refuse({ code: 'not-found' });
    const outcome = await nominations.withdraw(who.officer.id, id);
    if (!outcome.ok) return reply.refuse({ code: outcome.code });
    return reply.redirect(localPath(languageOf(request.url), '/officers'), 303);
  }

  for (const url of bothLanguages('/officers')) server.get(url, gate.within(show));
  for (const url of bothLanguages('/officers/nominations')) server.post(url, gate.within(prepare));
  for (const url of bothLanguages('/officers/nominations/sign')) server.post(url, gate.within(propose));
  for (const url of bothLanguages('/officers/nominations/:id')) {
    server.post(url, gate.within(signing('approve')));
    server.post(`${url}/link`, gate.within(link));
    server.post(`${url}/confirm`, gate.within(signing('confirm')));
    server.post(`${url}/withdraw`, gate.within(withdraw));
  }
}
