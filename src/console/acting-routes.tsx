/** Pages that enter acts: each shows what would be entered, and enters it only when confirmed. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { standingActs } from '../initiatives/index.ts';
import { known, type LawRefusal, monthsAfter } from '../law/index.ts';
import { seemsToNameAPerson } from '../record/index.ts';
import { AddressPage, NewCodePage } from './code-pages.tsx';
import { type CollectMode, CollectPage, type CollectView } from './collect-page.tsx';
import { hasAffidavit } from './console.ts';
import { type AskedCase, bothWays, type ConsoleContext, formOf } from './console-context-routes.tsx';
import { headingIn, reviewCorrection } from './correction.ts';
import { type CorrectionFault, CorrectionPage, type CorrectionView } from './correction-page.tsx';
import { LeadFormPage, type LeadFormView } from './lead-form-page.tsx';
import { faultsOf, LEAD_FORMS, type LeadForm } from './lead-forms.ts';

const MODES: readonly CollectMode[] = ['code', 'both', 'paper'];

/** A refusal to show; a case that vanished between two lines is a fault. */
function shown(refusal: LawRefusal | 'unknown-case'): LawRefusal {
  if (refusal === 'unknown-case') throw new Error('the case is gone');
  return refusal;
}

type SimpleAct = (form: LeadForm) => (asked: AskedCase) => Promise<FastifyReply>;

