/** The forms of acts: of a case, of a draft, of none, and those that stand in the place of a wrong entry. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { INITIATIVE_KINDS, type Initiatives, proposersOf, type RecordedAct } from '../initiatives/index.ts';
import { type CaseCourse, type LawRefusal, nationalPackOn } from '../law/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { type Clock, legalDateOf } from '../platform/time.ts';
import { PROPOSAL_KINDS, type Proposals } from '../proposals/index.ts';
import { SWITCH_KIND } from '../switches/index.ts';
import { localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import { type FieldFault, valuesOf } from './act-form.ts';
import { ActFormPage, type ActFormView } from './act-form-page.tsx';
import { type Asked, checklistOf, partsOf, requested } from './act-request.ts';
import type { Actions } from './actions.ts';
import { DESK_ACTS, deskKindOf, mendedBy } from './desk-acts.ts';
import { type DeskKind, deskRule, isEnteredFrom, ONLY_MENDS, type Place } from './desk-rules.ts';
import { formOfRequest, type Gate, sendPage } from './office-gate-plugin.ts';
import type { SignedIn } from './officers.ts';
import { opinionValues } from './opinion-values.ts';

export interface ActFormDeps {
  readonly gate: Gate;
  readonly actions: Actions;
  readonly initiatives: Initiatives;
  readonly proposals?: Pick<Proposals, 'find'>;
  readonly clock: Clock;
  readonly isDemo: boolean;
  /** Acts of no case, which a form of the platform may correct. */
  readonly actsOfKind: (kind: string) => Promise<readonly RecordedAct[]>;
}

const CASE = /^[1-9][0-9]{3,5}$/;
const DRAFT = /^D[0-9]{5}$/;
const KINDS = [...INITIATIVE_KINDS, ...PROPOSAL_KINDS, SWITCH_KIND];
const FIRST_CASE = 1_001;

type FormRequest = FastifyRequest<{
  Params: { case?: string; draft?: string; kind: string };
  Querystring: { replaces?: string };
}>;

interface AskedForm {
  readonly asked: Asked;
  readonly view: Omit<ActFormView, 'values' | 'faults'>;
  readonly first: Readonly<Record<string, string>>;
}

