/** 查對提案人 at the officers' desk: paper sheets, the order, the sending, the progress and the result. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { CaseAct, Initiatives } from '../initiatives/index.ts';
import type { LawRefusal } from '../law/index.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { Language } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { letterKeyDigest } from './check-store.ts';
import type { CheckRefusal, Checks, CheckView } from './checks-contract.ts';
import { checksMessages } from './checks-messages.ts';
import { paperMessages } from './paper-messages.ts';
import { PaperPage, type PaperPageProps } from './paper-page.tsx';
import { ProposersPage } from './proposers-page.tsx';
import { readSheet } from './sheet-form.ts';

/** An officer at the desk, as the office hands over each request (`deskDoor`). */
export interface AtDesk {
  readonly language: Language;
  readonly form: Readonly<Record<string, string>>;
  show(
    page: Readonly<{ title: string; erroneous?: boolean; status?: number; children: ComponentChildren }>,
  ): Promise<FastifyReply>;
  goTo(path: string): FastifyReply;
  propose(caseNumber: string, act: CaseAct): Promise<LawRefusal | FastifyReply>;
}

export interface ChecksDesk {
  readonly door: (request: FastifyRequest, reply: FastifyReply) => Promise<AtDesk | undefined>;
  readonly checks: Checks;
  readonly initiatives: Pick<Initiatives, 'judge'>;
  readonly clock: Clock;
}

type Numbered = FastifyRequest<{ Params: { number: string }; Querystring: Record<string, unknown> }>;

const CASE = /^[1-9][0-9]{3,5}$/;
const ROLL = /^([1-9][0-9]{3,5}|D[0-9]{5})$/;

/** A reply that was sent is thenable: awaited, it is undefined. */
const isRefusal = (answer: LawRefusal | FastifyReply | undefined): answer is LawRefusal =>
  answer !== undefined && 'citation' in answer;

