/** Who asks: sessions by cookie, and the way to the sign-in page for everybody else. */
import { toBase64Url } from '@lianshu/statement';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { languageOf, withoutLanguage } from '../platform/http/language.ts';
import type { Random } from '../platform/random.ts';
import { localPath, renderPage } from '../web/index.ts';
import type { Account } from './account.ts';
import type { LeadProposers } from './lead-proposers.ts';
import type { WorkspaceFrame, WorkspaceSite } from './workspace-page.tsx';

export interface GateDeps {
  readonly site: WorkspaceSite;
  readonly leadProposers: Pick<LeadProposers, 'whoIs' | 'party'>;
  readonly random: Random;
}

const FORM = z.record(z.string().max(100), z.string().max(60_000));

/** The fields of a form; empty for anything that is none. */
export const formOfRequest = (request: FastifyRequest): Readonly<Record<string, string>> =>
  FORM.safeParse(request.body).data ?? {};

/** Sends a page; nothing of the workspace is kept by any cache. */
export const sendPage = (reply: FastifyReply, page: Parameters<typeof renderPage>[0]): FastifyReply =>
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(renderPage(page));

export class WorkspaceGate {
  readonly #deps: GateDeps;
  readonly #asked = new WeakMap<FastifyRequest, Account>();

  constructor(deps: GateDeps) {
    this.#deps = deps;
  }

  /** Over https the name makes browsers refuse it from anywhere else (RFC 6265bis §4.1.3.2); loopback has no https. */
  #cookie(name: string): Readonly<{ name: string; secure: boolean }> {
    const secure = this.#deps.leadProposers.party().origin.startsWith('https:');
    return { name: secure ? `__Host-${name}` : name, secure };
  }

  #read(request: FastifyRequest, cookie: string): string | undefined {
    const value = request.cookies[this.#cookie(cookie).name];
    return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
  }

  #set(reply: FastifyReply, cookie: string, value: string): void {
    const { name, secure } = this.#cookie(cookie);
    void reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'strict', secure });
  }

  /** The session id that the browser came with. */
  sessionId(request: FastifyRequest): string | undefined {
    return this.#read(request, 'workspace');
  }

  /** Names a browser before anybody is signed in: a login statement is offered to it alone. */
  browser(request: FastifyRequest, reply: FastifyReply): string {
    const known = this.#read(request, 'sign-in');
    if (known !== undefined) return known;
    const fresh = toBase64Url(this.#deps.random.bytes(32));
    this.#set(reply, 'sign-in', fresh);
    return fresh;
  }

  /** The name a browser was given; undefined where it never saw the sign-in page. */
  knownBrowser(request: FastifyRequest): string | undefined {
    return this.#read(request, 'sign-in');
  }

  admit(reply: FastifyReply, sessionId: string): void {
    this.#set(reply, 'workspace', sessionId);
  }

  dismiss(reply: FastifyReply): void {
    const { name, secure } = this.#cookie('workspace');
    void reply.clearCookie(name, { path: '/', httpOnly: true, sameSite: 'strict', secure });
  }

  /** Who is signed in, asking nobody to. */
  async whoAsks(request: FastifyRequest): Promise<Account | undefined> {
    const id = this.sessionId(request);
    const account = id === undefined ? undefined : await this.#deps.leadProposers.whoIs(id);
    if (account !== undefined) this.#asked.set(request, account);
    return account;
  }

  /** The frame of a refusal: with the navigation where this request was found to be somebody's. */
  refusalFrame(request: FastifyRequest): WorkspaceFrame {
    const frame = this.frame(request, this.#asked.get(request));
    // The other language of what answered a form is nowhere.
    return request.method === 'GET' ? frame : { ...frame, path: '/' };
  }

  /**
   * Who is signed in; otherwise the answer, a redirect to the sign-in page, is already on its way.
   * @example
   * const account = await gate.signedIn(request, reply);
   * if (account === undefined) return reply;
   */
  async signedIn(request: FastifyRequest, reply: FastifyReply): Promise<Account | undefined> {
    const account = await this.whoAsks(request);
    if (account !== undefined) return account;
    const hadSession = this.sessionId(request) !== undefined;
    if (hadSession) this.dismiss(reply);
    const next = request.method === 'GET' ? withoutLanguage(request.url).split('?')[0] || '/' : '/';
    const query = new URLSearchParams({ next, ...(hadSession ? { note: 'again' } : {}) });
    void reply.redirect(`${localPath(languageOf(request.url), '/sign-in')}?${query}`, 303);
    return undefined;
  }

  /** What every page's frame needs: `account` where somebody is signed in. */
  frame(request: FastifyRequest, account?: Account): WorkspaceFrame {
    return {
      site: this.#deps.site,
      language: languageOf(request.url),
      path: withoutLanguage(request.url).split('?')[0] || '/',
      account,
    };
  }
}
