/**
 * A receipt at ten million entries and six witnesses: its size in both forms, and the time of its check in Node and in
 * Chromium's one-file page: `node bench/receipt.ts`, some seconds. Sizes are asserted in the tests; times are not.
 *
 * Needs: check < 50 ms; at most 2,900 bytes in the Ed25519-only form and 25,600 with all cosignatures.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ed25519Form, parseVerifierKeys } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import { qrCode } from '@lianshu/verify/qr';
import { chromium } from 'playwright-core';
import { buildVerifierPage } from '../packages/verify/build.ts';
import { LARGE_LOG, sampleLargeReceipt } from '../packages/verify/src/sample-large-receipt.ts';
import { monotonicMs } from '../src/platform/time.ts';

const RUNS = 40;
const { receipt, keys, witnesses } = sampleLargeReceipt();
const small = ed25519Form(receipt) ?? '';
const forms = [
  ['all cosignatures', receipt, 25_600],
  ['Ed25519 only', small, 2_900],
] as const;

const row = (...cells: readonly (string | number)[]): void =>
  console.log(
    cells.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](i === 0 ? 34 : 12)).join(''),
  );

/** First, median and slowest of the times, in milliseconds. */
function told(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const shown = [times[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  row(what, ...shown.map((ms) => (ms ?? Number.NaN).toFixed(1)));
}

function inNode(file: string): readonly number[] {
  const trusted = parseVerifierKeys(sha256, keys).keys;
  return Array.from({ length: RUNS }, () => {
    const began = monotonicMs();
    if (checkReceipt(nodeNotePrimitives, file, { keys: trusted }).code !== 'included')
      throw new Error('not proven');
    return monotonicMs() - began;
  });
}

/** The page's own measure of each check, a fresh page's first one included. */
async function inChromium(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-bench-receipt-'));
  const page = join(folder, 'lianshu-verify.html');
  writeFileSync(page, await buildVerifierPage(keys));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const [name, file] of forms) {
      const tab = await browser.newPage();
      await tab.goto(pathToFileURL(page).href);
      const times: number[] = [];
      for (let i = 0; i < RUNS; i++) {
        await tab.evaluate(() => performance.clearMeasures('check'));
        const buffer = Buffer.from(file);
        await tab.locator('#file').setInputFiles({ name: 'receipt', mimeType: 'text/plain', buffer });
        await tab.waitForFunction(() => performance.getEntriesByName('check').length > 0);
        times.push(
          await tab.evaluate(() => performance.getEntriesByName('check')[0]?.duration ?? Number.NaN),
        );
      }
      told(`Chromium page, ${name}`, times);
      await tab.close();
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log(
  `${LARGE_LOG.size} entries, ${witnesses.length} witnesses, each Ed25519 and ML-DSA-44, so the log\n`,
);
row('form', 'bytes', 'at most');
for (const [name, file, most] of forms) row(name, Buffer.byteLength(file), most);
const code = qrCode(small);
row('QR code, modules a side', code === undefined ? 'too long' : code.size - 8, 177);
console.log('');
row('check, milliseconds', 'first', 'median', 'slowest');
for (const [name, file] of forms) told(`Node, ${name}`, inNode(file));
await inChromium();