/** @returns the page of a simple act, for addresses that a case shares with a draft */
export function actingRoutes(server: FastifyInstance, pages: ConsoleContext): SimpleAct {
  const { console: acts } = pages.deps;

  const simple: SimpleAct = (form) => async (asked: AskedCase) => {
    const { request, reply, frame, case: found } = asked;
    const { facts, count } = found.found.material;
    const isPost = request.method === 'POST';
    const values = isPost ? formOf(request) : firstValues(form, asked);
    const base: Omit<LeadFormView, 'step' | 'faults' | 'refusal'> = {
      form,
      values,
      facts: {
        course: found.course,
        today: found.today,
        threshold: facts.opened?.threshold,
        electronic: count?.counted ?? 0,
      },
    };
    const answer = (view: Pick<LeadFormView, 'step' | 'faults' | 'refusal'>, status = 200) =>
      pages.send(reply, <LeadFormPage frame={frame} view={{ ...base, ...view }} />, status);
    if (!isPost) {
      // What cannot be done at all today is told before anybody fills in a form.
      const early = form.fields.length === 0 ? await refusalOf(form, asked, values) : undefined;
      return answer({ step: 'form', faults: [], refusal: early });
    }
    const faults = faultsOf(form, values, seemsToNameAPerson);
    if (faults.length > 0) return answer({ step: 'form', faults, refusal: undefined }, 422);
    const refusal = await refusalOf(form, asked, values);
    if (refusal !== undefined) return answer({ step: 'form', faults: [], refusal }, 422);
    if (values['confirm'] !== 'yes') return answer({ step: 'preview', faults: [], refusal: undefined });
    const entered = await acts.enter(frame.number, actOf(form, asked, values));
    return entered.ok
      ? answer({ step: 'done', faults: [], refusal: undefined })
      : answer({ step: 'form', faults: [], refusal: shown(entered.refusal) }, 422);
  };

  /** The entry; a new contact stands in the place of the former one. */
  function actOf(form: LeadForm, { case: found }: AskedCase, values: Readonly<Record<string, string>>) {
    const act = form.entry(values, found.today);
    if (act.kind !== 'help-contact') return act;
    const former = standingActs(found.found.acts).findLast(({ kind }) => kind === 'help-contact');
    return former?.index === undefined
      ? act
      : {
          ...act,
          replaces: former.index,
          why: { 'zh-Hant-TW': '諮詢窗口更新', en: 'The contact has changed.' },
        };
  }

  async function refusalOf(form: LeadForm, asked: AskedCase, values: Readonly<Record<string, string>>) {
    const refused = await acts.judge(asked.frame.number, actOf(form, asked, values));
    return refused === undefined ? undefined : shown(refused);
  }

  async function collect({ request, reply, frame, case: found }: AskedCase) {
    const { course, today } = found;
    const collected = course.modes;
    const open = MODES.filter((mode) =>
      collected.length === 0
        ? true
        : mode !== 'both' && !collected.includes(mode === 'code' ? 'code' : 'paper'),
    );
    const values = formOf(request);
    const chosen = MODES.find((mode) => mode === values['mode']);
    const base: CollectView = {
      open,
      collected,
      hasAffidavit: hasAffidavit(found),
      chosen,
      refusal: undefined,
      isMissing: false,
      step: 'form',
      period:
        course.signing === undefined
          ? monthsAfter(today, known(course.pack, 'petitionMonths', today))
          : undefined,
      code: undefined,
      threshold: found.found.material.facts.opened?.threshold,
    };
    const answer = (change: Partial<CollectView>, status = 200) =>
      pages.send(reply, <CollectPage frame={frame} view={{ ...base, ...change }} />, status);
    if (request.method !== 'POST') {
      const first = open[0];
      const refused =
        first === undefined ? undefined : await acts.judge(frame.number, collectionOf(first, today));
      return answer(refused === undefined ? {} : { refusal: shown(refused), open: [] });
    }
    if (chosen === undefined) return answer({ isMissing: true }, 422);
    if (values['confirm'] === 'yes') {
      const done = await acts.collect(frame.number, chosen);
      return done.ok
        ? answer({ step: 'done', code: done.code, open: [] })
        : answer({ refusal: shown(done.refusal) }, 422);
    }
    const refused = await acts.judge(frame.number, collectionOf(chosen, today));
    if (refused !== undefined) return answer({ refusal: shown(refused) }, 422);
    const early = chosen === 'paper' ? undefined : acts.affidavitMissing(found);
    return early === undefined ? answer({ step: 'preview' }) : answer({ refusal: early }, 422);
  }

  async function newCode({ request, reply, frame, case: found }: AskedCase) {
    const act = { kind: 'access-code', body: { step: 'issued', on: found.today } };
    const answer = (view: Parameters<typeof NewCodePage>[0]['view'], status = 200) =>
      pages.send(reply, <NewCodePage frame={frame} view={view} />, status);
    if (request.method === 'POST' && formOf(request)['confirm'] === 'yes') {
      const drawn = await acts.drawCode(frame.number);
      return drawn.ok
        ? answer({ refusal: undefined, code: drawn.code })
        : answer({ refusal: shown(drawn.refusal), code: undefined }, 422);
    }
    const refused = await acts.judge(frame.number, act);
    return answer({ refusal: refused === undefined ? undefined : shown(refused), code: undefined });
  }

  async function address(asked: AskedCase) {
    const { request, reply, frame, who, case: found } = asked;
    const { course, today } = found;
    const bySession = who.eSystem === frame.number;
    const opensOf = () => {
      const { signing } = course;
      return signing === undefined
        ? undefined
        : { firstDay: signing.firstDay, lastDay: signing.lastDay ?? '—', isOpen: today >= signing.firstDay };
    };
    const answer = (view: Partial<Parameters<typeof AddressPage>[0]['view']>, status = 200) =>
      pages.send(
        reply,
        <AddressPage
          frame={frame}
          view={{ refusal: undefined, fault: undefined, bySession, opens: undefined, ...view }}
        />,
        status,
      );
    if (request.method !== 'POST') {
      const isKnown = course.stage === 'signing' && course.signing?.hasUrl === true;
      const refused = isKnown
        ? undefined
        : await acts.judge(frame.number, { kind: 'signing-address', body: { on: today } });
      if (refused !== undefined) return answer({ refusal: shown(refused) });
      return answer(isKnown && bySession ? { opens: opensOf() } : {});
    }
    const typed = formOf(request)['code'] ?? '';
    if (!bySession && typed.trim() === '') return answer({ fault: 'missing' }, 422);
    const outcome = await acts.obtainAddress(frame.number, bySession ? { session: true } : { typed });
    if (outcome.ok) return answer({ opens: opensOf() });
    return 'code' in outcome
      ? answer({ fault: outcome.code }, 422)
      : answer({ refusal: shown(outcome.refusal) }, 422);
  }

  async function correct(asked: AskedCase) {
    const { request, reply, frame, case: found } = asked;
    const { version, material } = found.found;
    if (version === undefined) return reply.refuse({ code: 'not-found' });
    const { facts, course } = material;
    const isPost = request.method === 'POST';
    const sent = formOf(request);
    const translation = facts.versions.at(-1)?.translation;
    const input = {
      mainText: isPost ? (sent['mainText'] ?? '') : version.mainText,
      reasons: isPost ? (sent['reasons'] ?? '') : version.reasons.join('\n'),
      translatedMainText: isPost ? (sent['translatedMainText'] ?? '') : (translation?.mainText ?? ''),
      translatedReasons: isPost ? (sent['translatedReasons'] ?? '') : (translation?.reasons.join('\n') ?? ''),
    };
    const due = course.duties.findLast(({ id }) => id === 'correct')?.due;
    const answer = (view: Partial<CorrectionView>, status = 200) =>
      pages.send(
        reply,
        <CorrectionPage
          frame={frame}
          view={{
            input,
            fault: undefined,
            refusal: undefined,
            review: undefined,
            step: 'form',
            due,
            ...view,
          }}
        />,
        status,
      );
    const file = await acts.textFile(frame.number, version.version);
    const before = { ...version, heading: file === undefined ? [] : headingIn(file) };
    const isReferendum = facts.filed.subjectMatter === 'statute';
    const review = reviewCorrection(before, input, course.pack, isReferendum);
    const act = {
      kind: 'correction',
      body: { on: found.today, version: review.version, textDigest: review.textDigest },
      text: review.text,
    };
    const refused = await acts.judge(frame.number, act);
    if (refused !== undefined) return answer({ refusal: shown(refused) }, isPost ? 422 : 200);
    if (!isPost) return answer({});
    const fault: CorrectionFault | undefined =
      review.text.mainText === '' || review.text.reasons.length === 0
        ? 'missing'
        : review.isUnchanged
          ? 'unchanged'
          : seemsToNameAPerson(input)
            ? 'personal'
            : acts.isSignable(review.text.mainText)
              ? undefined
              : 'unsignable';
    if (fault !== undefined) return answer({ fault }, 422);
    if (sent['confirm'] !== 'yes') return answer({ step: 'preview', review });
    const entered = await acts.enter(frame.number, act);
    return entered.ok ? answer({ step: 'done' }) : answer({ refusal: shown(entered.refusal) }, 422);
  }

  for (const form of LEAD_FORMS) {
    const handler = pages.ofCase('act', simple(form));
    // `/file` is a draft's too: see draft-routes.
    if (form.path !== '/file') bothWays(server, form.path, handler, handler);
  }
  for (const [path, page] of [
    ['/collect', collect],
    ['/code', newCode],
    ['/address', address],
    ['/correct', correct],
  ] as const) {
    const handler = pages.ofCase('act', page);
    bothWays(server, path, handler, handler);
  }
  return simple;
}

const collectionOf = (mode: CollectMode, on: string) => ({ kind: 'collection', body: { on, mode } });

/** What the house knows already. */
function firstValues(form: LeadForm, { case: found }: AskedCase): Readonly<Record<string, string>> {
  const { filed } = found.found.material.facts;
  const { plainWords } = filed;
  if (form.path === '/plain-words')
    return plainWords === undefined ? {} : { zh: plainWords.text['zh-Hant-TW'], en: plainWords.text.en };
  if (form.path !== '/contact' || filed.helpContact === undefined) return {};
  return { zh: filed.helpContact['zh-Hant-TW'], en: filed.helpContact.en };
}
