/** Pages that enter nothing: overview, progress, timeline, record, materials, help desk, receipts, posters. */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@lianshu/statement';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { deedOf } from '../initiatives/index.ts';
import {
  type AllowedAct,
  allowedActs,
  announcedBy,
  daysBetween,
  type LegalEventKind,
  rulePack,
} from '../law/index.ts';
import { addLegalDays } from '../platform/time.ts';
import { localPath } from '../web/index.ts';
import {
  type Asked,
  type AskedCase,
  bothWays,
  type ConsoleContext,
  queryOf,
} from './console-context-routes.tsx';
import { HelpKitPage } from './help-kit-page.tsx';
import { MaterialsPage } from './materials-page.tsx';
import { type OfferedAct, OverviewPage } from './overview-page.tsx';
import { may } from './permissions.ts';
import { drawPoster } from './poster.ts';
import type { PosterFacts } from './poster-words.ts';
import { ProgressPage } from './progress-page.tsx';
import { type ProgressView, progressView } from './progress-view.ts';
import { mayQuery } from './query-rights.ts';
import { type FiledAct, ReceiptPage } from './receipt-page.tsx';
import { RecordPage } from './record-page.tsx';
import { electionVotes, lastDays, type Timeline, timelineFrom } from './timeline.ts';
import { TimelinePage } from './timeline-page.tsx';

/** Where each act of the lead proposer has its page. */
const PAGES: Readonly<Partial<Record<LegalEventKind, string>>> = {
  withdrawn: '/withdraw',
  corrected: '/correct',
  'proposer-supplement-filed': '/supplement-proposers',
  'applied-for-system': '/affidavit',
  collected: '/collect',
  'code-issued': '/code',
  'url-obtained': '/address',
  'roster-filed': '/file',
  'supplement-filed': '/supplement-signers',
};

/** What a lead proposer files, by kind of entry: these have receipts. */
const FILINGS: Readonly<Record<string, string>> = {
  'initiative-filed': '提出公民投票案',
  correction: '補正',
  supplement: '補提',
  affidavit: '使用電子連署系統切結書',
  collection: '領取',
  'roster-filed': '提出連署人名冊',
  withdrawal: '撤回提案',
};

/** The smallest cell told, by the case's own pack; where that does not know one, no cell is told. */
const leastTold = (pack: string): number =>
  rulePack(pack).parameters.suppressionK.value ?? Number.POSITIVE_INFINITY;

