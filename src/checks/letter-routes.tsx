/** 刪除名單 for the lead proposer alone (施行細則 §9): the key it is sealed to, and the sealed list. */
import { areRecipients } from '@lianshu/seal';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { languageOf } from '../platform/http/language.ts';
import { localPath, renderPage } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import type { Checks } from './checks-contract.ts';
import { letterMessages } from './letter-messages.ts';
import { LetterPage } from './letter-page.tsx';

/** What the workspace gives of itself. */
export interface LetterDesk<Who> {
  readonly checks: Pick<Checks, 'letter' | 'letterKey' | 'giveLetterKey'>;
  /** Undefined when nobody is signed in: the answer is on its way. */
  signedIn(request: FastifyRequest, reply: FastifyReply): Promise<Who | undefined>;
  /** Whether somebody leads this draft or case. */
  leads(who: Who, number: string): Promise<boolean>;
  page(
    request: FastifyRequest,
    who: Who,
    page: Readonly<{ title: string; erroneous: boolean; children: VNode }>,
  ): VNode;
}

const NUMBER = /^([1-9][0-9]{3,5}|D[0-9]{5})$/;

type Numbered = FastifyRequest<{ Params: { number: string } }>;

/** Registers the pages. To anybody but the lead proposer there is no such page. */
export function letterRoutes<Who>(server: FastifyInstance, desk: LetterDesk<Who>): void {
  const { checks } = desk;
  type Answer = (request: Numbered, reply: FastifyReply, who: Who) => Promise<FastifyReply>;
  const route = (method: 'GET' | 'POST', path: string, answer: Answer): void => {
    for (const url of bothLanguages(path))
      server.route({
        method,
        url,
        async handler(request, reply) {
          const who = await desk.signedIn(request, reply);
          if (who === undefined) return reply;
          const { number } = (request as Numbered).params;
          if (!NUMBER.test(number) || !(await desk.leads(who, number)))
            return reply.refuse({ code: 'not-found' });
          return answer(request as Numbered, reply, who);
        },
      });
  };

  async function show(
    request: Numbered,
    reply: FastifyReply,
    who: Who,
    said: Readonly<{ typed?: string; isSaved?: boolean }> = {},
  ): Promise<FastifyReply> {
    const { number } = request.params;
    const language = languageOf(request.url);
    const [key, letter] = await Promise.all([checks.letterKey([number]), checks.letter(number)]);
    const isWrong = said.typed !== undefined;
    const view = { language, number, key, hasLetter: letter !== undefined, isWrong };
    const children = <LetterPage {...view} typed={said.typed ?? ''} isSaved={said.isSaved === true} />;
    const page = desk.page(request, who, {
      title: letterMessages(language).letterTitle,
      erroneous: isWrong,
      children,
    });
    return reply
      .code(isWrong ? 422 : 200)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(renderPage(page));
  }

  route('GET', '/console/:number/deleted', (request, reply, who) =>
    show(request, reply, who, { isSaved: (request.query as Record<string, unknown>)['saved'] === 'yes' }),
  );

  route('POST', '/console/:number/deleted', async (request, reply, who) => {
    const { number } = request.params;
    const { recipient } = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    const typed = typeof recipient === 'string' ? recipient.trim().slice(0, 4_000) : '';
    if (!/^age1[0-9a-z]+$/.test(typed) || !areRecipients([typed]))
      return show(request, reply, who, { typed });
    await checks.giveLetterKey(number, typed);
    return reply.redirect(
      `${localPath(languageOf(request.url), `/console/${number}/deleted`)}?saved=yes`,
      303,
    );
  });

  route('GET', '/console/:number/deleted/letter.age', async (request, reply) => {
    const letter = await checks.letter(request.params.number);
    if (letter === undefined) return reply.refuse({ code: 'not-found' });
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="deleted.age"')
      .type('application/octet-stream')
      .send(Buffer.from(letter));
  });
}
