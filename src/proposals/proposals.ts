import { type JsonValue, renderProposalStatement, StatementFault } from '@lianshu/statement';
import {
  type AnnouncedText,
  type FiledBody,
  type FilingReceipt,
  findAnnouncedText,
  findPeriod,
  findTextFile,
  findVersion,
  type Initiatives,
  insertInitiative,
  insertVersion,
  lockInitiative,
  markClosed,
  type NewText,
  periodState,
  stopSigning,
  textDigestOf,
  textFile,
} from '../initiatives/index.ts';
import {
  type ElectronicProposal,
  electronicProposal,
  known,
  monthsAfter,
  rulePack,
  type Switched,
} from '../law/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { addLegalDays, type Clock, legalDateOf, startOfLegalDay, taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry, PublicRecord, PublishedCaseCount } from '../record/index.ts';
import { type DraftAct, type DraftFacts, foldDraft } from './draft-facts.ts';
import {
  judgeFiling,
  notCollecting,
  notSignable,
  type ProposalRefusal,
  type ProposersStanding,
  proposersRequired,
  UNKNOWN_DRAFT,
} from './draft-rules.ts';
import {
  countHeld,
  countProposers,
  findLead,
  insertDraft,
  listDraftNumbers,
  listExpired,
  listSigned,
  nextCaseNumber,
  nextDraftNumber,
} from './draft-store.ts';
import type { DraftMaterial, SignableDraft } from './draft-view.ts';

/** What opens a draft for proposers. The lead proposer is the only person a public entry names. */
export interface Opening
  extends Pick<
    FiledBody,
    'subject' | 'leadProposer' | 'subjectMatter' | 'rulePack' | 'isInvented' | 'plainWords' | 'helpContact'
  > {
  /** The text, frozen from here on. Its heading (the draft number) is written here. */
  readonly text: Omit<NewText, 'heading'>;
  /** The lead proposer's pseudonym as the sealer gave it at sign-in, 32 bytes; it must be found among the proposers. */
  readonly leadPerson?: Uint8Array;
}

/** What became of it. A refusal changed nothing. */
export type OpenOutcome =
  | Readonly<{ ok: true; draft: string; textDigest: string; lastDay: string }>
  | Readonly<{ ok: false; refusal: ProposalRefusal }>;
export type FileOutcome =
  | Readonly<{ ok: true; receipt: FilingReceipt }>
  | Readonly<{ ok: false; refusal: ProposalRefusal }>;
export type CloseOutcome = Readonly<{ ok: true }> | Readonly<{ ok: false; refusal: ProposalRefusal }>;

/** Paper proposers as an officer counted them; `capacity` says who enters it. */
export interface PaperProposers {
  readonly on: string;
  readonly count: number;
  /** Whether the lead proposer is one of them. */
  readonly includesLead: boolean;
}

/** 提案: drafts that collect proposers, and their filing. */
export interface Proposals {
  /** Whether a pack, or a switch in the record, lets proposals be collected electronically today. */
  allowed(rulePack: string): Promise<ElectronicProposal>;
  /** Freezes the text, gives the next draft number and takes signatures from now on. Within the caller's transaction if given. */
  open(opening: Opening, within?: Tx): Promise<OpenOutcome>;
  find(draft: string): Promise<DraftMaterial | undefined>;
  /** Every draft whose number or subject holds the words, by number: no other order is neutral. */
  list(query?: string): Promise<readonly DraftMaterial[]>;
  /** What the signing page shows, if the draft collects now. */
  findSignable(draft: string): Promise<SignableDraft | 'unknown' | 'closed'>;
  announcedText(draft: string, atMs: number, namedDigest?: string): Promise<AnnouncedText>;
  textFile(draft: string): Promise<Uint8Array | undefined>;
  /** The lead proposer's pseudonym, for the sealer to compare; never shown. */
  leadPerson(draft: string): Promise<Uint8Array | undefined>;
  /** The proposers as they stand this moment, and why filing would be refused. For the lead proposer and officers only. */
  standing(
    draft: string,
  ): Promise<(ProposersStanding & Readonly<{ refusal: ProposalRefusal | undefined }>) | undefined>;
  /** Records proposers on paper, with whatever entries go with it (an `approval`). */
  recordPaper(
    draft: string,
    paper: PaperProposers,
    also?: readonly ActEntry[],
    within?: Tx,
  ): Promise<CloseOutcome>;
  /** Ends collecting without filing. */
  close(draft: string, outcome: 'withdrawn' | 'expired', within?: Tx): Promise<CloseOutcome>;
  /** Files the proposal: closes the draft and registers the case with the very bytes that were signed. Once. */
  file(draft: string, within?: Tx): Promise<FileOutcome>;
  /** Enters `proposal-closed` for every draft whose time ended at least `graceMs` ago. */
  closeExpired(graceMs: number): Promise<readonly string[]>;
  /** Numbers that take or will take signatures, of drafts and cases alike: the sealer must have a key for each. */
  numbersToSign(): Promise<readonly string[]>;
}

