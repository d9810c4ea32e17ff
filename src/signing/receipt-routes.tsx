import { parseVerifierKeys } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { checkReceipt, receiptSentences } from '@lianshu/verify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { policyEntry } from '../credentials/index.ts';
import { type ApiRoute, apiRoute } from '../platform/http/api.ts';
import type { Language } from '../platform/http/problem.ts';
import { type Clock, taipeiTimestamp } from '../platform/time.ts';
import type { PublishedProof, PublishedState } from '../record/index.ts';
import { type Localised, renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { ReceiptCheckPage, type ReceiptVerdictView } from './receipt-check-page.tsx';
import { receiptMessages } from './receipt-messages.ts';
import { ReceiptPage, type ReceiptView, UnknownReceiptPage } from './receipt-page.tsx';
import { receiptQrRoutes } from './receipt-qr-routes.tsx';
import { upgradeReceipt } from './receipt-upgrade.ts';
import type { Signing } from './signing.ts';
import { commitmentPath } from './signing-contract.ts';
import { isProposal } from './what-is-signed.ts';

export interface ReceiptPages {
  readonly site: Site;
  readonly clock: Clock;
  readonly signing: Pick<Signing, 'stateOf' | 'proofOf'>;
  /** Keys of the log and of promises, one vkey each. */
  readonly verifierKeys: () => Promise<readonly string[]>;
  /** Public address of the log, for the command line shown. */
  readonly logUrl: string;
  /** The one-file check page, for people to keep. */
  readonly verifierPage: string;
  readonly titleOf: (caseNumber: string) => Promise<Localised | undefined>;
}

const HTML = 'text/html; charset=utf-8';

/** `/receipts` and `/receipts/:commitment`: public facts, and verification that needs no trust in this server. */
export function receiptRoutes(server: FastifyInstance, pages: ReceiptPages): void {
  const { site, clock, signing } = pages;
  const command = `npx lianshu-verify receipt FILE\nnpx lianshu-verify receipt FILE --log ${pages.logUrl}`;
  const checkView = async () => ({ verifierKeys: (await pages.verifierKeys()).join('\n'), command });

  for (const url of bothLanguages('/receipts')) {
    server.get(url, { config: { publicForSeconds: 60 } }, async (request, reply) =>
      reply
        .type(HTML)
        .send(renderPage(<ReceiptCheckPage frame={pageFrame(site, request)} view={await checkView()} />)),
    );
    server.post(url, async (request, reply) => {
      const frame = pageFrame(site, request);
      const file = request.isMultipart() ? await readFile(request) : undefined;
      if (file === undefined) return reply.refuse({ code: 'malformed-input' });
      const view = await checkView();
      const verdict = verdictView(file, view.verifierKeys, frame.language);
      return reply
        .type(HTML)
        .send(renderPage(<ReceiptCheckPage frame={frame} view={{ ...view, verdict }} />));
    });
  }

  receiptQrRoutes(server, pages);

  for (const url of bothLanguages('/receipts/:commitment'))
    server.get(url, async (request, reply) => {
      const path = commitmentPath.safeParse(request.params);
      const state = path.success ? await signing.stateOf(path.data.commitment) : undefined;
      if (!path.success) return reply.refuse({ code: 'receipt-unknown' });
      if (!state) {
        // The switch leads to the check: what was asked for is not repeated on the page.
        const frame = { ...pageFrame(site, request), path: '/receipts' };
        request.log.info(
          { code: 'receipt-unknown', route: request.routeOptions.url, status: 404 },
          'refused',
        );
        return reply
          .code(404)
          .type(HTML)
          .send(renderPage(<UnknownReceiptPage frame={frame} />));
      }
      const title = (await pages.titleOf(state.case)) ?? { 'zh-Hant-TW': '', en: '' };
      const proof = state.state === 'pending' ? undefined : await signing.proofOf(path.data.commitment);
      const view = receiptView(path.data.commitment, state, title, proof, clock);
      return reply.type(HTML).send(renderPage(<ReceiptPage frame={pageFrame(site, request)} view={view} />));
    });

  for (const url of bothLanguages('/receipts/witnessed'))
    server.post(url, async (request, reply) => {
      const file = request.isMultipart() ? await readFile(request) : undefined;
      const keys = parseVerifierKeys(sha256, (await pages.verifierKeys()).join('\n')).keys;
      const upgraded = file && (await upgradeReceipt(file, keys, signing.proofOf));
      if (!upgraded) return reply.refuse({ code: 'malformed-input' });
      if (upgraded.outcome === 'refused') return reply.refuse({ code: upgraded.code });
      const name = `lianshu-${upgraded.caseNumber}-${upgraded.commitment.slice(0, 8)}-witnessed.tlog-proof`;
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type('application/octet-stream')
        .send(upgraded.text);
    });

  server.get('/lianshu-verify.html', async (_request, reply) =>
    reply
      .header('cache-control', 'no-cache')
      .header('content-disposition', 'attachment; filename="lianshu-verify.html"')
      .type(HTML)
      .send(pages.verifierPage),
  );
}

/** `/v1/keys`: what receipts and promises are verified with, one vkey a line. */
export const keysApi = (verifierKeys: ReceiptPages['verifierKeys']): ApiRoute =>
  apiRoute({
    id: 'getKeys',
    method: 'GET',
    path: '/v1/keys',
    summary: {
      'zh-Hant-TW': '公卷與承諾書的公鑰，每行一把（c2sp.org/signed-note）',
      en: 'Public keys of the log and of promises, one a line (c2sp.org/signed-note)',
    },
    answers: { 200: { description: { 'zh-Hant-TW': '公鑰', en: 'Keys' }, type: 'text/plain' } },
    problems: [],
    publicForSeconds: 60,
    answer: async () => ({ status: 200, body: `${(await verifierKeys()).join('\n')}\n` }),
  });

/** What is shown is what is published; `state` says no more than that. */
function receiptView(
  commitment: string,
  state: PublishedState,
  title: Localised,
  proof: PublishedProof | undefined,
  clock: Clock,
): ReceiptView {
  const isPublished = state.state !== 'pending';
  const common = {
    commitment,
    case: { caseNumber: state.case, title },
    checkedAt: taipeiTimestamp(clock.nowMs()),
    ...(proof?.witnessed ? { witnessed: proof.witnessed } : {}),
    ...(isPublished && proof ? { entry: { index: state.index, size: proof.size } } : {}),
  };
  if (!isPublished) return { ...common, state: 'received' };
  switch (state.state) {
    case 'included':
      return { ...common, state: 'included' };
    case 'held':
      return { ...common, state: 'held' };
    case 'counted-after-hold':
      return { ...common, state: 'counted', settledIndex: state.settledAt };
    case 'refused-after-hold': {
      const entry = policyEntry(state.code);
      const ground = entry?.title ?? { 'zh-Hant-TW': state.code, en: state.code };
      return {
        ...common,
        state: 'refused',
        settledIndex: state.settledAt,
        exclusion: { index: state.settledAt, ground, ...(entry ? { remedy: entry.next } : {}) },
      };
    }
    case 'voided':
      return {
        ...common,
        state: 'excluded',
        exclusion: { index: state.voidedAt, ground: { 'zh-Hant-TW': state.ground, en: state.ground } },
      };
    default:
      return { ...common, state: 'received' };
  }
}

/** The server's own verification, for browsers without script: same package, same sentences. */
function verdictView(file: Uint8Array, keys: string, language: Language): ReceiptVerdictView {
  const verdict = checkReceipt(nodeNotePrimitives, file, {
    keys: parseVerifierKeys(sha256, keys).keys,
  });
  const { proved, notProved } = receiptSentences(verdict);
  const outcome =
    verdict.code === 'included' ? 'proven' : verdict.code === 'promised' ? 'promise' : 'not-proven';
  const facts =
    verdict.code === 'included'
      ? [
          {
            term: receiptMessages(language).terms[
              isProposal(verdict.receipt.caseNumber) ? 'draftNumber' : 'caseNumber'
            ],
            text: verdict.receipt.caseNumber,
          },
          { term: language === 'en' ? 'Entry' : '公卷件次', text: String(verdict.receipt.index) },
          { term: language === 'en' ? 'Log' : '公卷', text: verdict.receipt.origin },
        ]
      : [];
  const demo =
    verdict.code === 'included' ? verdict.receipt.demo : verdict.code === 'promised' && verdict.promise.demo;
  return {
    outcome,
    sentence: proved[language],
    notProved: notProved[language],
    facts,
    demo,
  };
}

async function readFile(request: FastifyRequest): Promise<Uint8Array | undefined> {
  for await (const part of request.parts())
    if (part.type === 'file') return new Uint8Array(await part.toBuffer());
  return undefined;
}
