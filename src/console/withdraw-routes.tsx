/** 撤回: the console prints the written notice; the act itself is entered by the commission. 公民投票法 §11. */
import type { FastifyReply } from 'fastify';
import { proposersOf } from '../initiatives/index.ts';
import { required } from '../law/index.ts';
import type { AskedCase, ConsoleContext } from './console-context-routes.tsx';
import { WithdrawPage } from './withdraw-page.tsx';

/** The notice to print, or why the law does not allow it now. Whatever is sent, nothing is entered. */
export const withdrawNotice =
  ({ deps, send }: ConsoleContext) =>
  async ({ reply, frame, case: found }: AskedCase): Promise<FastifyReply> => {
    const { course, today, found: shown } = found;
    const proposers = proposersOf(shown.acts);
    const share = course.pack.parameters.withdrawalShare.value;
    const needed =
      proposers === undefined || share === undefined ? undefined : Number(required(BigInt(proposers), share));
    // Judged as if all agreed: whether it is the time for it at all.
    const all = proposers ?? 1;
    const refusal = await deps.console.judge(frame.number, {
      kind: 'withdrawal',
      body: { on: today, agreeing: all, proposers: all },
    });
    if (refusal === 'unknown-case') return reply.refuse({ code: 'not-found' });
    const leadProposer = shown.material.facts.filed.leadProposer;
    return send(
      reply,
      <WithdrawPage frame={frame} view={{ proposers, needed, refusal, leadProposer, today }} />,
      refusal === undefined ? 200 : 422,
    );
  };
