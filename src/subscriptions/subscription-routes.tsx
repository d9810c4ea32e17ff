import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Initiatives } from '../initiatives/index.ts';
import { type FieldError, localPath, renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { subscriptionMessages } from './subscription-messages.ts';
import { FollowAnswerPage, type FollowedCase, FollowPage, FollowStepPage } from './subscription-pages.tsx';
import type { Subscriptions } from './subscriptions.ts';

export interface SubscriptionPages {
  readonly site: Site;
  readonly initiatives: Pick<Initiatives, 'findCase'>;
  /** Undefined where this installation sends no mail: the pages then say so. */
  readonly subscriptions: Subscriptions | undefined;
}

const CASE = /^[1-9][0-9]{3,5}$/;
const FORM = z.object({ address: z.string().max(1_000), consent: z.string().optional() });
const ADDRESS = z.email().max(254);
/** Local parts and hosts that no relay should be asked to reach: quotes, spaces, control characters. */
const PLAIN = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$/;
/** The hour's questions of all together are few (migration 0021): no single network may use them up. */
const ASKING = { rateLimit: { max: 60, timeWindow: 3_600_000 } };
const PRESSING = { rateLimit: { max: 12, timeWindow: 60_000 } };
const HTML = 'text/html; charset=utf-8';

/** `/initiatives/:case/follow` and the two links of the mails, in both languages. No page names an address. */
export function subscriptionRoutes(server: FastifyInstance, pages: SubscriptionPages): void {
  const { site, initiatives, subscriptions } = pages;
  const send = (reply: FastifyReply, page: VNode, status = 200) =>
    reply.code(status).type(HTML).send(renderPage(page));

  async function caseOf(caseNumber: string): Promise<(FollowedCase & { isOver: boolean }) | undefined> {
    const found = CASE.test(caseNumber) ? await initiatives.findCase(caseNumber) : undefined;
    if (found === undefined) return undefined;
    const { facts, course } = found.material;
    const isOver = facts.filed.origin !== 'here' || course.outcome !== undefined;
    return { caseNumber, title: facts.filed.subject, isOver };
  }

  async function followable(request: FastifyRequest, reply: FastifyReply) {
    const of = await caseOf((request.params as { case: string }).case);
    const frame = pageFrame(site, request);
    const t = subscriptionMessages(frame.language);
    if (of === undefined) void reply.refuse({ code: 'not-found' });
    else if (of.isOver)
      void send(reply, <FollowAnswerPage frame={frame} of={of} title={t.overTitle} text={t.overText} />, 409);
    else if (subscriptions === undefined)
      void send(reply, <FollowAnswerPage frame={frame} of={of} title={t.offTitle} text={t.offText} />, 404);
    else return { of, frame, t, subscriptions };
    return undefined;
  }

  for (const url of bothLanguages('/initiatives/:case/follow')) {
    server.get(url, async (request, reply) => {
      const found = await followable(request, reply);
      return found === undefined ? reply : send(reply, <FollowPage frame={found.frame} of={found.of} />);
    });

    server.post(url, { config: ASKING }, async (request, reply) => {
      const found = await followable(request, reply);
      if (found === undefined) return reply;
      const { of, frame, t } = found;
      const form = FORM.safeParse(request.body).data ?? { address: '', consent: undefined };
      const address = form.address.trim();
      const errors: FieldError[] = [];
      if (!ADDRESS.safeParse(address).success || !PLAIN.test(address))
        errors.push({ field: 'address', message: t.addressError });
      if (form.consent !== 'yes') errors.push({ field: 'consent', message: t.consentError });
      const again = (faults: readonly FieldError[], status: number) =>
        send(
          reply,
          <FollowPage frame={frame} of={of} typed={form.address.slice(0, 254)} errors={faults} />,
          status,
        );
      if (errors.length > 0) return again(errors, 422);
      const said = await found.subscriptions.ask({
        caseNumber: of.caseNumber,
        address,
        language: frame.language,
      });
      if (said === 'full') return again([{ field: 'address', message: t.fullText }], 503);
      return reply.redirect(localPath(frame.language, `/initiatives/${of.caseNumber}/follow/asked`), 303);
    });
  }

  for (const url of bothLanguages('/initiatives/:case/follow/asked'))
    server.get<{ Params: { case: string } }>(url, async (request, reply) => {
      const of = await caseOf(request.params.case);
      if (of === undefined) return reply.refuse({ code: 'not-found' });
      const frame = pageFrame(site, request);
      const t = subscriptionMessages(frame.language);
      return send(
        reply,
        <FollowAnswerPage frame={frame} of={of} title={t.askedTitle} text={t.askedText} hint={t.askedHint} />,
      );
    });

  for (const step of ['confirm', 'stop'] as const)
    for (const url of bothLanguages(`/follow/${step}/:token`)) {
      server.get<{ Params: { token: string } }>(url, async (request, reply) => {
        const frame = pageFrame(site, request);
        const t = subscriptionMessages(frame.language);
        const found = await subscriptions?.find(request.params.token);
        const of = found && (await caseOf(found.caseNumber));
        if (found === undefined || of === undefined) return gone(request, reply);
        if (step === 'confirm' && found.isConfirmed)
          return send(
            reply,
            <FollowAnswerPage frame={frame} of={of} title={t.confirmedTitle} text={t.confirmedText} />,
          );
        const words =
          step === 'confirm'
            ? { title: t.confirmTitle, text: t.confirmText, button: t.confirmButton }
            : { title: t.stopTitle, text: t.stopText, button: t.stopButton };
        return send(reply, <FollowStepPage frame={frame} of={of} {...words} />);
      });

      // Mail programs post here by themselves when asked to unsubscribe (RFC 8058): no cookie, no further step.
      server.post<{ Params: { token: string } }>(url, { config: PRESSING }, async (request, reply) => {
        const caseNumber =
          step === 'confirm'
            ? await subscriptions?.confirm(request.params.token)
            : await subscriptions?.stop(request.params.token);
        const of = caseNumber === undefined ? undefined : await caseOf(caseNumber);
        if (of === undefined) return gone(request, reply);
        const frame = pageFrame(site, request);
        const t = subscriptionMessages(frame.language);
        const [title, text] =
          step === 'confirm' ? [t.confirmedTitle, t.confirmedText] : [t.stoppedTitle, t.stoppedText];
        const switchPath = `/initiatives/${of.caseNumber}`;
        return send(
          reply,
          <FollowAnswerPage frame={frame} of={of} title={title} text={text} switchPath={switchPath} />,
        );
      });
    }

  /** A link that was used up says so calmly; pressing stop twice is no mistake. */
  function gone(request: FastifyRequest, reply: FastifyReply) {
    const frame = { ...pageFrame(site, request), path: '/' };
    const t = subscriptionMessages(frame.language);
    return send(reply, <FollowAnswerPage frame={frame} title={t.goneTitle} text={t.goneText} />, 404);
  }
}