/** Registers the pages. Requires the office's own gate as `door`. */
export function checksRoutes(
  server: FastifyInstance,
  { door, checks, initiatives, clock }: ChecksDesk,
): void {
  type Answer = (at: AtDesk, number: string, request: Numbered, reply: FastifyReply) => Promise<FastifyReply>;
  const route = (method: 'GET' | 'POST', path: string, pattern: RegExp, answer: Answer): void => {
    for (const url of bothLanguages(path))
      server.route({
        method,
        url,
        async handler(request, reply) {
          const at = await door(request, reply);
          if (at === undefined) return reply;
          const { number } = (request as Numbered).params;
          if (!pattern.test(number)) return reply.refuse({ code: 'not-found' });
          return answer(at, number, request as Numbered, reply);
        },
      });
  };

  async function proposers(
    at: AtDesk,
    number: string,
    reply: FastifyReply,
    said: Readonly<{ refusal?: CheckRefusal; law?: LawRefusal }> = {},
  ): Promise<FastifyReply> {
    const view = await checks.view(number);
    if (view === undefined) return reply.refuse({ code: 'not-found' });
    const judged = await initiatives.judge(number, orderOf(view, []));
    const { language } = at;
    return at.show({
      title: checksMessages(language).title(number),
      erroneous: said.refusal !== undefined || said.law !== undefined,
      status: said.refusal === undefined && said.law === undefined ? 200 : 409,
      children: (
        <ProposersPage
          language={language}
          view={view}
          orderRefused={judged === 'unknown-case' ? undefined : judged}
          {...said}
        />
      ),
    });
  }

  /** The order names the abandoned cases of the same matter wherever there is one to judge, if only to say none. */
  const orderOf = (
    { electronic, paper, abandoned, letterKey }: CheckView,
    barred: readonly string[],
  ): CaseAct => ({
    kind: 'check-request',
    capacity: 'commission',
    body: {
      of: 'proposers',
      on: legalDateOf(clock.nowMs()),
      sent: electronic + paper,
      ...(abandoned.length === 0 ? {} : { barred: [...barred].sort() }),
      ...(letterKey === undefined ? {} : { letter: letterKeyDigest(letterKey) }),
    },
  });

  route('GET', '/cases/:number/proposers', CASE, (at, number, _request, reply) =>
    proposers(at, number, reply),
  );

  route('POST', '/cases/:number/proposers/order', CASE, async (at, number, _request, reply) => {
    const view = await checks.view(number);
    if (view === undefined) return reply.refuse({ code: 'not-found' });
    if (view.electronic + view.paper === 0) return proposers(at, number, reply, { refusal: 'nobody' });
    const barred = view.abandoned
      .map(({ caseNumber }) => caseNumber)
      .filter((of) => at.form[`barred-${of}`] === 'yes');
    const answer = await at.propose(number, orderOf(view, barred));
    return isRefusal(answer) ? proposers(at, number, reply, { law: answer }) : reply;
  });

  route('POST', '/cases/:number/proposers/send', CASE, async (at, number, _request, reply) => {
    const done = await checks.send(number);
    return done.ok
      ? at.goTo(`/cases/${number}/proposers`)
      : proposers(at, number, reply, { refusal: done.code });
  });

  route('POST', '/cases/:number/proposers/ask', CASE, async (at, number, _request, reply) => {
    const done = await checks.ask(number);
    return done.ok
      ? at.goTo(`/cases/${number}/proposers`)
      : proposers(at, number, reply, { refusal: done.code });
  });

  route('POST', '/cases/:number/proposers/result', CASE, async (at, number, _request, reply) => {
    const act = await checks.resultAct(number);
    if (act === undefined) return proposers(at, number, reply, { refusal: 'not-sent' });
    const answer = await at.propose(number, act);
    return isRefusal(answer) ? proposers(at, number, reply, { law: answer }) : reply;
  });

  async function paper(
    at: AtDesk,
    number: string,
    said: Partial<Pick<PaperPageProps, 'values' | 'faults' | 'note' | 'refusal' | 'law'>> = {},
  ): Promise<FastifyReply> {
    const { list, waiting: closed, leastTold } = checks.paper;
    const [sheets, waiting, least] = await Promise.all([list(number), closed(number), leastTold(number)]);
    const { language } = at;
    const isWrong = said.refusal !== undefined || said.law !== undefined || (said.faults ?? []).length > 0;
    const page = { values: {}, faults: [], ...said, language, number, sheets, waiting, least };
    return at.show({
      title: paperMessages(language).paperTitle(number),
      erroneous: isWrong,
      status: isWrong ? 422 : 200,
      children: <PaperPage {...page} />,
    });
  }

  const NOTES = ['paperSaved', 'takenBack'] as const;

  route('GET', '/rolls/:number/paper', ROLL, async (at, number, { query }, reply) => {
    if (!(await checks.paper.isRoll(number))) return reply.refuse({ code: 'not-found' });
    const note = NOTES.find((one) => one === query['note']);
    const township = String(query['township'] ?? '');
    const values = /^[0-9]{8}$/.test(township) ? { township } : {};
    return paper(at, number, { values, ...(note === undefined ? {} : { note }) });
  });

  route('POST', '/rolls/:number/paper', ROLL, async (at, number, _request, reply) => {
    const values = at.form;
    const read = readSheet(values);
    if (!read.ok) return paper(at, number, { values, faults: read.faults });
    const done = await checks.paper.register(number, read.sheet);
    if (done.ok) return at.goTo(`/rolls/${number}/paper?note=paperSaved&township=${read.sheet.township}`);
    if (done.code === 'unknown') return reply.refuse({ code: 'not-found' });
    if (done.code === 'taken')
      return paper(at, number, { values, faults: [{ field: 'sheet', code: 'taken' }] });
    return paper(at, number, { values, refusal: done.code });
  });

  route('POST', '/rolls/:number/paper/take-back', ROLL, async (at, number) => {
    const { row = '' } = at.form;
    const isGone = /^[1-9][0-9]{0,14}$/.test(row) && (await checks.paper.takeBack(number, Number(row)));
    return at.goTo(`/rolls/${number}/paper${isGone ? '?note=takenBack' : ''}`);
  });

  route('POST', '/rolls/:number/paper/batch', ROLL, async (at, number, _request, reply) => {
    const { again, includesLead } = at.form;
    const batch =
      again === undefined
        ? await checks.paper.closeBatch(number, includesLead === 'yes')
        : (await checks.paper.waiting(number))[Number(again)];
    if (batch === undefined) return at.goTo(`/rolls/${number}/paper`);
    const act: CaseAct = { kind: 'paper-proposers', capacity: 'commission', body: { ...batch } };
    const answer = await at.propose(number, act);
    return isRefusal(answer) ? paper(at, number, { law: answer }) : reply;
  });
}
