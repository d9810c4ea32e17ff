/**
 * 查對提案人 (公民投票法 §10 V–VII): what a case's proposers are is sent sealed, and a result comes back signed. A result
 * is used whole or not at all; who is deleted is entered in the same transaction as the result it rests on.
 */
import type { JsonValue } from '@lianshu/statement';
import { countHeld } from '../proposals/index.ts';
import type { CheckResultBody } from '../registry/index.ts';
import { abandonedBefore, checkFacts } from './check-facts.ts';
import {
  findLetter,
  letterKeyOf,
  listChecks,
  listRoster,
  markAsked,
  markFinished,
  markSent,
  type StoredCheck,
  setLetterKey,
} from './check-store.ts';
import type { CheckRefusal, Checks, ChecksDeps, Done } from './checks-contract.ts';
import { enterChecks } from './enter-check.ts';
import { createPaperRoster } from './paper-roster.ts';
import { standingSheets } from './paper-store.ts';
import { prepareCheck } from './prepare-check.ts';

const refused = (code: CheckRefusal): Done => ({ ok: false, code });

export function createChecks(deps: ChecksDeps): Checks {
  const { db, clock, registry } = deps;
  const paper = createPaperRoster(deps);
  return {
    paper,

    async view(caseNumber) {
      const facts = await checkFacts(deps, caseNumber);
      if (facts === undefined) return undefined;
      const { subject, course, filedOn, draft, numbers, threshold, ordered, barred, orderedLetter } = facts;
      const [roster, held, sheets, checks, key, abandoned] = await Promise.all([
        draft === undefined ? [] : listRoster(db, draft),
        draft === undefined ? 0 : countHeld(db, draft),
        standingSheets(db, numbers),
        listChecks(db, caseNumber),
        letterKeyOf(db, numbers),
        abandonedBefore(deps, filedOn, caseNumber),
      ]);
      return {
        caseNumber,
        draft,
        subject,
        course,
        filedOn,
        required: threshold,
        electronic: roster.length,
        held,
        paper: sheets.length,
        ordered,
        barred,
        checks,
        letterKey: key,
        orderedLetter,
        abandoned,
      };
    },

    async send(caseNumber) {
      const check = await prepareCheck(deps, caseNumber);
      if (typeof check === 'string') return refused(check);
      if (check.body === undefined) return refused('already-finished');
      const sent = await registry.send(check.id, check.body);
      if (!sent.ok) {
        await markAsked(db, check.id, clock.nowMs(), { fault: sent.fault });
        return refused(sent.fault);
      }
      await markSent(db, check.id, clock.nowMs());
      return { ok: true };
    },

    async ask(caseNumber) {
      const check = (await listChecks(db, caseNumber)).findLast(
        ({ finishedAtMs }) => finishedAtMs === undefined,
      );
      if (check?.sentAtMs === undefined) return refused('not-sent');
      const facts = await checkFacts(deps, caseNumber);
      if (facts === undefined) return refused('unknown-case');
      const { id, digest, required: needed, entries, paper: rows } = check;
      const sent = {
        id,
        caseNumber,
        of: 'proposers' as const,
        required: needed,
        least: facts.least,
        digest,
        entries,
        paper: rows,
      };
      const answer = await registry.ask(sent);
      const nowMs = clock.nowMs();
      if (!answer.ok) {
        await markAsked(db, id, nowMs, { fault: answer.fault });
        return refused(answer.fault);
      }
      if (answer.state === 'working') {
        await markAsked(db, id, nowMs, { done: Math.min(answer.done, entries.length + rows.length) });
        return { ok: true };
      }
      const { body, voids, paper: deleted, letter } = answer.checked;
      await markFinished(db, id, nowMs, {
        body,
        voids: voids.map(({ index, ground }) => [index, ground]),
        deleted,
        letter,
      });
      return { ok: true };
    },

    async resultAct(caseNumber) {
      const check = (await listChecks(db, caseNumber)).findLast(
        ({ result, enteredAtMs }) => result !== undefined && enteredAtMs === undefined,
      );
      if (check === undefined) return undefined;
      return { kind: 'check-result', body: check.result as unknown as JsonValue, capacity: 'registry' };
    },

    ...enterChecks(deps, paper),

    letter: (caseNumber) => findLetter(db, caseNumber),
    giveLetterKey: (number, recipient) => setLetterKey(db, number, recipient, clock.nowMs()),
    letterKey: (numbers) => letterKeyOf(db, numbers),
  };
}

/** A finished result as pages show it. */
export const resultOf = ({ result }: StoredCheck): CheckResultBody | undefined =>
  result as unknown as CheckResultBody | undefined;