/** @returns the overview of a case, which the caller serves at the console's own address */
export function readingRoutes(
  server: FastifyInstance,
  pages: ConsoleContext,
): (asked: AskedCase) => Promise<FastifyReply> {
  const { deps } = pages;

  async function overview({ reply, frame, case: { course, found } }: AskedCase) {
    const offered = allowedActs(course).flatMap((act: AllowedAct): OfferedAct[] => {
      const path = PAGES[act.kind];
      if (path === undefined || !act.by.includes('lead-proposer')) return [];
      // Obtained already, and no new code asks for it again: nothing to do.
      if (act.kind === 'url-obtained' && course.stage === 'signing' && course.signing?.hasUrl === true)
        return [];
      if (act.kind === 'collected' && course.modes.length === 2) return [];
      return [{ act, path }];
    });
    const { facts } = found.material;
    const lastDay = course.signing?.lastDay ?? facts.opened?.lastDay;
    const draft = facts.filed.proposal?.draft;
    const isShort = course.stage === 'proposer-supplement' && draft !== undefined;
    const supplement = isShort ? await deps.proposals.supplement(draft) : undefined;
    const view = {
      course,
      acts: offered,
      lastDays: lastDay === undefined ? undefined : lastDays(course.pack, lastDay, course.today),
      mayAct: may(frame.mandate, 'act'),
      hasLetter: may(frame.mandate, 'letter') && (await deps.hasLetter(frame.number)),
      supplement: supplement && draft !== undefined ? { draft, standing: supplement } : undefined,
    };
    return pages.send(reply, <OverviewPage frame={frame} view={view} />);
  }

  async function progressOf({ request, frame }: Asked): Promise<ProgressView | undefined> {
    const typed = Number((queryOf(request, 'paper') ?? '0').replace(/[,\s]/g, ''));
    const paper = Number.isInteger(typed) && typed >= 0 && typed <= 10_000_000 ? typed : 0;
    const { number } = frame;
    if (number.startsWith('D')) {
      const draft = await deps.proposals.find(number);
      if (draft === undefined) return undefined;
      const { count, lastDay, required, supplement } = draft;
      const { opened, reopened } = draft.facts;
      // Of a supplement: who passed the check, and who signed since.
      const electronic =
        supplement === undefined ? (count?.counted ?? 0) : supplement.valid + supplement.electronic;
      const { firstDay } = reopened ?? opened;
      const counted = { electronic, countedAt: count?.at };
      return view(number, opened.rulePack, { ...counted, paper, threshold: required, firstDay, lastDay });
    }
    const found = await deps.console.find(number);
    const opened = found?.found.material.facts.opened;
    if (found === undefined || opened === undefined) return undefined;
    const { count } = found.found.material;
    const { threshold, firstDay, lastDay } = opened;
    const counted = { electronic: count?.counted ?? 0, countedAt: count?.at };
    const { rulePack: pack } = found.found.material.facts.filed;
    return view(number, pack, { ...counted, paper, threshold, firstDay, lastDay });
  }

  async function view(
    number: string,
    pack: string,
    facts: Pick<ProgressView, 'electronic' | 'countedAt' | 'paper' | 'threshold' | 'firstDay' | 'lastDay'>,
  ): Promise<ProgressView> {
    const least = leastTold(pack);
    const { days, counties, today } = await deps.console.progress(number, least);
    const { hasRegistry } = deps;
    return progressView({ ...facts, days, counties, leastTold: least, hasRegistry, today });
  }

  async function progress(asked: Asked) {
    return pages.send(asked.reply, <ProgressPage frame={asked.frame} view={await progressOf(asked)} />);
  }

  async function timeline({ request, reply, frame, case: { course, found } }: AskedCase) {
    const { opened, filed } = found.material.facts;
    const lastDay = course.signing?.lastDay ?? opened?.lastDay;
    const { today } = course;
    const pack = rulePack(filed.rulePack);
    const from = opened !== undefined && opened.firstDay > today ? opened.firstDay : today;
    const days = lastDay === undefined ? [from, addLegalDays(from, 180)] : spread(from, lastDay);
    const asked = queryOf(request, 'file') ?? '';
    const isDay = /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) && isReal(asked);
    const isWrong = asked !== '' && (!isDay || asked < today || (lastDay !== undefined && asked > lastDay));
    const elections = announcedBy(course.elections, today);
    const chosen: Timeline | undefined =
      asked !== '' && !isWrong ? timelineFrom(pack, asked, elections) : undefined;
    const page = {
      rows: days.map((day) => timelineFrom(pack, day, elections)),
      chosen,
      elections: electionVotes(pack, from, days.at(-1) ?? from, elections),
      asked,
      isWrong,
      lastDays: lastDay === undefined ? undefined : lastDays(pack, lastDay, today),
      pack: pack.id,
    };
    return pages.send(reply, <TimelinePage frame={frame} view={page} />, isWrong ? 422 : 200);
  }

  async function record({ reply, frame, case: { course, found } }: AskedCase) {
    const refusal = mayQuery(course);
    const { count, facts } = found.material;
    const k = leastTold(facts.filed.rulePack);
    const { days } = refusal === undefined ? await deps.console.progress(frame.number, k) : { days: [] };
    const events = found.acts.flatMap((act) => {
      const deed = deedOf(act, facts);
      return deed === undefined ? [] : [{ at: act.at, index: act.index, what: deed.what }];
    });
    const counts = count && { counted: count.counted, held: count.held, voided: count.voided, at: count.at };
    const page = { refusal, counts: facts.opened === undefined ? undefined : counts, days, events };
    return pages.send(reply, <RecordPage frame={frame} view={page} />, refusal === undefined ? 200 : 403);
  }

  async function receipt({ reply, frame, case: { found } }: AskedCase) {
    const { language } = frame;
    const filings = found.acts.flatMap((act): FiledAct[] => {
      if (FILINGS[act.kind] === undefined) return [];
      const body = act.body as Readonly<{ step?: string; textDigest?: string }>;
      if (act.kind === 'supplement' && body.step !== 'filed') return [];
      const { index, ...entry } = act;
      const bytes = canonicalJson(entry as unknown as JsonValue);
      const version = found.acts.find(({ kind }) => kind === 'version')?.body as
        | Readonly<{ textDigest?: string }>
        | undefined;
      return [
        {
          name: deedOf(act, found.material.facts)?.what[language] ?? FILINGS[act.kind] ?? act.kind,
          at: act.at,
          index,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          basis: act.basis,
          textDigest: act.kind === 'initiative-filed' ? version?.textDigest : body.textDigest,
        },
      ];
    });
    return pages.send(reply, <ReceiptPage frame={frame} filings={filings} />);
  }

  async function posterFacts(
    { frame }: Asked,
    language: 'zh-Hant-TW' | 'en',
  ): Promise<PosterFacts | undefined> {
    const { number } = frame;
    const address = `${deps.publicUrl}${localPath(language, number.startsWith('D') ? `/drafts/${number}` : `/initiatives/${number}`)}`;
    if (number.startsWith('D')) {
      const draft = await deps.proposals.find(number);
      const opened = draft?.facts.opened;
      return (
        draft &&
        opened && {
          number,
          subject: opened.subject,
          mainText: draft.text.mainText,
          translation: opened.translation?.mainText,
          leadProposer: opened.leadProposer,
          helpContact: opened.helpContact,
          period: undefined,
          address,
          isDemonstration: deps.isDemo || opened.isInvented === true,
        }
      );
    }
    const found = await deps.console.find(number);
    if (found?.found.version === undefined) return undefined;
    const { filed, opened, versions } = found.found.material.facts;
    return {
      number,
      subject: filed.subject,
      mainText: found.found.version.mainText,
      translation: versions.at(-1)?.translation?.mainText,
      leadProposer: filed.leadProposer,
      helpContact: filed.helpContact,
      period: opened,
      address,
      isDemonstration: deps.isDemo || filed.isInvented === true,
    };
  }

  const poster = (language: 'zh-Hant-TW' | 'en') => async (asked: Asked) => {
    // A poster without the public site's address would lead nowhere.
    const facts = deps.publicUrl === '' ? undefined : await posterFacts(asked, language);
    if (facts === undefined) return asked.reply.refuse({ code: 'not-found' });
    const bytes = await drawPoster(language, facts);
    return asked.reply
      .header('cache-control', 'no-store')
      .header(
        'content-disposition',
        `inline; filename="poster-${facts.number}-${language === 'en' ? 'en' : 'zh'}.pdf"`,
      )
      .type('application/pdf')
      .send(Buffer.from(bytes));
  };

  bothWays(server, '/progress', pages.within('progress', progress));
  bothWays(server, '/timeline', pages.ofCase('progress', timeline));
  bothWays(server, '/record', pages.ofCase('progress', record));
  bothWays(server, '/receipt', pages.ofCase('progress', receipt));
  bothWays(
    server,
    '/materials',
    pages.within('materials', async ({ reply, frame }) => pages.send(reply, <MaterialsPage frame={frame} />)),
  );
  bothWays(
    server,
    '/help-desk',
    pages.ofCase('materials', async ({ reply, frame, case: { found } }) => {
      const contact = found.material.facts.filed.helpContact?.[frame.language];
      return pages.send(reply, <HelpKitPage frame={frame} contact={contact} />);
    }),
  );
  bothWays(server, '/poster-zh.pdf', pages.within('materials', poster('zh-Hant-TW')));
  bothWays(server, '/poster-en.pdf', pages.within('materials', poster('en')));
  return overview;
}

const isReal = (day: string): boolean =>
  new Date(Date.parse(`${day}T00:00:00Z`)).toISOString().slice(0, 10) === day;

/** Today, two days between, and the last day; fewer where the period is short. */
function spread(from: string, last: string): readonly string[] {
  const length = Math.max(0, daysBetween(from, last));
  const days = [0, Math.round(length / 3), Math.round((2 * length) / 3), length].map((n) =>
    addLegalDays(from, n),
  );
  return [...new Set(days)];
}
