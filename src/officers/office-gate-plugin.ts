/** Who asks: sessions by cookie, and the way to the sign-in page for everybody else. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { languageOf, withoutLanguage } from '../platform/http/language.ts';
import { localPath, renderPage } from '../web/index.ts';
import type { Actions } from './actions.ts';
import type { OfficeFrame, OfficeSite } from './office-layout.tsx';
import type { Officers, SignedIn } from './officers.ts';

export interface GateDeps {
  readonly site: OfficeSite;
  readonly officers: Officers;
  readonly actions: Pick<Actions, 'waiting'>;
}

const FORM = z.record(z.string().max(100), z.string().max(60_000));

/** The fields of a form; empty for anything that is none. */
export const formOfRequest = (request: FastifyRequest): Readonly<Record<string, string>> =>
  FORM.safeParse(request.body).data ?? {};

export class Gate {
  readonly #deps: GateDeps;

  constructor(deps: GateDeps) {
    this.#deps = deps;
  }

  /** Over https the name makes browsers refuse it from anywhere else (RFC 6265bis §4.1.3.2); loopback has no https. */
  get #cookie(): Readonly<{ name: string; secure: boolean }> {
    const secure = this.#deps.officers.party().origin.startsWith('https:');
    return { name: secure ? '__Host-office' : 'office', secure };
  }

  /** The session id that the browser came with. */
  sessionId(request: FastifyRequest): string | undefined {
    const id = request.cookies[this.#cookie.name];
    return id !== undefined && /^[A-Za-z0-9_-]{43}$/.test(id) ? id : undefined;
  }

  admit(reply: FastifyReply, sessionId: string): void {
    const { name, secure } = this.#cookie;
    void reply.setCookie(name, sessionId, { path: '/', httpOnly: true, sameSite: 'strict', secure });
  }

  dismiss(reply: FastifyReply): void {
    const { name, secure } = this.#cookie;
    void reply.clearCookie(name, { path: '/', httpOnly: true, sameSite: 'strict', secure });
  }

  /** Who is signed in; otherwise the answer is on its way to the sign-in page. */
  async officer(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | undefined> {
    const id = this.sessionId(request);
    const who = id === undefined ? undefined : await this.#deps.officers.whoIs(id);
    if (who !== undefined) return who;
    if (id !== undefined) this.dismiss(reply);
    const language = languageOf(request.url);
    const next = request.method === 'GET' ? withoutLanguage(request.url) : '/';
    const query = new URLSearchParams({ next, ...(id === undefined ? {} : { note: 'again' }) });
    void reply.redirect(`${localPath(language, '/sign-in')}?${query}`, 303);
    return undefined;
  }

  /** A route for who is signed in; everybody else is on the way to the sign-in page. */
  within<Asked extends FastifyRequest>(
    answer: (request: Asked, reply: FastifyReply, who: SignedIn) => Promise<FastifyReply>,
  ) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const who = await this.officer(request, reply);
      return who === undefined ? reply : answer(request as Asked, reply, who);
    };
  }

  async frame(request: FastifyRequest, who?: SignedIn): Promise<OfficeFrame> {
    const frame: OfficeFrame = {
      site: this.#deps.site,
      language: languageOf(request.url),
      path: withoutLanguage(request.url).split('?')[0] ?? '/',
    };
    if (who === undefined) return frame;
    const waiting = await this.#deps.actions.waiting();
    return { ...frame, who: { label: who.officer.label, waiting: waiting.length } };
  }
}

/** Sends a page; nothing of the office is kept by any cache. */
export const sendPage = (reply: FastifyReply, page: Parameters<typeof renderPage>[0]): FastifyReply =>
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(renderPage(page));
