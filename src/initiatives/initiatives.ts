import type { JsonValue } from '@lianshu/statement';
import {
  type ElectionDay,
  electorBaseOn,
  known,
  type LawRefusal,
  monthsAfter,
  required,
  rulePack,
  type WhoMay,
  whoMay,
} from '../law/index.ts';
import { type Db, inTransaction, type Tx } from '../platform/db/index.ts';
import { addLegalDays, type Clock, legalDateOf, startOfLegalDay, taipeiTimestamp } from '../platform/time.ts';
import type {
  ActEntry,
  RecordedAct as LoggedAct,
  PublicRecord,
  PublishedCaseCount,
} from '../record/index.ts';
import { type AnnouncedText, findAnnouncedText, periodState } from './announced-text.ts';
import { type CaseAct, type CaseActs, createCaseActs } from './case-acts.ts';
import { type Delivery, deliveryRefusal } from './case-delivery.ts';
import { caseFiling, type Filing, type FilingReceipt, subjectText } from './case-filing.ts';
import { indexPart, listUnindexed } from './case-grams-store.ts';
import { createCaseSearch } from './case-search.ts';
import { caseShelf, factsOfActs } from './case-shelf.ts';
import type { CaseMaterial } from './case-view.ts';
import { closedDays, movedLastDay } from './closures.ts';
import { electionDays } from './election-days.ts';
import {
  type DecisionBody,
  type FiledBody,
  foldInitiative,
  type Localised,
  type OpenedBody,
  type RecordedAct,
  type StatisticsBody,
} from './initiative-facts.ts';
import {
  findPeriod,
  findTextFile,
  findVersion,
  indexText,
  insertInitiative,
  insertVersion,
  listPeriods,
  listToClose,
  markClosed,
  type SigningPeriod,
  setPeriod,
  type TextVersion,
  textFile,
} from './initiative-store.ts';
import { findOpinionText } from './opinion-store.ts';

/** 公投案: one case from its entries, and the acts that register, open and close it. */
export interface Initiatives extends CaseActs {
  /** Every case that matches the words, by number; all of them for an empty query. */
  listCases(query: string): Promise<readonly CaseMaterial[]>;
  findCase(caseNumber: string): Promise<FoundCase | undefined>;
  findTextFile(caseNumber: string, version: number): Promise<Uint8Array | undefined>;
  /** The text of an agency's opinion, by the digest its entry names. */
  findOpinionText(caseNumber: string, digest: string): Promise<Uint8Array | undefined>;
  /** Moves the end of every running period whose last day was one of official closure. In the caller's transaction. */
  extendPeriods(tx: Tx): Promise<void>;
  /** What the signing page shows, if the case takes signatures now. */
  findSignable(caseNumber: string): Promise<Signable | 'unknown' | 'closed'>;
  announcedText(caseNumber: string, atMs: number, namedDigest?: string): Promise<AnnouncedText>;
  /** Enters a case with its text and opens signing. False when the number is taken: nothing was changed. */
  register(registration: Registration): Promise<boolean>;
  /**
   * Files a proposal 提案: its text becomes version 1, its number is given, nothing takes signatures yet. The receipt
   * names the digest of exactly what was filed. False when the number is taken. Within the caller's transaction if given.
   */
  file(filing: Filing, within?: Tx): Promise<FilingReceipt | false>;
  /** Enters a case that another body delivers, with its text; false when the number is taken. */
  deliver(delivery: Delivery, within?: Tx): Promise<FilingReceipt | false>;
  /** What the law says of a delivery today, without entering it. */
  judgeDelivery(act: Omit<CaseAct, 'replaces'>): LawRefusal | undefined;
  /** Enters `closed` for every case whose period ended at least `graceMs` ago. */
  closeEnded(graceMs: number): Promise<readonly string[]>;
  /** Makes texts searchable that were entered before there was an index. Safe to repeat. */
  indexTexts(): Promise<void>;
}

export interface FoundCase {
  readonly material: CaseMaterial;
  readonly acts: readonly LoggedAct[];
  readonly version: TextVersion | undefined;
}

export interface Signable {
  readonly title: Localised;
  readonly demonstrationText: boolean;
  readonly mainText: string;
  readonly mainTextTranslation?: string;
  readonly textDigest: string;
  readonly lastDay: string;
  /** Undefined where the case’s pack does not know the age. */
  readonly whoMay: WhoMay | undefined;
}

