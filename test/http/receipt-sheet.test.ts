/** A receipt sent in comes back as a page to print: the same receipt, as text and as QR code, without script. */
import { citizen } from '@lianshu/simulators';
import { parseTlogProof } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readQr } from '../../packages/verify/src/qr-reading.ts';
import { sampleLargeReceipt } from '../../packages/verify/src/sample-large-receipt.ts';
import { makeReceiptSheet } from '../../src/signing/receipt-qr.ts';
import { receiptQrMessages } from '../../src/signing/receipt-qr-messages.ts';
import { keysOf } from '../builders/published-log.ts';
import { sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;
let receipt: string;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'] });
  await platform.openCase(CASE);
  receipt = String((await sign(platform, citizen(1), CASE)).body['receipt']);
});
afterAll(() => platform?.close());

async function send(content: string | undefined, prefix = ''): Promise<Response> {
  const body = new FormData();
  if (content !== undefined) body.set('receipt', new Blob([content]), 'receipt.tlog-proof');
  return fetch(`${platform.url}${prefix}/receipts/sheet`, {
    method: 'POST',
    body,
    headers: { accept: 'text/html', origin: platform.url },
  });
}

/** Paints the code of the page and reads it back. */
function readCode(page: string): string | undefined {
  const [, drawn = ''] = /class="qr" viewBox="0 0 (\d+) /.exec(page) ?? [];
  const [, path = ''] = /<path d="(M[^"]+)" stroke="#000"/.exec(page) ?? [];
  const size = Number(drawn);
  const scale = 4;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, move, a, b] of path.matchAll(/([Mmh])([\d.]+)(?: ([\d.]+))?/g)) {
    if (move === 'M') [x, y] = [Number(a), Math.floor(Number(b))];
    else if (move === 'm') x += Number(a);
    else {
      for (let row = y * scale; row < (y + 1) * scale; row++) {
        const from = (row * width + x * scale) * 4;
        const to = (row * width + (x + Number(a)) * scale) * 4;
        for (let at = from; at < to; at += 4) data.fill(0, at, at + 3);
      }
      x += Number(a);
    }
  }
  return readQr({ width, height: width, data }, 1_000);
}

describe('/receipts/sheet', () => {
  test('gives the receipt back as one code, smaller and as good, in both languages', async () => {
    for (const [prefix, language] of [
      ['', 'zh-Hant-TW'],
      ['/en', 'en'],
    ] as const) {
      const response = await send(receipt, prefix);
      expect(response.status).toBe(200);
      const page = await response.text();
      expect(page).toContain(receiptQrMessages(language).sheetTitle);
      expect(page).not.toContain('<script');
      const read = readCode(page) ?? '';
      expect(Buffer.byteLength(read)).toBeLessThan(2_900);
      const verdict = checkReceipt(nodeNotePrimitives, read, { keys: keysOf(platform) });
      const own = checkReceipt(nodeNotePrimitives, receipt, { keys: keysOf(platform) });
      expect(verdict.code).toBe('included');
      expect('receipt' in verdict && verdict.receipt.commitment).toBe(
        'receipt' in own && own.receipt.commitment,
      );
      expect(parseTlogProof(read)?.extra).toEqual(parseTlogProof(receipt)?.extra);
    }
  });

  test('carries no commitment in any address, and is not kept', async () => {
    const response = await send(receipt);
    expect(response.url).toBe(`${platform.url}/receipts/sheet`);
    expect(response.headers.get('cache-control')).toContain('no-store');
    const page = await response.text();
    const verdict = checkReceipt(nodeNotePrimitives, receipt, { keys: keysOf(platform) });
    const commitment = 'receipt' in verdict ? verdict.receipt.commitment : '?';
    const addresses = [...page.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => address?.includes(commitment))).toEqual([]);
  });

  test('asks for a file, and refuses what is no receipt of this record', async () => {
    expect((await fetch(`${platform.url}/receipts/sheet`)).status).toBe(200);
    const t = receiptQrMessages('zh-Hant-TW');
    const stranger = sampleLargeReceipt().receipt;
    const changed = receipt.replace('\nindex ', '\nindex 1');
    for (const content of ['nothing', stranger, changed, receipt.replaceAll('\n', '\r\n')]) {
      const response = await send(content);
      expect(response.status).toBe(422);
      expect(await response.text()).toContain(t.refusedFile);
    }
    for (const content of [undefined, '']) {
      const response = await send(content);
      expect(response.status).toBe(422);
      expect(await response.text()).toContain(t.missing);
    }
  });

  test('keeps the proof of the file where the published one proves nothing', async () => {
    const wrong = { index: 0, size: 1, path: [], checkpoint: 'nothing', entry: new Uint8Array() };
    const made = await makeReceiptSheet(Buffer.from(receipt), keysOf(platform), async () => wrong);
    expect(made.outcome).toBe('sheet');
    expect(
      'sheet' in made &&
        checkReceipt(nodeNotePrimitives, made.sheet.receipt, { keys: keysOf(platform) }).code,
    ).toBe('included');
  });
});
