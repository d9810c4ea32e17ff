/** `/members/:scope`: the lead proposer invites, sees and ends those who help with a public draft or a case. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from '../platform/http/language.ts';
import { addLegalDays, type Clock, legalDateOf, startOfLegalDay } from '../platform/time.ts';
import { type FieldError, localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import type { Account } from './account.ts';
import type { LeadProposers } from './lead-proposers.ts';
import { isInvitable } from './mandates.ts';
import { InvitedPage, MembersPage, type MembersView } from './members-page.tsx';
import { formOfRequest, sendPage, type WorkspaceGate } from './workspace-gate-plugin.ts';
import { workspaceMessages } from './workspace-messages.ts';

/** People of one draft or case, the lead proposer among them: a bound, not a rule of law. */
const MOST_MEMBERS = 50;
const LONGEST_DAYS = 730;
/** What looks like a national ID or a resident certificate number has no place in a label. */
const HAS_NATIONAL_ID = /[a-z][1289a-d]\d{8}/i;
const SCOPE = /^(D[0-9]{5}|[0-9]{4,6})$/;

type Asked = FastifyRequest<{ Params: { scope: string } }>;

export function membersRoutes(
  server: FastifyInstance,
  {
    gate,
    leadProposers,
    clock,
  }: Readonly<{ gate: WorkspaceGate; leadProposers: LeadProposers; clock: Clock }>,
): void {
  /** Who leads the scope; otherwise the answer is on its way. */
  async function lead(request: Asked, reply: FastifyReply): Promise<Account | undefined> {
    const account = await gate.signedIn(request, reply);
    if (account === undefined) return undefined;
    const { scope } = request.params;
    if (SCOPE.test(scope) && (await leadProposers.mandateFor(account, scope)) === 'lead') return account;
    void reply.refuse({ code: 'not-yours' });
    return undefined;
  }

  async function show(
    request: Asked,
    reply: FastifyReply,
    account: Account,
    more: Partial<Pick<MembersView, 'errors' | 'typed'>> = {},
  ): Promise<FastifyReply> {
    const { scope } = request.params;
    const view: MembersView = {
      scope,
      members: await leadProposers.membersOf(scope),
      errors: [],
      typed: { label: '', mandate: 'assistant', until: '' },
      ...more,
    };
    return sendPage(reply, <MembersPage frame={gate.frame(request, account)} view={view} />);
  }

  function isDayWithin(text: string): boolean {
    const today = legalDateOf(clock.nowMs());
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
    try {
      startOfLegalDay(text);
    } catch {
      return false;
    }
    return text >= today && text <= addLegalDays(today, LONGEST_DAYS);
  }

  for (const url of bothLanguages('/members/:scope')) {
    server.get(url, async (request: Asked, reply) => {
      const account = await lead(request, reply);
      return account === undefined ? reply : show(request, reply, account);
    });
    server.post(url, async (request: Asked, reply) => {
      const account = await lead(request, reply);
      if (account === undefined) return reply;
      const { scope } = request.params;
      const t = workspaceMessages(languageOf(request.url));
      const { label = '', mandate = '', until = '' } = formOfRequest(request);
      const errors: FieldError[] = [];
      const name = label.normalize('NFC').trim();
      const isPersonal = HAS_NATIONAL_ID.test(name.normalize('NFKC'));
      if (name === '' || [...name].length > 40 || isPersonal || /\p{Cc}/u.test(name))
        errors.push({ field: 'label', message: t.faultLabel });
      if (!isInvitable(mandate)) errors.push({ field: 'mandate-assistant', message: t.faultMandate });
      if (until.trim() !== '' && !isDayWithin(until.trim()))
        errors.push({ field: 'until', message: t.faultUntil });
      if ((await leadProposers.membersOf(scope)).length >= MOST_MEMBERS)
        errors.push({ field: 'label', message: t.tooMany(MOST_MEMBERS) });
      if (errors.length > 0 || !isInvitable(mandate)) {
        const typed = { label: isPersonal ? '' : label, mandate, until };
        return show(request, reply.code(422), account, { errors, typed });
      }
      const untilOn = until.trim() === '' ? undefined : until.trim();
      const { url: link } = await leadProposers.inviteMember({
        scope,
        mandate,
        label: name,
        by: account,
        untilOn,
      });
      const view = { scope, label: name, url: link };
      return sendPage(reply, <InvitedPage frame={gate.frame(request, account)} view={view} />);
    });
  }

  for (const url of bothLanguages('/members/:scope/end'))
    server.post(url, async (request: Asked, reply) => {
      const account = await lead(request, reply);
      if (account === undefined) return reply;
      const { scope } = request.params;
      const { account: member = '' } = formOfRequest(request);
      if (!/^[A-Za-z0-9_-]{16}$/.test(member)) return reply.refuse({ code: 'malformed-input' });
      await leadProposers.endMember(scope, member);
      return reply.redirect(localPath(languageOf(request.url), `/members/${scope}`), 303);
    });
}