export interface ProposalsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<PublicRecord, 'appendMany' | 'acts'>;
  readonly initiatives: Pick<Initiatives, 'file'>;
  /** Public address of the log, for the commands that pages show. */
  readonly logUrl: string;
  readonly publishedCount: (draft: string) => Promise<PublishedCaseCount | undefined>;
  /** A demonstration has electronic proposals on although nothing allows them yet, and says so. */
  readonly isDemo: boolean;
  /** The switch for electronic proposals as the record has it on a day; undefined where it never was switched. */
  readonly switched?: (day: string) => Promise<Switched | undefined>;
}

const DEMO_MARK = '示範文字，非公告主文';

export const isDraftNumber = (number: string): boolean => /^D[0-9]{5}$/.test(number);

/** Joins the parts: rules, rows, entries. */
export function createProposals(deps: ProposalsDeps): Proposals {
  const { db, clock, record } = deps;

  const inside = <T>(within: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> =>
    within === undefined ? inTransaction(db, work) : work(within);

  const factsOf = async (reader: Db | Tx, draft: string): Promise<DraftFacts | undefined> =>
    isDraftNumber(draft)
      ? foldDraft(draft, (await record.acts(reader, draft)) as readonly DraftAct[])
      : undefined;

  async function find(draft: string): Promise<DraftMaterial | undefined> {
    if (!isDraftNumber(draft)) return undefined;
    const [period, acts, count, text] = await Promise.all([
      findPeriod(db, draft),
      record.acts(db, draft),
      deps.publishedCount(draft),
      findVersion(db, draft),
    ]);
    const facts = foldDraft(draft, acts as readonly DraftAct[]);
    if (period === undefined || facts === undefined || text === undefined) return undefined;
    const nowMs = clock.nowMs();
    const isOpen = periodState(period, nowMs) === 'open' && facts.closed === undefined;
    return {
      facts,
      acts: acts as readonly DraftAct[],
      text,
      state: facts.closed?.outcome ?? (isOpen ? 'collecting' : 'ended'),
      count,
      ...proposersRequired(facts.opened.rulePack, legalDateOf(nowMs)),
      nowMs,
      logUrl: deps.logUrl,
    };
  }

  async function standingOf(
    reader: Db | Tx,
    draft: string,
    { opened, paper, isLeadOnPaper }: DraftFacts,
  ): Promise<ProposersStanding> {
    const electronic = await countProposers(reader, draft);
    const held = await countHeld(reader, draft);
    const lead = await findLead(reader, draft);
    const { required } = proposersRequired(opened.rulePack, legalDateOf(clock.nowMs()));
    return { electronic, held, paper, hasLead: isLeadOnPaper || lead?.hasSigned === true, required };
  }

  const entryOf = (draft: string, kind: string, capacity: string, basis: string, body: object): ActEntry => ({
    at: taipeiTimestamp(clock.nowMs()),
    basis,
    body: body as JsonValue,
    capacity,
    case: draft,
    kind,
    v: 1,
  });

  /** Under the draft's lock: everything that follows judges the same past. */
  async function lockCollecting(tx: Tx, draft: string): Promise<DraftFacts | ProposalRefusal> {
    if (!isDraftNumber(draft) || !(await lockInitiative(tx, draft))) return UNKNOWN_DRAFT;
    const facts = await factsOf(tx, draft);
    if (facts === undefined) return UNKNOWN_DRAFT;
    return facts.closed === undefined ? facts : notCollecting(facts.closed);
  }

  /** No request that is still on its way is taken after this: none of them has been answered yet. */
  async function end(tx: Tx, draft: string): Promise<void> {
    const nowMs = clock.nowMs();
    await stopSigning(tx, draft, nowMs);
    await markClosed(tx, draft, nowMs);
  }

  const allowedUnder: Proposals['allowed'] = async (pack) =>
    electronicProposal(rulePack(pack), {
      isDemonstration: deps.isDemo,
      switched: await deps.switched?.(legalDateOf(clock.nowMs())),
    });

  const close: Proposals['close'] = (draft, outcome, within) =>
    inside(within, async (tx): Promise<CloseOutcome> => {
      const facts = await lockCollecting(tx, draft);
      if ('code' in facts) return { ok: false, refusal: facts };
      await end(tx, draft);
      const capacity = outcome === 'withdrawn' ? 'lead-proposer' : 'system';
      await record.appendMany(tx, [entryOf(draft, 'proposal-closed', capacity, '平台規則', { outcome })]);
      return { ok: true };
    });

  return {
    allowed: allowedUnder,

    async open({ text, leadPerson, ...told }, within) {
      const pack = rulePack(told.rulePack);
      const allowed = await allowedUnder(told.rulePack);
      if (!allowed.isOn)
        return {
          ok: false,
          refusal: { code: 'not-enabled', citation: allowed.citation, instead: allowed.instead },
        };
      const fault = signableFault(text.mainText);
      if (fault !== undefined) return { ok: false, refusal: notSignable(fault) };
      return inside(within, async (tx): Promise<OpenOutcome> => {
        const draft = await nextDraftNumber(tx);
        const nowMs = clock.nowMs();
        const today = legalDateOf(nowMs);
        const { lastDay } = monthsAfter(today, known(pack, 'proposalCollectMonths'));
        const period = { opensAtMs: nowMs, closesAtMs: startOfLegalDay(addLegalDays(lastDay, 1)) };
        if (!(await insertInitiative(tx, { caseNumber: draft, period })))
          throw new Error(`the draft number ${draft} is taken`);
        const heading = [...(told.isInvented ? [DEMO_MARK] : []), `草案編號 ${draft}`, ''];
        const { translation, ...chinese } = text;
        const textDigest = await insertVersion(tx, {
          caseNumber: draft,
          version: 1,
          mainText: text.mainText,
          file: textFile({ ...chinese, heading }),
          publishedAtMs: nowMs,
        });
        await insertDraft(tx, draft, leadPerson);
        const { required: threshold, electors } = proposersRequired(told.rulePack, today);
        const body = {
          ...told,
          allowedBy: allowed.allowedBy,
          textDigest,
          ...(translation === undefined ? {} : { translation }),
          firstDay: today,
          lastDay,
          threshold,
          electors,
        };
        await record.appendMany(tx, [
          entryOf(draft, 'proposal-opened', 'lead-proposer', '公民投票法 §9 VI', body),
        ]);
        return { ok: true, draft, textDigest, lastDay };
      });
    },

    find,

    async list(query = '') {
      const words = query.normalize('NFKC').toLowerCase();
      const found = await Promise.all((await listDraftNumbers(db)).map(find));
      return found.flatMap((one) => {
        if (one === undefined) return [];
        const { draft, opened } = one.facts;
        const haystack = `${draft} ${opened.subject['zh-Hant-TW']} ${opened.subject.en}`.toLowerCase();
        return haystack.includes(words) ? [one] : [];
      });
    },

    async findSignable(draft) {
      const found = await find(draft);
      if (found === undefined) return 'unknown';
      if (found.state !== 'collecting') return 'closed';
      const { opened } = found.facts;
      return {
        title: opened.subject,
        demonstrationText: opened.isInvented === true,
        mainText: found.text.mainText,
        ...(opened.translation ? { mainTextTranslation: opened.translation.mainText } : {}),
        textDigest: found.text.digest,
        lastDay: opened.lastDay,
        allowedBy: opened.allowedBy,
      };
    },

    announcedText: (draft, atMs, namedDigest) =>
      isDraftNumber(draft)
        ? findAnnouncedText(db, draft, atMs, namedDigest)
        : Promise.resolve({ state: 'unknown' }),

    textFile: (draft) => (isDraftNumber(draft) ? findTextFile(db, draft, 1) : Promise.resolve(undefined)),

    leadPerson: async (draft) => (await findLead(db, draft))?.person,

    async standing(draft) {
      const facts = await factsOf(db, draft);
      if (facts === undefined) return undefined;
      const standing = await standingOf(db, draft, facts);
      const refusal = facts.closed === undefined ? judgeFiling(standing) : notCollecting(facts.closed);
      return { ...standing, refusal };
    },

    recordPaper: (draft, paper, also = [], within) =>
      inside(within, async (tx): Promise<CloseOutcome> => {
        const facts = await lockCollecting(tx, draft);
        if ('code' in facts) return { ok: false, refusal: facts };
        const entry = entryOf(draft, 'paper-proposers', 'commission', '公民投票法 §10 I', paper);
        await record.appendMany(tx, [entry, ...also]);
        return { ok: true };
      }),

    close,

    file: (draft, within) =>
      inside(within, async (tx): Promise<FileOutcome> => {
        const facts = await lockCollecting(tx, draft);
        if ('code' in facts) return { ok: false, refusal: facts };
        const standing = await standingOf(tx, draft, facts);
        const refusal = judgeFiling(standing);
        if (refusal !== undefined) return { ok: false, refusal };
        const file = await findTextFile(tx, draft, 1);
        const version = await findVersion(tx, draft);
        if (file === undefined || version === undefined) throw new Error(`the draft ${draft} has no text`);
        await end(tx, draft);
        const caseNumber = await nextCaseNumber(tx);
        await record.appendMany(tx, [
          entryOf(draft, 'proposal-closed', 'lead-proposer', '公民投票法 §9', {
            outcome: 'filed',
            case: caseNumber,
          }),
        ]);
        const { electronic, paper } = standing;
        const receipt = await deps.initiatives.file(
          {
            caseNumber,
            filed: { ...filedBody(facts), proposal: { draft, electronic, paper } },
            text: {
              file,
              mainText: version.mainText,
              ...(facts.opened.translation ? { translation: facts.opened.translation } : {}),
            },
          },
          tx,
        );
        if (receipt === false) throw new Error(`the case number ${caseNumber} is taken`);
        return { ok: true, receipt };
      }),

    async closeExpired(graceMs) {
      const closed: string[] = [];
      for (const draft of await listExpired(db, clock.nowMs() - graceMs))
        if ((await close(draft, 'expired')).ok) closed.push(draft);
      return closed;
    },

    numbersToSign: () => listSigned(db),
  };
}

/** What the case's first entry repeats of the draft's. */
function filedBody({ opened }: DraftFacts): FiledBody {
  const { subject, leadProposer, subjectMatter, rulePack, isInvented, plainWords, helpContact } = opened;
  return {
    subject,
    leadProposer,
    subjectMatter,
    rulePack,
    origin: 'here',
    ...(isInvented === undefined ? {} : { isInvented }),
    ...(plainWords === undefined ? {} : { plainWords }),
    ...(helpContact === undefined ? {} : { helpContact }),
  };
}

/** Whether a statement 提案書 can carry the main text: rendered once with stand-ins for everything else. */
function signableFault(mainText: string): StatementFault | undefined {
  try {
    renderProposalStatement({
      draftId: 'D00001',
      mainText,
      textDigest: textDigestOf({ heading: [], mainText, reasons: [] }),
      signerCommitment: 'A'.repeat(43),
      signedAt: '2026-01-01T00:00:00+08:00',
      transaction: 'A'.repeat(22),
    });
    return undefined;
  } catch (error) {
    if (error instanceof StatementFault) return error;
    throw error;
  }
}
