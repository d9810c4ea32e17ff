/** The register, one case's desk, the form of an act, and the actions that wait for two signatures. */
import { toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { INITIATIVE_KINDS, type Initiatives } from '../initiatives/index.ts';
import { ACT_RULES, type CaseCourse, countText, type LawRefusal, type LegalEventKind } from '../law/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { seemsToNameAPerson } from '../record/index.ts';
import { localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { bodyFrom, type FieldFault, formOf } from './act-form.ts';
import { ActFormPage, type ActFormView } from './act-form-page.tsx';
import { ActionPage, WaitingPage } from './action-page.tsx';
import type { Action, Actions, Signed } from './actions.ts';
import { DESK_ACTS, type DeskAct, deskKindOf } from './desk-acts.ts';
import { type ActNames, DeskPage, RegisterPage, type RegisterRow } from './desk-pages.tsx';
import { type DeskActView, deskView } from './desk-view.ts';
import { formOfRequest, type Gate, sendPage } from './office-gate-plugin.ts';
import type { SignedIn } from './officers.ts';

export interface DeskDeps {
  readonly gate: Gate;
  readonly actions: Actions;
  readonly initiatives: Initiatives;
  readonly rpId: () => string;
  readonly labels: () => Promise<ReadonlyMap<string, string>>;
}

const CASE = /^[1-9][0-9]{3,5}$/;
const ID = /^[A-Za-z0-9_-]{16}$/;

const names: ActNames = ({ document }) => {
  const kind = deskKindOf(document.act);
  return kind === undefined
    ? { 'zh-Hant-TW': document.act.kind, en: document.act.kind }
    : ACT_RULES[kind].name;
};

type CaseRequest = FastifyRequest<{ Params: { case: string } }>;
type ActRequest = FastifyRequest<{ Params: { case: string; kind: string } }>;
type ActionRequest = FastifyRequest<{ Params: { id: string } }>;

interface AskedAct {
  readonly desk: DeskAct;
  readonly view: Omit<ActFormView, 'values' | 'faults'>;
  readonly threshold: number | undefined;
}

export function deskRoutes(server: FastifyInstance, deps: DeskDeps): void {
  const { gate, actions, initiatives } = deps;
  const within = <R extends FastifyRequest>(
    answer: (request: R, reply: FastifyReply, who: SignedIn) => Promise<FastifyReply>,
  ) =>
    async function signedIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const who = await gate.officer(request, reply);
      return who === undefined ? reply : answer(request as R, reply, who);
    };

  async function caseOf(caseNumber: string) {
    if (!CASE.test(caseNumber)) return undefined;
    const [found, course] = await Promise.all([
      initiatives.findCase(caseNumber),
      initiatives.course(caseNumber),
    ]);
    return found && course && { facts: found.material.facts, course };
  }

  async function register(request: FastifyRequest, reply: FastifyReply, who: SignedIn) {
    const [cases, waiting] = await Promise.all([initiatives.listCases(''), actions.waiting()]);
    const rows: RegisterRow[] = [];
    for (const { facts } of cases) {
      const { caseNumber } = facts;
      const course = await initiatives.course(caseNumber);
      if (course === undefined) continue;
      const own = waiting.filter(({ document }) => document.case === caseNumber);
      rows.push({ caseNumber, subject: facts.filed.subject, course, waiting: own.length });
    }
    return sendPage(reply, <RegisterPage frame={await gate.frame(request, who)} rows={rows} />);
  }

  async function desk(request: CaseRequest, reply: FastifyReply, who: SignedIn) {
    const found = await caseOf(request.params.case);
    if (found === undefined) return reply.refuse({ code: 'not-found' });
    const { course, facts } = found;
    const { caseNumber } = facts;
    const waiting = await actions.waiting(caseNumber);
    const about = { caseNumber, subject: facts.filed.subject, course, names };
    const view = { ...deskView(course), ...about, actions: waiting };
    return sendPage(reply, <DeskPage frame={await gate.frame(request, who)} view={view} />);
  }

  async function askedAct({ params }: ActRequest): Promise<AskedAct | undefined> {
    const found = await caseOf(params.case);
    const kind = params.kind as LegalEventKind;
    const desk = Object.hasOwn(DESK_ACTS, kind) ? DESK_ACTS[kind] : undefined;
    const entry = INITIATIVE_KINDS.find((one) => one.kind === desk?.entry);
    if (found === undefined || desk === undefined || entry === undefined) return undefined;
    const { name, citation, allowedWhen, inSession, closes } = ACT_RULES[kind];
    const due = found.course.duties.find(({ id, status }) => id === closes && status === 'open')?.due;
    const act: DeskActView = {
      kind,
      name,
      citation,
      until: due,
      isInSession: inSession === true,
      allowedWhen,
    };
    return {
      desk,
      threshold: found.facts.opened?.threshold,
      view: {
        caseNumber: params.case,
        subject: found.facts.filed.subject,
        course: found.course,
        act,
        parts: formOf(desk, entry, inSession === true ? ['meeting'] : []),
        hasText: desk.hasText === true,
      },
    };
  }

  const showForm = async (
    request: FastifyRequest,
    reply: FastifyReply,
    who: SignedIn,
    view: ActFormView,
    status = 200,
  ) => sendPage(reply.code(status), <ActFormPage frame={await gate.frame(request, who)} view={view} />);

  async function form(request: ActRequest, reply: FastifyReply, who: SignedIn) {
    const asked = await askedAct(request);
    if (asked === undefined) return reply.refuse({ code: 'not-found' });
    const values = firstValues(asked.view.course, asked.threshold);
    return showForm(request, reply, who, { ...asked.view, values, faults: [] });
  }

  async function propose(request: ActRequest, reply: FastifyReply, who: SignedIn) {
    const asked = await askedAct(request);
    if (asked === undefined) return reply.refuse({ code: 'not-found' });
    const values = formOfRequest(request);
    const again = (faults: ActFormView['faults'], law?: LawRefusal) =>
      showForm(request, reply, who, { ...asked.view, values, faults, ...(law ? { law } : {}) }, 422);
    const filled = fillIn(asked, values);
    if (!filled.ok) return again(filled.faults);
    const [firstField] = asked.view.parts;
    const where = firstField?.name ?? 'on';
    if (seemsToNameAPerson(filled.body) || filled.texts.some(seemsToNameAPerson))
      return again([{ field: where, code: 'personal' }]);
    const { entry: kind, capacity = 'commission' } = asked.desk;
    const act = { kind, capacity, body: filled.body };
    const proposed = await actions.propose(who.officer.id, asked.view.caseNumber, act, filled.texts);
    if (proposed.ok)
      return reply.redirect(localPath(languageOf(request.url), `/actions/${proposed.id}`), 303);
    return 'law' in proposed ? again([], proposed.law) : reply.refuse({ code: proposed.code });
  }

  async function showAction(
    request: FastifyRequest,
    reply: FastifyReply,
    who: SignedIn,
    action: Action,
    law?: LawRefusal,
  ) {
    const kind = deskKindOf(action.document.act);
    const view = {
      action,
      name: names(action),
      citation: kind === undefined ? '' : ACT_RULES[kind].citation,
      rpId: deps.rpId(),
      me: { id: who.officer.id, credential: who.session.credentialId },
      labels: await deps.labels(),
      ...(law ? { law } : {}),
    };
    const status = law === undefined ? 200 : 409;
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
    return sendPage(
      reply,
      <WaitingPage frame={await gate.frame(request, who)} actions={list} names={names} />,
    );
  }

  for (const url of bothLanguages('/')) server.get(url, within(register));
  for (const url of bothLanguages('/waiting')) server.get(url, within(waitingList));
  for (const url of bothLanguages('/cases/:case')) server.get(url, within(desk));
  for (const url of bothLanguages('/cases/:case/acts/:kind')) {
    server.get(url, within(form));
    server.post(url, within(propose));
  }
  for (const url of bothLanguages('/actions/:id')) {
    server.get(url, within(readAction));
    server.post(url, within(sign));
    server.post(`${url}/withdraw`, within(withdraw));
  }
}

/** What the house knows already: today, the number required, the one agency that was asked. */
function firstValues(course: CaseCourse, threshold: number | undefined): Readonly<Record<string, string>> {
  const asked = course.duties.filter(({ id, status }) => id === 'give-opinion' && status === 'open');
  const [only] = asked;
  return {
    on: course.today,
    ...(threshold === undefined ? {} : { required: String(threshold) }),
    ...(asked.length === 1 && only?.agency !== undefined ? { agency: only.agency } : {}),
  };
}

type FilledIn =
  | Readonly<{
      ok: true;
      body: Extract<ReturnType<typeof bodyFrom>, { ok: true }>['body'];
      texts: readonly string[];
    }>
  | Readonly<{ ok: false; faults: readonly FieldFault[] }>;

/** The body; a longer text becomes its digest and its length. What is decided in session must name its meeting. */
function fillIn({ desk, view }: AskedAct, values: Readonly<Record<string, string>>): FilledIn {
  const kind = INITIATIVE_KINDS.find((one) => one.kind === desk.entry);
  if (kind === undefined) return { ok: false, faults: [] };
  const text = (values['text'] ?? '').replace(/\r\n?/g, '\n').trim().normalize('NFC');
  const characters = countText(text).counted;
  const more = view.hasText ? { textDigest: toHex(sha256(utf8(text))), characters } : {};
  const filled = bodyFrom(desk, kind, values, more, view.act.isInSession ? ['meeting'] : []);
  const most = view.course.pack.parameters.opinionMaxChars.value;
  const faults: FieldFault[] = filled.ok ? [] : [...filled.faults];
  if (view.hasText && text === '') faults.push({ field: 'text', code: 'missing' });
  if (view.hasText && most !== undefined && characters > most)
    faults.push({ field: 'text', code: 'too-long' });
  if (!filled.ok || faults.length > 0) return { ok: false, faults };
  return { ok: true, body: filled.body, texts: view.hasText ? [text] : [] };
}
