import { parseVerifierKeys } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { renderPage, type Site } from '../web/index.ts';
import { bothLanguages, pageFrame } from '../web/site-routes.tsx';
import { makeReceiptSheet } from './receipt-qr.ts';
import { receiptQrMessages } from './receipt-qr-messages.ts';
import { ReceiptQrForm, ReceiptQrPage } from './receipt-qr-page.tsx';
import type { Signing } from './signing.ts';

export interface ReceiptQrPages {
  readonly site: Site;
  readonly signing: Pick<Signing, 'proofOf'>;
  readonly verifierKeys: () => Promise<readonly string[]>;
}

const HTML = 'text/html; charset=utf-8';

/** `/receipts/sheet`: a receipt sent in, the same receipt as a page to print. The file is not kept. */
export function receiptQrRoutes(server: FastifyInstance, pages: ReceiptQrPages): void {
  for (const url of bothLanguages('/receipts/sheet')) {
    server.get(url, { config: { publicForSeconds: 60 } }, async (request, reply) =>
      reply.type(HTML).send(renderPage(<ReceiptQrForm frame={pageFrame(pages.site, request)} />)),
    );
    server.post(url, async (request, reply) => {
      const frame = pageFrame(pages.site, request);
      const t = receiptQrMessages(frame.language);
      const again = (message: string) =>
        reply
          .code(422)
          .type(HTML)
          .send(renderPage(<ReceiptQrForm frame={frame} errors={[{ field: 'receipt', message }]} />));
      const file = request.isMultipart() ? await sentFile(request) : undefined;
      if (file === undefined || file.length === 0) return again(t.missing);
      const { keys } = parseVerifierKeys(sha256, (await pages.verifierKeys()).join('\n'));
      const made = await makeReceiptSheet(file, keys, pages.signing.proofOf);
      if (made.outcome === 'sheet') {
        return reply.type(HTML).send(renderPage(<ReceiptQrPage frame={frame} sheet={made.sheet} />));
      }
      const code = made.code === 'too-long' ? 'receipt-too-long' : made.verdict.code;
      request.log.info({ code, route: request.routeOptions.url, status: 422 }, 'refused');
      return again(made.code === 'too-long' ? t.tooLong : t.refusedFile);
    });
  }
}

async function sentFile(request: FastifyRequest): Promise<Uint8Array | undefined> {
  for await (const part of request.parts())
    if (part.type === 'file') return new Uint8Array(await part.toBuffer());
  return undefined;
}
