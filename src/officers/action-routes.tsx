/** What waits for two signatures: its page with the public text, signing, and setting aside. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Initiatives } from '../initiatives/index.ts';
import type { LawRefusal } from '../law/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { type Language, type Localised, localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { beginsCase } from './action-entry.ts';
import { type ActNames, WaitingPage } from './action-list.tsx';
import { ActionPage } from './action-page.tsx';
import type { Action, Actions, Signed } from './actions.ts';
import type { ActionDocument } from './approval-record.ts';
import { deskKindOf } from './desk-acts.ts';
import { deskRule, formTitle } from './desk-rules.ts';
import { formOfRequest, type Gate, sendPage } from './office-gate-plugin.ts';
import type { SignedIn } from './officers.ts';
import { publicDeed } from './public-preview.ts';

export interface ActionRouteDeps {
  readonly gate: Gate;
  readonly actions: Actions;
  readonly initiatives: Pick<Initiatives, 'findCase'>;
  readonly rpId: () => string;
  readonly labels: () => Promise<ReadonlyMap<string, string>>;
  /** What else both officers must see of an act before they sign it: the sheets that a batch names. */
  readonly about?: (document: ActionDocument, language: Language) => Promise<VNode | undefined>;
}

const ID = /^[A-Za-z0-9_-]{16}$/;

/** What an action is called. */
export const actionNames: ActNames = ({ document }) => {
  const kind = deskKindOf(document.act);
  return kind === undefined
    ? { 'zh-Hant-TW': document.act.kind, en: document.act.kind }
    : formTitle(kind, document.act.replaces !== undefined);
};

/** The title of a case that is only beginning. */
const subjectIn = (body: unknown): Localised | undefined =>
  (body as Readonly<{ subject?: Localised }>).subject;

type ActionRequest = FastifyRequest<{ Params: { id: string } }>;

export function actionRoutes(server: FastifyInstance, deps: ActionRouteDeps): void {
  const { gate, actions, initiatives } = deps;
  async function showAction(
    request: FastifyRequest,
    reply: FastifyReply,
    who: SignedIn,
    action: Action,
    refused?: LawRefusal,
  ) {
    // Nobody is asked to sign what could not be entered.
    const law = refused ?? (await actions.refusalNow(action));
    const { act, case: of } = action.document;
    const kind = deskKindOf(act);
    const found = of === '' || beginsCase(act) ? undefined : await initiatives.findCase(of);
    const view = {
      action,
      name: actionNames(action),
      subject: found?.material.facts.filed.subject ?? (beginsCase(act) ? subjectIn(act.body) : undefined),
      citation: kind === undefined ? '' : deskRule(kind).citation,
      deed: publicDeed(act, found?.material.facts),
      rpId: deps.rpId(),
      me: { id: who.officer.id, credential: who.session.credentialId },
      labels: await deps.labels(),
      about: await deps.about?.(action.document, languageOf(request.url)),
      ...(law ? { law } : {}),
    };
    const status = refused === undefined ? 200 : 409;
    return sendPage(reply.code(status), <ActionPage frame={await gate.frame(request, who)} view={view} />);
  }

  const actionOf = async ({ params }: ActionRequest) =>
    ID.test(params.id) ? actions.find(params.id) : undefined;

  async function readAction(request: ActionRequest, reply: FastifyReply, who: SignedIn) {
    const action = await actionOf(request);
    return action === undefined
      ? reply.refuse({ code: 'not-found' })
      : showAction(request, reply, who, action);
  }

  async function sign(request: ActionRequest, reply: FastifyReply, who: SignedIn) {
    const action = await actionOf(request);
    if (action === undefined) return reply.refuse({ code: 'not-found' });
    const { digest = '', answer = '' } = formOfRequest(request);
    const signed: Signed = await actions.sign(who.officer.id, action.id, digest, answer);
    if (signed.ok) return reply.redirect(localPath(languageOf(request.url), `/actions/${action.id}`), 303);
    return 'law' in signed
      ? showAction(request, reply, who, action, signed.law)
      : reply.refuse({ code: signed.code });
  }

  async function withdraw(request: ActionRequest, reply: FastifyReply, who: SignedIn) {
    const action = await actionOf(request);
    if (action === undefined) return reply.refuse({ code: 'not-found' });
    const outcome = await actions.withdraw(who.officer.id, action.id);
    if (!outcome.ok) return reply.refuse({ code: outcome.code });
    return reply.redirect(localPath(languageOf(request.url), `/actions/${action.id}`), 303);
  }

  async function waitingList(request: FastifyRequest, reply: FastifyReply, who: SignedIn) {
    const list = await actions.waiting();
    const [frame, dead] = await Promise.all([gate.frame(request, who), actions.deadAmong(list)]);
    const me = who.officer.id;
    const page = <WaitingPage frame={frame} actions={list} names={actionNames} dead={dead} me={me} />;
    return sendPage(reply, page);
  }

  for (const url of bothLanguages('/waiting')) server.get(url, gate.within(waitingList));
  for (const url of bothLanguages('/actions/:id')) {
    server.get(url, gate.within(readAction));
    server.post(url, gate.within(sign));
    server.post(`${url}/withdraw`, gate.within(withdraw));
  }
}
