/** A draft that collects proposers: its overview, filing and withdrawing. */
import type { FastifyReply } from 'fastify';
import { inTransaction } from '../platform/db/index.ts';
import { type Asked, type ConsoleContext, formOf } from './console-context-routes.tsx';
import { DraftConsolePage, type DraftConsoleView } from './draft-page.tsx';
import { may } from './permissions.ts';

/** The page of a draft: read, or about to file or withdraw. */
export const draftPage =
  (pages: ConsoleContext, action?: 'file' | 'withdraw') =>
  async ({ request, reply, frame }: Asked): Promise<FastifyReply> => {
    const { db, proposals, carryOver } = pages.deps;
    const { number } = frame;
    const show = async (change: Partial<DraftConsoleView>, status = 200) => {
      const [draft, standing, supplement] = await Promise.all([
        proposals.find(number),
        proposals.standing(number),
        proposals.supplement(number),
      ]);
      if (draft === undefined) return reply.refuse({ code: 'not-found' });
      const view: DraftConsoleView = {
        draft,
        standing,
        supplement,
        mayAct: may(frame.mandate, 'act'),
        preview: undefined,
        refusal: undefined,
        receipt: undefined,
        ...change,
      };
      return pages.send(reply, <DraftConsolePage frame={frame} view={view} />, status);
    };
    if (action === undefined) return show({});
    if (request.method !== 'POST' || formOf(request)['confirm'] !== 'yes') {
      const standing = await proposals.standing(number);
      const refusal = action === 'file' ? standing?.refusal : undefined;
      return refusal === undefined ? show({ preview: action }) : show({ refusal });
    }
    if (action === 'withdraw') {
      const closed = await proposals.close(number, 'withdrawn');
      return closed.ok ? show({}) : show({ refusal: closed.refusal }, 422);
    }
    // Both or neither: a case whose lead proposer has no mandate for it could be collected for by nobody.
    const filed = await inTransaction(db, async (tx) => {
      const outcome = await proposals.file(number, tx);
      if (outcome.ok) await carryOver(number, outcome.receipt.caseNumber, tx);
      return outcome;
    });
    if (!filed.ok) return show({ refusal: filed.refusal }, 422);
    return show({ receipt: filed.receipt });
  };