export interface InitiativesDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<
    PublicRecord,
    'appendMany' | 'acts' | 'actsOfKind' | 'actsOfKindAnywhere' | 'actsOfMany' | 'marks'
  >;
  /** Public address of the log, for the commands that pages show. */
  readonly logUrl: string;
  readonly publishedCount: (caseNumber: string) => Promise<PublishedCaseCount | undefined>;
}

export interface Registration {
  readonly caseNumber: string;
  readonly filed: FiledBody;
  readonly collectedOn: string;
  readonly mode: OpenedBody['mode'];
  readonly text?: Readonly<{
    heading: readonly string[];
    mainText: string;
    reasons: readonly string[];
    translation?: Readonly<{ mainText: string; reasons: readonly string[] }>;
    /** The day it was announced, where that is not today. */
    announcedOn?: string;
  }>;
  readonly decision?: DecisionBody;
  readonly statistics?: StatisticsBody;
}

type OutsideDays = Readonly<{ closed: readonly string[]; elections: readonly ElectionDay[] }>;

export function createInitiatives(deps: InitiativesDeps): Initiatives {
  const { db, clock } = deps;
  const search = createCaseSearch({ db });

  const shelf = caseShelf(db, deps.record);
  const filings = caseFiling(deps);

  /** What is announced of no case and moves the days of all. */
  async function outsideDays(): Promise<OutsideDays> {
    const [closed, elections] = await Promise.all([
      closedDays(deps.record, db),
      electionDays(deps.record, db),
    ]);
    return { closed, elections };
  }

  function material(
    period: SigningPeriod,
    acts: readonly RecordedAct[],
    count: PublishedCaseCount | undefined,
    nowMs: number,
    days: OutsideDays,
  ): CaseMaterial | undefined {
    const { closed, elections } = days;
    const told = factsOfActs(period.caseNumber, acts, legalDateOf(nowMs), closed, elections);
    return told && { ...told, state: periodState(period, nowMs), count, nowMs, logUrl: deps.logUrl };
  }

  async function findCase(caseNumber: string): Promise<FoundCase | undefined> {
    const [period, acts, count, version, days] = await Promise.all([
      findPeriod(db, caseNumber),
      shelf.acts(caseNumber),
      deps.publishedCount(caseNumber),
      findVersion(db, caseNumber),
      outsideDays(),
    ]);
    const found = period && material(period, acts, count, clock.nowMs(), days);
    return found && { material: found, acts, version };
  }

  return {
    ...createCaseActs(deps),

    async listCases(query) {
      const nowMs = clock.nowMs();
      const [periods, acts, days] = await Promise.all([listPeriods(db), shelf.allActs(), outsideDays()]);
      const counts = await Promise.all(periods.map(({ caseNumber }) => deps.publishedCount(caseNumber)));
      const words = query.normalize('NFKC').toLowerCase().trim();
      const holding = new Set((await search.find(query)).map(({ caseNumber }) => caseNumber));
      return periods.flatMap((period, i) => {
        const found = material(period, acts.get(period.caseNumber) ?? [], counts[i], nowMs, days);
        if (!found) return [];
        const { subject } = found.facts.filed;
        const haystack = `${period.caseNumber} ${subject['zh-Hant-TW']} ${subject.en}`.toLowerCase();
        return haystack.includes(words) || holding.has(period.caseNumber) ? [found] : [];
      });
    },

    findCase,

    async findSignable(caseNumber) {
      const found = await findCase(caseNumber);
      if (!found?.version) return found ? 'closed' : 'unknown';
      const { facts, state } = found.material;
      if (state !== 'open' || !facts.opened) return 'closed';
      const translation = facts.versions.at(-1)?.translation;
      return {
        title: facts.filed.subject,
        demonstrationText: facts.filed.isInvented === true,
        mainText: found.version.mainText,
        ...(translation ? { mainTextTranslation: translation.mainText } : {}),
        textDigest: found.version.digest,
        lastDay: facts.opened.lastDay,
        whoMay: whoMay(found.material.course.pack, 'sign', facts.opened.lastDay),
      };
    },

    findOpinionText: (caseNumber, digest) => findOpinionText(db, caseNumber, digest),

    async extendPeriods(tx) {
      const closed = await closedDays(deps.record, tx);
      for (const { caseNumber, opensAtMs, closesAtMs, stoppedAtMs, isClosed } of await listPeriods(tx)) {
        if (isClosed || stoppedAtMs !== undefined || opensAtMs === undefined || closesAtMs === undefined)
          continue;
        const lastDay = legalDateOf(closesAtMs - 1);
        const moved = movedLastDay(lastDay, closed);
        if (moved === lastDay) continue;
        await setPeriod(tx, caseNumber, {
          opensAtMs,
          closesAtMs: startOfLegalDay(addLegalDays(moved, 1)),
        });
      }
    },

    findTextFile: (caseNumber, version) => findTextFile(db, caseNumber, version),

    announcedText: (caseNumber, atMs, namedDigest) => findAnnouncedText(db, caseNumber, atMs, namedDigest),

    async register(registration) {
      const { caseNumber, filed, collectedOn, mode } = registration;
      const pack = rulePack(filed.rulePack);
      const { firstDay, lastDay } = monthsAfter(collectedOn, known(pack, 'petitionMonths', collectedOn));
      const base = electorBaseOn(filed.on ?? collectedOn);
      if (!base) throw new RangeError(`No presidential election is known before ${collectedOn}`);
      const { electors } = base;
      const opened: OpenedBody = {
        collectedOn,
        firstDay,
        lastDay,
        threshold: Number(required(electors, known(pack, 'petitionRate', filed.on ?? collectedOn))),
        electors: Number(electors),
        mode,
      };
      const nowMs = clock.nowMs();
      const closesAtMs = startOfLegalDay(addLegalDays(lastDay, 1));
      const isPast = closesAtMs <= nowMs;
      const at = taipeiTimestamp(nowMs);
      const act = (kind: string, basis: string, body: object): ActEntry => ({
        v: 1,
        kind,
        case: caseNumber,
        at,
        capacity: filed.origin === 'here' ? 'commission' : 'operator',
        basis,
        body: body as JsonValue,
      });
      return inTransaction(db, async (tx) => {
        const isNew = await insertInitiative(tx, {
          caseNumber,
          period: { opensAtMs: startOfLegalDay(firstDay), closesAtMs },
          ...(isPast ? { closedAtMs: nowMs } : {}),
        });
        if (!isNew) return false;
        await indexPart(tx, caseNumber, 'subject', subjectText(filed));
        const acts = [act('initiative-filed', '公民投票法 §9', filed)];
        if (registration.text) {
          const file = textFile(registration.text);
          const textDigest = await insertVersion(tx, {
            caseNumber,
            version: 1,
            mainText: registration.text.mainText,
            file,
            publishedAtMs: nowMs,
          });
          const { translation, announcedOn } = registration.text;
          acts.push(
            act('version', '公民投票法 §10', {
              version: 1,
              textDigest,
              ...(translation ? { translation } : {}),
              ...(announcedOn ? { on: announcedOn } : {}),
            }),
          );
        }
        acts.push(act('opened', pack.parameters.petitionMonths.citation, opened));
        if (isPast) acts.push(act('closed', '電子連署及查對作業辦法 §6', { lastDay }));
        if (registration.statistics) acts.push(act('statistics', '公開報導', registration.statistics));
        if (registration.decision)
          acts.push(
            act(
              'decision',
              registration.decision.article?.['zh-Hant-TW'] ?? '公開報導',
              registration.decision,
            ),
          );
        await deps.record.appendMany(tx, acts);
        return true;
      });
    },

    file: (filing, within) => filings.file(filing, within),
    deliver: (delivery, within) => filings.deliver(delivery, within),
    judgeDelivery: (act) => deliveryRefusal(act, taipeiTimestamp(clock.nowMs())),

    async indexTexts() {
      for (const { caseNumber, mainText, file } of await listUnindexed(db)) {
        const facts = foldInitiative(caseNumber, await deps.record.acts(db, caseNumber));
        await indexPart(db, caseNumber, 'subject', facts === undefined ? '' : subjectText(facts.filed));
        if (mainText !== undefined && file !== undefined) await indexText(db, caseNumber, mainText, file);
      }
    },

    async closeEnded(graceMs) {
      const closed: string[] = [];
      for (const caseNumber of await listToClose(db, clock.nowMs() - graceMs)) {
        const done = await inTransaction(db, async (tx) => {
          const nowMs = clock.nowMs();
          if (!(await markClosed(tx, caseNumber, nowMs))) return false;
          const entry: ActEntry = {
            v: 1,
            kind: 'closed',
            case: caseNumber,
            at: taipeiTimestamp(nowMs),
            capacity: 'system',
            basis: '電子連署及查對作業辦法 §6',
            body: {},
          };
          await deps.record.appendMany(tx, [entry]);
          return true;
        });
        if (done) closed.push(caseNumber);
      }
      return closed;
    },
  };
}
