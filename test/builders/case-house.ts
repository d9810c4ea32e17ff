/** A house with one case and a clock that moves from day to day; for what acts of a case bring about in the database. */
import type { CaseAct, Initiatives } from '../../src/initiatives/index.ts';
import { createInitiatives, INITIATIVE_KINDS } from '../../src/initiatives/index.ts';
import { startOfLegalDay } from '../../src/platform/time.ts';
import { publicRecord, type RecordedAct } from '../../src/record/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';

export const NOON_MS = 12 * 3_600_000;

export const commission = (kind: string, body: CaseAct['body']): CaseAct => ({
  kind,
  body,
  capacity: 'commission',
});
export const lead = (kind: string, body: CaseAct['body']): CaseAct => ({
  kind,
  body,
  capacity: 'lead-proposer',
});

export interface CaseHouse {
  readonly database: WorkerDatabase;
  readonly initiatives: Initiatives;
  /** Noon of a legal day is now. */
  goTo(day: string): void;
  /** It is this very instant. */
  goToInstant(ms: number): void;
  acts(): Promise<readonly RecordedAct[]>;
  /** Enters on its day; throws when the law refuses. */
  enter(day: string, act: CaseAct): Promise<void>;
  /** The refusal's code, or `entered`. */
  refusal(day: string, act: CaseAct): Promise<string>;
  /** From filing on 2026-02-10 to the notice to collect of 2026-04-01. */
  toCollecting(): Promise<void>;
  /** Gives every entry its position in the log. */
  sequence(): Promise<void>;
}

/** A proposal filed on 2026-02-10 under `caseNumber`. */
export async function caseHouse(caseNumber: string): Promise<CaseHouse> {
  const database = await workerDatabase();
  await database.db.updateTable('record_condition').set({ state: 'serving' }).execute();
  let nowMs = 0;
  const record = publicRecord(INITIATIVE_KINDS);
  const initiatives = createInitiatives({
    db: database.db,
    clock: { nowMs: () => nowMs },
    record,
    logUrl: '',
    publishedCount: async () => undefined,
  });
  const goTo = (day: string): void => {
    nowMs = startOfLegalDay(day) + NOON_MS;
  };
  const refusal = async (day: string, act: CaseAct): Promise<string> => {
    goTo(day);
    const outcome = await initiatives.enter(caseNumber, act);
    if (outcome.ok) return 'entered';
    return typeof outcome.refusal === 'string' ? outcome.refusal : outcome.refusal.code;
  };
  const enter = async (day: string, act: CaseAct): Promise<void> => {
    const outcome = await refusal(day, act);
    if (outcome !== 'entered') throw new Error(`${act.kind}: ${outcome}`);
  };
  goTo('2026-02-10');
  await initiatives.file({
    caseNumber,
    filed: {
      subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    text: { heading: ['示範文字，非公告主文'], mainText: '你是否同意測試？', reasons: ['一、測試。'] },
  });
  return {
    database,
    initiatives,
    goTo,
    goToInstant(ms) {
      nowMs = ms;
    },
    enter,
    refusal,
    acts: () => record.acts(database.db, caseNumber),
    async toCollecting() {
      await enter('2026-02-12', commission('decision', { decides: 'accepted', on: '2026-02-12' }));
      await enter('2026-03-20', commission('decision', { decides: 'conforming', on: '2026-03-20' }));
      await enter(
        '2026-03-21',
        commission('check-request', { of: 'proposers', on: '2026-03-21', sent: 1_960 }),
      );
      await enter('2026-03-30', {
        kind: 'check-result',
        capacity: 'registry',
        body: {
          of: 'proposers',
          on: '2026-03-30',
          received: 1_960,
          valid: 1_956,
          required: 1_955,
          excluded: {},
        },
      });
      await enter('2026-04-01', commission('notice-to-collect', { on: '2026-04-01' }));
    },
    async sequence() {
      await database.pool.query(
        `update entry e set seq = n.seq from (
           select id, row_number() over (order by id) - 1
             + coalesce((select max(seq) + 1 from entry), 0) as seq
           from entry where seq is null) n
         where e.id = n.id`,
      );
    },
  };
}
