/** Who asks for which draft or case, and the frame of the answer: shared by all routes of the console. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Db, Tx } from '../platform/db/index.ts';
import { languageOf } from '../platform/http/language.ts';
import type { Clock } from '../platform/time.ts';
import type { Proposals } from '../proposals/index.ts';
import { type Localised, renderPage } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import type { Console, ConsoleCase } from './console.ts';
import type { ConsoleFrame, ConsolePage } from './console-frame.tsx';
import { type Mandate, may, type Permission } from './permissions.ts';

/** Somebody signed in to the workspace, as far as the console asks. */
export interface Person {
  readonly id: string;
  /** Names the session, opens nothing: what is offered to be signed is offered to it alone. */
  readonly sessionName: string;
  /** The sealer's pseudonym of a card account. */
  readonly person: Uint8Array | undefined;
  /** The case whose access code was given at this sign-in. */
  readonly eSystem: string | undefined;
}

export interface ConsoleRoutesDeps<Who extends Person = Person> {
  readonly db: Db;
  readonly console: Console;
  readonly proposals: Pick<Proposals, 'find' | 'standing' | 'supplement' | 'file' | 'close'>;
  readonly clock: Clock;
  /** Origin of the public site, without a slash at its end. */
  readonly publicUrl: string;
  /** Whether the house was given a household registry, so that figures by county can come. */
  readonly hasRegistry: boolean;
  readonly isDemo: boolean;
  /** Who is signed in; when undefined the answer (to the sign-in page) is already on its way. */
  readonly signedIn: (request: FastifyRequest, reply: FastifyReply) => Promise<Who | undefined>;
  readonly mandatesOf: (who: Who) => Promise<readonly Readonly<{ scope: string; mandate: Mandate }>[]>;
  /** Everybody who works on the draft works on the case it became; in the transaction that made it one. */
  readonly carryOver: (draft: string, caseNumber: string, within: Tx) => Promise<void>;
  /** Whether a check left a letter for the lead proposer. */
  readonly hasLetter: (number: string) => Promise<boolean>;
  /** The workspace's page around a console page. */
  readonly page: (request: FastifyRequest, who: Who, page: ConsolePage) => VNode;
}

/** One request for a draft or case that the person has a mandate for. */
export interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly frame: ConsoleFrame;
  readonly who: Person;
}
export type AskedCase = Asked & Readonly<{ case: ConsoleCase }>;

const FORM = z.record(z.string().max(100), z.string().max(60_000));

/** The fields of a form; empty for anything that is none. */
export const formOf = (request: FastifyRequest): Readonly<Record<string, string>> =>
  FORM.safeParse(request.body).data ?? {};

/** A query parameter, if it is one text. */
export const queryOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
};

const NUMBER = /^([1-9][0-9]{3,5}|D[0-9]{5})$/;

export class ConsoleContext {
  readonly deps: ConsoleRoutesDeps;

  constructor(deps: ConsoleRoutesDeps) {
    this.deps = deps;
  }

  send(reply: FastifyReply, page: VNode, status = 200): FastifyReply {
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(renderPage(page));
  }

  /**
   * A route of one draft or case. Who has no mandate for it, or one that does not reach so far, meets the same "no such
   * page" as for a number that does not exist.
   */
  within(permission: Permission, answer: (asked: Asked) => Promise<FastifyReply>) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const who = await this.deps.signedIn(request, reply);
      if (who === undefined) return reply;
      const { number = '' } = request.params as Readonly<{ number?: string }>;
      if (!NUMBER.test(number)) return reply.refuse({ code: 'not-found' });
      const mandate = (await this.deps.mandatesOf(who)).find(({ scope }) => scope === number)?.mandate;
      const subject = may(mandate, permission) ? await this.#subjectOf(number) : undefined;
      if (mandate === undefined || subject === undefined) return reply.refuse({ code: 'not-found' });
      const frame: ConsoleFrame = {
        language: languageOf(request.url),
        number,
        subject,
        mandate,
        publicUrl: this.deps.publicUrl,
        layout: (page) => this.deps.page(request, who, page),
      };
      return answer({ request, reply, frame, who });
    };
  }

  /** As {@link within}, for cases only. */
  ofCase(permission: Permission, answer: (asked: AskedCase) => Promise<FastifyReply>) {
    return this.within(permission, async (asked) => {
      const found = await this.deps.console.find(asked.frame.number);
      return found === undefined || asked.frame.number.startsWith('D')
        ? asked.reply.refuse({ code: 'not-found' })
        : answer({ ...asked, case: found });
    });
  }

  async #subjectOf(number: string): Promise<Localised | undefined> {
    if (number.startsWith('D')) return (await this.deps.proposals.find(number))?.facts.opened.subject;
    return (await this.deps.console.find(number))?.found.material.facts.filed.subject;
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Registers a page and its form in both languages. */
export function bothWays(server: FastifyInstance, path: string, get: Handler, post?: Handler): void {
  for (const url of bothLanguages(`/console/:number${path}`)) {
    server.get(url, get);
    if (post !== undefined) server.post(url, post);
  }
}
