/** What another module needs to show pages of its own at this desk, and to put acts before two officers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { LawRefusal } from '../law/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { type Language, localPath } from '../web/index.ts';
import type { Actions } from './actions.ts';
import type { ActionAct } from './approval-record.ts';
import { formOfRequest, Gate, type GateDeps, sendPage } from './office-gate-plugin.ts';
import { OfficeLayout } from './office-layout.tsx';

/** An officer at the desk, for one request. */
export interface AtDesk {
  readonly language: Language;
  readonly form: Readonly<Record<string, string>>;
  /** Sends a page of the office. */
  show(
    page: Readonly<{ title: string; erroneous?: boolean; status?: number; children: ComponentChildren }>,
  ): Promise<FastifyReply>;
  /** Goes to another page of the office. */
  goTo(path: string): FastifyReply;
  /** Puts an act before two officers and goes to it; what the law refuses comes back. */
  propose(caseNumber: string, act: ActionAct): Promise<LawRefusal | FastifyReply>;
}

/** Undefined when nobody is signed in: the answer is on its way. */
export type DeskDoor = (request: FastifyRequest, reply: FastifyReply) => Promise<AtDesk | undefined>;

export function deskDoor(deps: Omit<GateDeps, 'actions'> & Readonly<{ actions: Actions }>): DeskDoor {
  const gate = new Gate(deps);
  return async (request, reply) => {
    const who = await gate.officer(request, reply);
    if (who === undefined) return undefined;
    const language = languageOf(request.url);
    const goTo = (path: string) => reply.redirect(localPath(language, path), 303);
    return {
      language,
      form: formOfRequest(request),
      goTo,
      async show({ title, erroneous = false, status = 200, children }) {
        const frame = await gate.frame(request, who);
        return sendPage(
          reply.code(status),
          <OfficeLayout frame={frame} title={title} erroneous={erroneous} current="register">
            {children}
          </OfficeLayout>,
        );
      },
      async propose(caseNumber, act) {
        const proposed = await deps.actions.propose(who.officer.id, caseNumber, act);
        if (proposed.ok) return goTo(`/actions/${proposed.id}`);
        return 'law' in proposed ? proposed.law : reply.refuse({ code: proposed.code });
      },
    };
  };
}
