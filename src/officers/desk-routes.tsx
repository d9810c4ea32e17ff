/** The register of cases, one case's desk, and the platform's own desk. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type Initiatives,
  isMendable,
  isRetractable,
  legalEvents,
  type RecordedAct,
} from '../initiatives/index.ts';
import { electorBaseOn } from '../law/index.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import type { Proposals } from '../proposals/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { actionNames } from './action-routes.tsx';
import type { Actions } from './actions.ts';
import { mendedBy } from './desk-acts.ts';
import { DeskPage, RegisterPage, type RegisterRow } from './desk-pages.tsx';
import { deskOutcome, deskView } from './desk-view.ts';
import type { MendRow } from './mend-list.tsx';
import { OFFICE_ACT_KINDS } from './office-acts.ts';
import { type Gate, sendPage } from './office-gate-plugin.ts';
import type { SignedIn } from './officers.ts';
import { PlatformPage } from './platform-page.tsx';
import { publicDeed } from './public-preview.ts';

export interface DeskDeps {
  readonly gate: Gate;
  readonly actions: Actions;
  readonly initiatives: Initiatives;
  readonly proposals?: Pick<Proposals, 'find' | 'list'>;
  readonly clock: Clock;
  readonly actsOfKind: (kind: string) => Promise<readonly RecordedAct[]>;
}

const CASE = /^[1-9][0-9]{3,5}$/;
type CaseRequest = FastifyRequest<{ Params: { case: string } }>;

export function deskRoutes(server: FastifyInstance, deps: DeskDeps): void {
  const { gate, actions, initiatives, proposals } = deps;
  async function register(request: FastifyRequest, reply: FastifyReply, who: SignedIn) {
    const [cases, waiting] = await Promise.all([initiatives.listCases(''), actions.waiting()]);
    const rows = cases.map(({ facts, course }): RegisterRow => {
      const { caseNumber } = facts;
      const own = waiting.filter(({ document }) => document.case === caseNumber);
      return {
        caseNumber,
        subject: facts.filed.subject,
        course,
        outcome: deskOutcome(facts, course),
        waiting: own.length,
      };
    });
    return sendPage(reply, <RegisterPage frame={await gate.frame(request, who)} rows={rows} />);
  }

  async function desk(request: CaseRequest, reply: FastifyReply, who: SignedIn) {
    const found = CASE.test(request.params.case)
      ? await initiatives.findCase(request.params.case)
      : undefined;
    if (found === undefined) return reply.refuse({ code: 'not-found' });
    const { course, facts } = found.material;
    const { caseNumber } = facts;
    const waiting = await actions.waiting(caseNumber);
    const dead = await actions.deadAmong(waiting);
    const about = { dead, caseNumber, subject: facts.filed.subject, course, names: actionNames };
    const mend = mendRows('case', found.acts, (act) => publicDeed(act as never, facts));
    const filedOn = legalEvents(found.acts).find(({ kind }) => kind === 'filed')?.on;
    const hasProposers = filedOn !== undefined && electorBaseOn(filedOn) !== undefined;
    const outcome = deskOutcome(facts, course);
    const view = { ...deskView(course), ...about, outcome, hasProposers, actions: waiting, mend };
    return sendPage(reply, <DeskPage frame={await gate.frame(request, who)} view={view} />);
  }

  async function platform(request: FastifyRequest, reply: FastifyReply, who: SignedIn) {
    const [waiting, drafts, ...entered] = await Promise.all([
      actions.waiting(),
      proposals?.list() ?? [],
      ...OFFICE_ACT_KINDS.map(deps.actsOfKind),
    ]);
    const own = waiting.filter(({ document }) => document.case === '' || document.case.startsWith('D'));
    const view = {
      actions: own,
      dead: await actions.deadAmong(own),
      names: actionNames,
      drafts: drafts
        .filter(({ state }) => state === 'collecting')
        .map(({ facts, acts }) => ({
          number: facts.draft,
          subject: facts.opened.subject,
          mend: mendRows('platform', acts.filter(isByHand), (act) => publicDeed(act as never, undefined)),
        })),
      mend: entered.flatMap((acts) =>
        mendRows('platform', acts, (act) => publicDeed(act as never, undefined)),
      ),
      today: legalDateOf(deps.clock.nowMs()),
    };
    return sendPage(reply, <PlatformPage frame={await gate.frame(request, who)} view={view} />);
  }

  for (const url of bothLanguages('/')) server.get(url, gate.within(register));
  for (const url of bothLanguages('/cases/:case')) server.get(url, gate.within(desk));
  for (const url of bothLanguages('/platform')) server.get(url, gate.within(platform));
}

/** A count of paper proposers by hand; that of a batch stands with its sheets. */
const isByHand = ({ kind, body }: Pick<RecordedAct, 'kind' | 'body'>): boolean =>
  kind === 'paper-proposers' && !('sheets' in (body as object));

/** Entries that may be corrected, newest first: those of this desk that stand and have their position. */
function mendRows(
  place: 'case' | 'platform',
  acts: readonly RecordedAct[],
  told: (act: RecordedAct) => ReturnType<typeof publicDeed>,
): readonly MendRow[] {
  const replaced = new Set(acts.map(({ replaces }) => replaces));
  return acts
    .flatMap((act): MendRow[] => {
      const kind = mendedBy(act);
      const isOwn = place === 'platform' || isMendable(act);
      if (kind === undefined || kind === 'retraction' || act.index === undefined) return [];
      if (!isOwn || replaced.has(act.index)) return [];
      const deed = told(act);
      if (deed === undefined) return [];
      const isWithdrawable = place === 'case' && isRetractable(act);
      return [{ index: act.index, kind, what: deed.what, at: act.at, isRetractable: isWithdrawable }];
    })
    .reverse();
}
