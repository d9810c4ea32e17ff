/** What goes with an act of the check in its own transaction, and what keeps it from being entered at all. */
import { canonicalJson, equalBytes, type JsonValue } from '@lianshu/statement';
import type { CaseAct, EnterOutcome, Initiatives } from '../initiatives/index.ts';
import type { LawRefusal } from '../law/index.ts';
import { inTransaction, type Tx } from '../platform/db/index.ts';
import type { Proposals } from '../proposals/index.ts';
import { resultName } from '../registry/index.ts';
import { abandonedBefore, barredIn, checkFacts, isOfProposers, letterIn } from './check-facts.ts';
import {
  letterKeyDigest,
  letterKeyOf,
  listChecks,
  markEntered,
  type StoredCheck,
  voidSignatures,
} from './check-store.ts';
import type { ChecksDeps } from './checks-contract.ts';
import type { PaperRoster } from './paper-roster.ts';
import { markDeleted } from './paper-store.ts';

/** A result that the registry did not give, or that was entered already. */
const NOT_THE_RESULT: LawRefusal = {
  code: 'out-of-order',
  citation: '公民投票法 §10 V–VI',
  instead: {
    'zh-Hant-TW': '此結果不是戶政機關對已送查對名冊之簽署結果，或已登錄；請由「查對提案人」頁登錄。',
    en: 'This is not the result that the registry signed for what was sent, or it was entered already; enter it from the page of the check.',
  },
};

/** The sheets of a batch are not those that were signed. */
const SHEETS_CHANGED = {
  code: 'changed-since',
  citation: '公民投票法 §10 I–II',
  instead: {
    'zh-Hant-TW': '這份清冊所載之紙本與擬辦時不同，或已登錄；請撤下本件，由「登打紙本提案人」頁重新擬辦。',
    en: 'The sheets of this batch are not those it was prepared with, or it was entered already; set this aside and prepare it again from the page of the sheets.',
  },
} as const satisfies LawRefusal;

const BARS = '公民投票法 §12 IV；施行細則 §9 II';

const barsNotSaid = (candidates: readonly string[]): LawRefusal => ({
  code: 'out-of-order',
  citation: BARS,
  instead: {
    'zh-Hant-TW': `函送須載明是否有同一事項而視為放棄連署之案件（現有：${candidates.join('、')}）；請由「查對提案人」頁擬辦。`,
    en: `The order must say which abandoned cases are of the same matter, if any (there are: ${candidates.join(', ')}); prepare it from the page of the check.`,
  },
});

const notBarred = (of: string): LawRefusal => ({
  code: 'changed-since',
  citation: BARS,
  instead: {
    'zh-Hant-TW': `第 ${of} 案之原提案人於本案提案日不在二年限制期間內；請撤下後重新擬辦。`,
    en: `The proposers of case ${of} are not barred on the day this case was filed; set this aside and prepare it again.`,
  },
});

/** The order names another key than the lead proposer's newest. */
const LETTER_KEY_CHANGED: LawRefusal = {
  code: 'changed-since',
  citation: '公民投票法施行細則 §9',
  instead: {
    'zh-Hant-TW': '領銜人用來接收刪除名單的公鑰在擬辦後有變更；請撤下本件，由「查對提案人」頁重新擬辦。',
    en: 'The lead proposer’s key for the list of deleted proposers changed since this was prepared; set this aside and prepare it again from the page of the check.',
  },
};

const ALREADY_SENT: LawRefusal = {
  code: 'already-done',
  citation: '公民投票法 §10 V',
  instead: {
    'zh-Hant-TW': '名冊已依該函送備妥或送出，不得再更正；查對結果登錄後，依法續行。',
    en: 'The roster was prepared or sent under that order, which is not corrected any more; what follows is the result.',
  },
};

/** One check at a time: the next is ordered when the result of this one is entered. */
const UNDER_WAY: LawRefusal = {
  code: 'already-done',
  citation: '公民投票法 §10 V–VII',
  instead: {
    'zh-Hant-TW': '前次函送之查對尚在進行；其結果登錄後，始得再函送（補提者）。',
    en: 'The check that was ordered before is under way; another may be ordered, for a supplement, once its result is entered.',
  },
};

