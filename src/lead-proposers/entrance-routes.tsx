/** Signing in and out by card or passkey. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type CatalogueCode, readSignatureFile } from '../credentials/index.ts';
import { languageOf } from '../platform/http/language.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import { type FieldError, type Language, localPath } from '../web/index.ts';
import { bothLanguages } from '../web/site-routes.tsx';
import type { SignedInByCard } from './card-sign-in.ts';
import { entranceMessages } from './entrance-messages.ts';
import type { LeadProposers } from './lead-proposers.ts';
import { LEAD_PROPOSERS_PROBLEMS, type LeadProposersProblem } from './lead-proposers-problems.ts';
import { isRefusedForm, readSignInForm, type SignInForm } from './sign-in-form-plugin.ts';
import { SignInPage } from './sign-in-page.tsx';
import { SIGN_IN_WORDS } from './sign-in-words.ts';
import { formOfRequest, sendPage, type WorkspaceGate } from './workspace-gate-plugin.ts';

export interface EntranceDeps {
  readonly gate: WorkspaceGate;
  readonly leadProposers: LeadProposers;
  readonly clock: Clock;
  /** Origin of the card component, `http://localhost:61161`. */
  readonly cardComponent: string;
  /** Attempts a minute from one address. */
  readonly attemptsPerMinute: number;
}

/** Only a path of this site: whoever forged the link leads nobody elsewhere. */
const ownPath = (path: unknown): string =>
  typeof path === 'string' && /^\/(?![/\\])[A-Za-z0-9/_.-]{0,200}$/.test(path) ? path : '/';

const queryOf = (request: FastifyRequest): Readonly<Record<string, unknown>> =>
  request.query as Readonly<Record<string, unknown>>;

/** Which field a refusal leads to; the others lead to the number, where the form begins. */
const FIELD_OF: Partial<Readonly<Record<string, string>>> = {
  'access-code-refused': 'code',
  'access-code-locked': 'code',
  'not-yours': 'case',
  E_CMS_SHAPE: 'signature',
  E_TOO_LARGE: 'signature',
  E_SIGNER_CERT: 'signature',
  E_CONTENT_MISMATCH: 'signature',
};

const isOurs = (code: string): code is LeadProposersProblem => code in LEAD_PROPOSERS_PROBLEMS;

function sentence(code: LeadProposersProblem | CatalogueCode, language: Language): string {
  if (!isOurs(code)) return SIGN_IN_WORDS.refusalSentence(code, language);
  const { title, next } = LEAD_PROPOSERS_PROBLEMS[code];
  return `${title[language]}${language === 'en' ? ' ' : ''}${next[language]}`;
}

export function entranceRoutes(server: FastifyInstance, deps: EntranceDeps): void {
  const { gate, leadProposers, clock } = deps;
  const attempts = { rateLimit: { max: deps.attemptsPerMinute, timeWindow: 60_000 } };

  /** The page with a fresh statement: what was refused is never signed again, but what was typed stays. */
  function page(
    request: FastifyRequest,
    reply: FastifyReply,
    more: Readonly<{
      next: string;
      note?: 'again' | 'registered' | undefined;
      errors?: readonly FieldError[];
      caseNumber?: string;
    }>,
  ): FastifyReply {
    const { token, statement, transaction, expiresAtMs } = leadProposers.logins.offer(
      gate.browser(request, reply),
    );
    const view = {
      token,
      statement: new TextDecoder().decode(statement),
      transaction,
      expiresAt: taipeiTimestamp(expiresAtMs),
      cardComponent: deps.cardComponent,
      passkey: { rpId: leadProposers.party().id, challenge: leadProposers.passkeyChallenge() },
      next: more.next,
      note: more.note,
      eSystem: { caseNumber: more.caseNumber ?? '' },
      errors: more.errors ?? [],
    };
    const frame = { ...gate.frame(request), path: '/sign-in' };
    return sendPage(reply, <SignInPage frame={frame} view={view} />);
  }

  async function signIn(
    request: FastifyRequest,
    form: SignInForm,
    receivedAtMs: number,
  ): Promise<SignedInByCard> {
    const file = readSignatureFile(form.signature);
    if (file.outcome === 'refused') return { ok: false, code: file.code, check: 7 };
    return leadProposers.signInByCard(
      {
        browser: gate.knownBrowser(request) ?? '',
        address: request.ip,
        token: form.token,
        nationalId: form.nationalId,
        form: file.form,
        signature: file.signature,
        certificate: file.certificate,
        receivedAtMs,
        eSystem: form.eSystem,
      },
      gate.sessionId(request),
    );
  }

  for (const url of bothLanguages('/sign-in')) {
    server.get(url, { config: { opensCardComponent: true } }, async (request, reply) => {
      const { next, note } = queryOf(request);
      return page(request, reply, {
        next: ownPath(next),
        note: note === 'again' || note === 'registered' ? note : undefined,
      });
    });
    server.post(url, { config: { ...attempts, opensCardComponent: true } }, async (request, reply) => {
      const language = languageOf(request.url);
      const form = request.isMultipart() ? await readSignInForm(request) : undefined;
      if (form === undefined) return reply.refuse({ code: 'malformed-input' });
      const receivedAtMs = clock.nowMs();
      const next = ownPath(form.next);
      const again = (errors: readonly FieldError[], status: number) =>
        page(request, reply.code(status), { next, errors, caseNumber: form.caseNumber });
      if (isRefusedForm(form)) {
        const t = entranceMessages(language);
        return again(
          form.faults.map(([field, fault]) => ({ field, message: t[fault] })),
          422,
        );
      }
      const outcome = await signIn(request, form, receivedAtMs);
      if (!outcome.ok) {
        const { code } = outcome;
        const message = sentence(code, language);
        request.log.info({ code, route: request.routeOptions.url }, 'sign-in refused');
        if (code === 'sign-in-undecided') void reply.header('retry-after', '10');
        const status = isOurs(code) ? LEAD_PROPOSERS_PROBLEMS[code].status : 403;
        return again([{ field: FIELD_OF[code] ?? 'national-id', message }], status);
      }
      gate.admit(reply, outcome.sessionId);
      const target =
        form.eSystem === undefined || next !== '/' ? next : `/console/${form.eSystem.caseNumber}`;
      return reply.redirect(localPath(language, target), 303);
    });
  }

  for (const url of bothLanguages('/sign-in/passkey'))
    server.post(url, { config: attempts }, async (request, reply) => {
      const { answer = '', next } = formOfRequest(request);
      const outcome = await leadProposers.signInByPasskey(answer, gate.sessionId(request));
      if (!outcome.ok) return reply.refuse({ code: outcome.code });
      gate.admit(reply, outcome.sessionId);
      return reply.redirect(localPath(languageOf(request.url), ownPath(next)), 303);
    });

  for (const url of bothLanguages('/sign-out'))
    server.post(url, async (request, reply) => {
      const account = await gate.whoAsks(request);
      if (account !== undefined) await leadProposers.signOut(account, account.sessionName);
      gate.dismiss(reply);
      return reply.redirect(localPath(languageOf(request.url), '/sign-in'), 303);
    });
}
