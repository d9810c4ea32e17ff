import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { POLICY_CATALOGUE } from '../credentials/index.ts';
import type { AnnouncedText } from '../initiatives/index.ts';
import type { WhoMay } from '../law/index.ts';
import type { Language, Problem } from '../platform/http/problem.ts';
import { taipeiTimestamp } from '../platform/time.ts';
import { type FieldError, type Localised, renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { periodFacts } from './not-open.ts';
import { type NotOpen, NotOpenPage } from './not-open-page.tsx';
import { OF_PROPOSAL, PROPOSAL_PROBLEMS } from './proposal-words.ts';
import { SignPage, type SignView } from './sign-page.tsx';
import { SignedPage, type SignedView } from './signed-page.tsx';
import type { SigningAnswer } from './signing.ts';
import {
  ensureSession,
  isAnswer,
  READ_ONLY,
  refuse,
  type SigningEdge,
  sessionOf,
  signOrRefuse,
} from './signing-api.ts';
import { SIGNED_UNDER } from './signing-contract.ts';
import { StatementPage } from './statement-page.tsx';
import { readToken } from './transaction-token.ts';
import { completeUpload } from './uploaded-signature.ts';
import { isProposal } from './what-is-signed.ts';

/** What the signing pages show of a case that takes signatures. */
export interface SignableCase {
  readonly title: Localised;
  readonly demonstrationText: boolean;
  readonly mainTextTranslation?: string;
  readonly textDigest: string;
  readonly mainText: string;
  readonly lastDay: string;
  /** Of a draft: what allows electronic proposals, or that nothing does yet. */
  readonly allowedBy?: Localised;
  readonly whoMay?: WhoMay | undefined;
}

export interface SigningPages extends SigningEdge {
  readonly site: Site;
  readonly tokenKey: Uint8Array;
  readonly cardComponent: string;
  /** The case if it takes signatures now; else the refusal that says why not. */
  readonly signable: (caseNumber: string) => Promise<SignableCase | 'unknown' | 'closed'>;
  /** Of a case that takes none: since when or until when; undefined where nothing is known of it. */
  readonly whyNotOpen: (caseNumber: string) => Promise<NotOpen | undefined>;
  readonly announcedText: (caseNumber: string, atMs: number, namedDigest?: string) => Promise<AnnouncedText>;
}

const HTML = 'text/html; charset=utf-8';
/**
 * `/initiatives/:case/sign`, `/drafts/:draft/sign`, and the way without script: statement, download, upload. The page is the same for
 * everybody and sets nothing; the session cookie comes with the first statement.
 */
export function signingRoutes(server: FastifyInstance, pages: SigningPages): void {
  for (const under of SIGNED_UNDER) routesUnder(server, pages, under);
}

function routesUnder(
  server: FastifyInstance,
  pages: SigningPages,
  { path, sendTo, number }: (typeof SIGNED_UNDER)[number],
): void {
  const { signing, site, clock, random } = pages;
  const limited = { max: pages.signingsPerMinute, timeWindow: 60_000 };
  const numberOf = (request: FastifyRequest): string | undefined =>
    number.safeParse((request.params as { case?: unknown }).case).data;

  const signView = (
    caseNumber: string,
    signable: SignableCase,
    errors?: readonly FieldError[],
  ): SignView => ({
    caseNumber,
    ...signable,
    cardComponent: pages.cardComponent,
    ...(errors ? { errors } : {}),
  });

  async function signableOrRefuse(request: FastifyRequest, reply: FastifyReply) {
    const caseNumber = numberOf(request);
    const signable = caseNumber === undefined ? 'unknown' : await pages.signable(caseNumber);
    if (caseNumber !== undefined && typeof signable === 'object') return { caseNumber, signable };
    if (caseNumber === undefined || signable !== 'closed') {
      void refuse(reply, caseNumber ?? '', { code: 'not-found' });
      return undefined;
    }
    const facts = periodFacts(await pages.announcedText(caseNumber, clock.nowMs()));
    void refuse(reply, caseNumber, { code: 'E_INITIATIVE_CLOSED', facts });
    return undefined;
  }

  for (const url of bothLanguages(`${path}/sign`))
    server.get(url, { config: { opensCardComponent: true, publicForSeconds: 2 } }, async (request, reply) => {
      const number = numberOf(request);
      const notOpen = number === undefined ? undefined : await pages.whyNotOpen(number);
      if (number !== undefined && notOpen !== undefined) {
        const page = <NotOpenPage frame={pageFrame(site, request)} number={number} view={notOpen} />;
        return reply.code(409).type(HTML).send(renderPage(page));
      }
      const found = await signableOrRefuse(request, reply);
      if (!found) return reply;
      const view = signView(found.caseNumber, found.signable);
      return reply.type(HTML).send(renderPage(<SignPage frame={pageFrame(site, request)} view={view} />));
    });

  for (const url of bothLanguages(`${path}/statement`))
    server.post(url, { config: { rateLimit: limited } }, async (request, reply) => {
      const found = await signableOrRefuse(request, reply);
      if (!found) return reply;
      const frame = pageFrame(site, request);
      const form = z.object({ nationalId: z.string().max(64) }).safeParse(request.body);
      const session = ensureSession(request, reply, random);
      const { caseNumber, signable } = found;
      const offered = await signing.openTransactionFor({
        caseNumber,
        session,
        nationalId: form.success ? form.data.nationalId : '',
      });
      if (offered.outcome === 'read-only') return reply.refuse(READ_ONLY);
      if (offered.outcome === 'refused') {
        if (offered.code !== 'E_ID_FORMAT') return refuse(reply, caseNumber, { code: offered.code });
        const errors = [
          { field: 'national-id', message: sentence(offered.code, caseNumber, frame.language) },
        ];
        const view = signView(caseNumber, signable, errors);
        return reply
          .code(422)
          .type(HTML)
          .send(renderPage(<SignPage frame={frame} view={view} />));
      }
      const view = {
        caseNumber,
        title: signable.title,
        demonstrationText: signable.demonstrationText,
        statement: new TextDecoder().decode(offered.statement),
        token: offered.token,
        receiptSecret: offered.receiptSecret,
        expiresAt: taipeiTimestamp(offered.expiresAtMs),
      };
      return reply.type(HTML).send(renderPage(<StatementPage frame={frame} view={view} />));
    });

  for (const url of bothLanguages(`${path}/${sendTo}`))
    server.post(url, { config: { rateLimit: limited } }, async (request, reply) => {
      const caseNumber = numberOf(request);
      const upload = request.isMultipart() ? await readUpload(request) : undefined;
      if (caseNumber === undefined || !upload) return reply.refuse({ code: 'malformed-input' });
      const receivedAtMs = clock.nowMs();
      const offered = readToken(pages.tokenKey, sessionOf(request), upload.token);
      const text = await pages.announcedText(caseNumber, receivedAtMs, offered?.textDigest);
      if (text.state === 'unknown') return reply.refuse({ code: 'not-found' });
      const completed = completeUpload(pages.tokenKey, sessionOf(request), text.mainText, upload);
      const answer: SigningAnswer | Problem =
        completed.outcome === 'refused'
          ? { code: completed.code }
          : await signOrRefuse(pages, request, caseNumber, completed.request, receivedAtMs, true);
      if (!isAnswer(answer)) return refuse(reply, caseNumber, answer);
      const view = signedView(caseNumber, answer);
      return reply.type(HTML).send(renderPage(<SignedPage frame={pageFrame(site, request)} view={view} />));
    });
}

function signedView(caseNumber: string, answer: SigningAnswer): SignedView {
  const { commitment, receipt, promise } = answer;
  const name = `lianshu-${caseNumber}-${commitment.slice(0, 8)}`;
  if (receipt !== undefined)
    return {
      caseNumber,
      commitment,
      outcome: 'included',
      file: { name: `${name}.tlog-proof`, text: receipt },
    };
  const outcome = answer.heldFor === undefined ? 'waiting' : 'held';
  return { caseNumber, commitment, outcome, file: { name: `${name}.promise`, text: promise } };
}

const sentence = (code: keyof typeof POLICY_CATALOGUE, number: string, language: Language): string => {
  const { title, next } =
    (isProposal(number) && PROPOSAL_PROBLEMS[`${code}${OF_PROPOSAL}`]) || POLICY_CATALOGUE[code];
  return `${title[language]}${language === 'en' ? ' ' : ''}${next[language]}`;
};

/** The multipart form of the statement page: three fields and one file of at most 64 kB. */
async function readUpload(request: FastifyRequest) {
  const fields = new Map<string, string>();
  let file: Uint8Array | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'file') file = await fileBytes(part);
    else if (typeof part.value === 'string') fields.set(part.fieldname, part.value);
  }
  const form = z
    .object({
      nationalId: z.string().max(64),
      token: z.string().max(1024),
      receiptSecret: z.string().max(64),
    })
    .safeParse(Object.fromEntries(fields));
  return form.success && file && file.length > 0 ? { ...form.data, file } : undefined;
}

const fileBytes = async (part: MultipartFile): Promise<Uint8Array> => new Uint8Array(await part.toBuffer());