export function enterChecks(deps: ChecksDeps, paper: PaperRoster) {
  const { db, clock, record, initiatives } = deps;

  /** Why an order to check may not be entered beyond what the law says of its order. */
  async function orderRefusal(tx: Tx, caseNumber: string, act: CaseAct): Promise<LawRefusal | undefined> {
    const facts = await checkFacts(deps, caseNumber);
    if (facts === undefined) return undefined;
    const { ordered, filedOn, numbers } = facts;
    const current = (await listChecks(tx, caseNumber)).find(({ round }) => round === ordered);
    if (act.replaces !== undefined && current !== undefined) return ALREADY_SENT;
    if (act.replaces === undefined && ordered > 0 && current?.enteredAtMs === undefined) return UNDER_WAY;
    const candidates = (await abandonedBefore(deps, filedOn, caseNumber)).map((one) => one.caseNumber);
    const said = (act.body as Readonly<{ barred?: unknown }>).barred;
    if (said === undefined && candidates.length > 0) return barsNotSaid(candidates);
    const stranger = barredIn(act.body).find((of) => !candidates.includes(of));
    if (stranger !== undefined) return notBarred(stranger);
    const key = await letterKeyOf(tx, numbers);
    return letterIn(act.body) === (key && letterKeyDigest(key)) ? undefined : LETTER_KEY_CHANGED;
  }

  /** The finished check whose result this is, byte for byte. */
  async function finishedAs(tx: Tx, caseNumber: string, body: JsonValue): Promise<StoredCheck | undefined> {
    const wanted = canonicalJson(body);
    return (await listChecks(tx, caseNumber, true)).find(
      ({ result, enteredAtMs }) =>
        result !== undefined &&
        enteredAtMs === undefined &&
        equalBytes(canonicalJson(result as JsonValue), wanted),
    );
  }

  /** What a result entered under the case's lock brings with it. */
  async function follow(tx: Tx, check: StoredCheck, body: JsonValue): Promise<void> {
    const { caseNumber } = check;
    const nowMs = clock.nowMs();
    const draft = (await initiatives.findCase(caseNumber))?.material.facts.filed.proposal?.draft;
    if (draft !== undefined) {
      const name = resultName(caseNumber, body);
      const entries = check.voids.map(([index, ground]) => ({
        act: 'proposal-signature' as const,
        case: draft,
        ground,
        index,
        kind: 'void' as const,
        result: name,
        v: 1 as const,
      }));
      await record.appendMany(tx, entries);
      const indexes = entries.map(({ index }) => index);
      if ((await voidSignatures(tx, draft, indexes, nowMs)) !== indexes.length)
        throw new Error('an excluded proposer has no signature');
    }
    await markDeleted(tx, check.deleted, nowMs);
    await markEntered(tx, check.id, nowMs);
  }

  return {
    entering: <T extends Pick<Initiatives, 'enter'>>(inner: T): T => ({
      ...inner,
      enter(caseNumber: string, act: CaseAct, also: Parameters<T['enter']>[2], within?: Tx) {
        const refused = (refusal: LawRefusal): EnterOutcome => ({ ok: false, refusal });
        const enter = (tx: Tx) => inner.enter(caseNumber, act, also, tx);
        const work = async (tx: Tx): Promise<EnterOutcome> => {
          if (isOfProposers(act, 'check-request')) {
            const refusal = await orderRefusal(tx, caseNumber, act);
            return refusal === undefined ? enter(tx) : refused(refusal);
          }
          if (act.kind === 'paper-proposers') {
            const batch = await paper.signed(tx, caseNumber, act.body);
            if (batch === 'changed') return refused(SHEETS_CHANGED);
            const entered = await enter(tx);
            if (entered.ok) await paper.entered(tx, batch);
            return entered;
          }
          if (!isOfProposers(act, 'check-result')) return enter(tx);
          const check = await finishedAs(tx, caseNumber, act.body);
          if (check === undefined) return refused(NOT_THE_RESULT);
          const entered = await enter(tx);
          if (entered.ok) await follow(tx, check, act.body);
          return entered;
        };
        return within === undefined ? inTransaction(db, work) : work(within);
      },
    }),

    recording: <T extends Pick<Proposals, 'recordPaper'>>(inner: T): T => ({
      ...inner,
      recordPaper: ((draft, counted, also, within, mends) => {
        const work = async (tx: Tx) => {
          const batch = await paper.signed(tx, draft, counted as unknown as JsonValue);
          if (batch === 'changed') return { ok: false as const, refusal: SHEETS_CHANGED };
          const done = await inner.recordPaper(draft, counted, also, tx, mends);
          if (done.ok) await paper.entered(tx, batch);
          return done;
        };
        return within === undefined ? inTransaction(db, work) : work(within);
      }) satisfies Proposals['recordPaper'],
    }),
  };
}