export function actRoutes(server: FastifyInstance, deps: ActFormDeps): void {
  const { gate, actions, initiatives, proposals } = deps;
  const today = () => legalDateOf(deps.clock.nowMs());

  /** What the form is about; undefined where there is no such case, or no such act of this desk. */
  async function about(place: Place, request: FormRequest, replaces: string | undefined) {
    const { case: of, draft } = request.params;
    const named = (acts: readonly RecordedAct[]) =>
      acts.find(({ index }) => index !== undefined && String(index) === replaces);
    if (place === 'platform') {
      const former = replaces === undefined ? undefined : named(await deps.actsOfKind(request.params.kind));
      return { caseNumber: '', former, of: undefined };
    }
    if (place === 'draft') {
      const found = DRAFT.test(draft ?? '') ? await proposals?.find(draft ?? '') : undefined;
      return (
        found && {
          caseNumber: draft ?? '',
          former: named(found.acts),
          of: { subject: found.facts.opened.subject },
        }
      );
    }
    const found = CASE.test(of ?? '') ? await initiatives.findCase(of ?? '') : undefined;
    if (found === undefined || of === undefined) return undefined;
    const { facts, course } = found.material;
    return {
      caseNumber: of,
      former: named(found.acts),
      of: {
        subject: facts.filed.subject,
        course,
        proposers: proposersOf(found.acts),
        acts: found.acts,
        versions: facts.versions.length,
        threshold: facts.opened?.threshold,
      },
    };
  }

  async function nextNumber(): Promise<string> {
    const cases = await initiatives.listCases('');
    const last = Math.max(0, ...cases.map(({ facts }) => Number(facts.caseNumber)));
    return String(Math.max(last + 1, FIRST_CASE));
  }

  async function askedFor(place: Place, request: FormRequest): Promise<AskedForm | undefined> {
    const kind = request.params.kind as DeskKind;
    const made = Object.hasOwn(DESK_ACTS, kind) ? DESK_ACTS[kind] : undefined;
    const entry = KINDS.find((one) => one.kind === made?.entry);
    if (made === undefined || entry === undefined || !isEnteredFrom(kind, place)) return undefined;
    const replaces = formOfRequest(request)['replaces'] ?? request.query.replaces;
    const found = await about(place, request, replaces);
    if (found === undefined) return undefined;
    const former: RecordedAct | undefined = 'former' in found ? found.former : undefined;
    if (replaces !== undefined || ONLY_MENDS.has(kind)) {
      const fits = former !== undefined && (kind === 'retraction' || mendedBy(former) === kind);
      if (!fits) return undefined;
    }
    const caseOf = found.of !== undefined && 'course' in found.of ? found.of : undefined;
    const course: CaseCourse | undefined = caseOf?.course;
    const proposers = kind === 'withdrawn' ? caseOf?.proposers : undefined;
    // What the record knows is not asked for.
    const members = made.members.filter((name) => name !== 'proposers' || proposers === undefined);
    const desk = { ...made, members };
    const pack = nationalPackOn(today());
    const begins = kind === 'paper-filing' || kind === 'delivered';
    if (begins && pack === undefined) return undefined;
    const rule = deskRule(kind);
    const asked: Asked = {
      kind,
      desk,
      entry,
      caseNumber: begins ? await nextNumber() : found.caseNumber,
      isInSession: rule.isInSession,
      today: today(),
      replaces: former?.index,
      opinionMost: course?.pack.parameters.opinionMaxChars.value,
      pack: kind === 'paper-filing' ? pack : course?.pack,
      added: {
        ...(proposers === undefined ? {} : { proposers }),
        ...(kind === 'corrected' ? { version: (caseOf?.versions ?? 0) + 1 } : {}),
        ...(begins && pack !== undefined
          ? { rulePack: pack.id, ...(deps.isDemo ? { isInvented: true } : {}) }
          : {}),
      },
    };
    const { acts } = caseOf ?? {};
    const opinionCase =
      acts === undefined || course === undefined ? undefined : { caseNumber: found.caseNumber, acts, course };
    const waits = await actions.waiting(place === 'case' ? found.caseNumber : undefined);
    const waiting = waits.filter(
      ({ document: { act, case: about } }) =>
        about === asked.caseNumber && act.replaces === asked.replaces && deskKindOf(act) === kind,
    );
    const due = course?.duties.findLast(({ id, status }) => id === closedBy(kind) && status === 'open');
    return {
      asked,
      first: {
        ...firstValues(today(), course, caseOf?.threshold),
        ...(former === undefined || kind === 'retraction' ? {} : valuesOf(former.body)),
        ...(await opinionValues(initiatives, kind, opinionCase, former)),
      },
      view: {
        place,
        caseNumber: found.caseNumber,
        subject: found.of?.subject,
        kind,
        rule,
        due: due?.due,
        today: today(),
        parts: partsOf(asked),
        checklist: checklistOf(asked, {}),
        replaces: former?.index,
        waiting: waiting.map(({ id }) => id),
      },
    };
  }

  const within = (
    place: Place,
    answer: (place: Place, request: FormRequest, reply: FastifyReply, who: SignedIn) => Promise<FastifyReply>,
  ) =>
    async function signedIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
      const who = await gate.officer(request, reply);
      return who === undefined ? reply : answer(place, request as FormRequest, reply, who);
    };

  async function form(place: Place, request: FormRequest, reply: FastifyReply, who: SignedIn) {
    const asked = await askedFor(place, request);
    if (asked === undefined) return reply.refuse({ code: 'not-found' });
    const view = { ...asked.view, values: asked.first, faults: [] };
    return sendPage(reply, <ActFormPage frame={await gate.frame(request, who)} view={view} />);
  }

  async function propose(place: Place, request: FormRequest, reply: FastifyReply, who: SignedIn) {
    const about = await askedFor(place, request);
    if (about === undefined) return reply.refuse({ code: 'not-found' });
    const values = formOfRequest(request);
    const language = languageOf(request.url);
    const again = async (faults: readonly FieldFault[], law?: LawRefusal) => {
      const checklist = checklistOf(about.asked, values);
      const view = { ...about.view, checklist, values, faults, ...(law ? { law } : {}) };
      const frame = await gate.frame(request, who);
      return sendPage(reply.code(422), <ActFormPage frame={frame} view={view} />);
    };
    const made = requested(about.asked, values, language);
    if (!made.ok) return again(made.faults);
    const { caseNumber } = about.asked;
    const proposed = await actions.propose(who.officer.id, caseNumber, made.act, made.texts, made.checklist);
    if (proposed.ok) return reply.redirect(localPath(language, `/actions/${proposed.id}`), 303);
    return 'law' in proposed ? again([], proposed.law) : reply.refuse({ code: proposed.code });
  }

  const forms = [
    ['/cases/:case/acts/:kind', 'case'],
    ['/drafts/:draft/acts/:kind', 'draft'],
    ['/platform/acts/:kind', 'platform'],
  ] as const;
  for (const [path, place] of forms)
    for (const url of bothLanguages(path)) {
      server.get(url, within(place, form));
      server.post(url, within(place, propose));
    }
}

const closedBy = (kind: DeskKind): string | undefined =>
  kind === 'found-conforming' || kind === 'correction-ordered' || kind === 'rejected'
    ? 'review'
    : kind === 'opinion-received'
      ? 'give-opinion'
      : kind === 'established'
        ? 'announce-established'
        : kind === 'vote-announced'
          ? 'announce-vote'
          : kind === 'result-announced'
            ? 'announce-result'
            : kind === 'corrected'
              ? 'correct'
              : kind === 'collected'
                ? 'collect'
                : undefined;

/** What the house knows already: today, the number required, the one agency that was asked. */
function firstValues(
  today: string,
  course: CaseCourse | undefined,
  threshold: number | undefined,
): Readonly<Record<string, string>> {
  const asked = course?.duties.filter(({ id, status }) => id === 'give-opinion' && status === 'open') ?? [];
  const [only] = asked;
  return {
    on: today,
    from: today,
    day: today,
    ...(threshold === undefined ? {} : { required: String(threshold) }),
    ...(asked.length === 1 && only?.agency !== undefined ? { agency: only.agency } : {}),
  };
}
