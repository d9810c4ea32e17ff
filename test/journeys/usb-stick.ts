/**
 * What stands on 美華's stick: the page as built, receipts and checkpoints of invented logs, and pictures of QR codes
 * as a printer, a scanner and a hand with a camera make them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { encodeQR } from 'qr';
import { buildVerifierPage } from '../../packages/verify/build.ts';

/** Modules of light round the code. */
const QUIET = 4;

/** A photograph of a code: its window, the part of the window's height that the code fills, and what the hand did. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  readonly fills: number;
  /** Radians of turning, and how much farther away the upper edge is. */
  readonly turned?: number;
  readonly tilted?: number;
  /** Size of the grain in grey levels. */
  readonly grain?: number;
}

/** Grey levels of a photograph, row by row. Deterministic: the grain is a small linear congruential sequence. */
export function photograph(text: string, shot: Shot): Uint8Array {
  const rows = encodeQR(text, 'raw', { ecc: 'low', encoding: 'byte', border: QUIET });
  const { width, height, fills, turned = 0, tilted = 0, grain = 0 } = shot;
  const [side, cos, sin] = [height * fills, Math.cos(turned), Math.sin(turned)];
  const darkness = (x: number, y: number): number => {
    const [a, b] = [(x - width / 2) / side, (y - height / 2) / side];
    const [u, v] = [cos * a - sin * b, sin * a + cos * b];
    const far = 1 + tilted * v;
    const [column, row] = [(u / far + 0.5) * rows.length, (v / far + 0.5) * rows.length].map(Math.floor);
    return rows[row ?? -1]?.[column ?? -1] === true ? 1 : 0;
  };
  const grey = new Uint8Array(width * height);
  let seed = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dark = [0.25, 0.75].flatMap((dy) => [0.25, 0.75].map((dx) => darkness(x + dx, y + dy)));
      const mean = dark.reduce((sum, each) => sum + each, 0) / 4;
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const noise = (seed / 2_147_483_648 - 0.5) * 2 * grain;
      grey[y * width + x] = Math.max(0, Math.min(255, 215 - 175 * mean + noise));
    }
  }
  return grey;
}

/** A picture file of grey levels: BMP, which needs no compression and every browser opens. */
export function pictureFile(grey: Uint8Array, width: number, height: number): Buffer {
  const [head, palette, stride] = [54, 1_024, Math.ceil(width / 4) * 4];
  const file = Buffer.alloc(head + palette + stride * height);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(head + palette, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(-height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(8, 28);
  for (let level = 0; level < 256; level++) file.fill(level, head + level * 4, head + level * 4 + 3);
  for (let y = 0; y < height; y++) {
    file.set(grey.subarray(y * width, (y + 1) * width), head + palette + y * stride);
  }
  return file;
}

/** One frame for Chromium's pretended camera (YUV4MPEG2, colourless). */
function cameraFile(grey: Uint8Array, width: number, height: number): Buffer {
  const colour = Buffer.alloc(width * height * 0.5, 128);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`);
  return Buffer.concat([head, grey, colour]);
}

export interface Stick {
  /** Address of the page on the stick. */
  readonly page: string;
  /** A browser; what is shown is before its camera, which it may use without asking. */
  browser(shown?: Readonly<{ text: string; shot: Shot }>): Promise<Browser>;
  /** Deletes what was written. */
  discard(): void;
}

/** Writes the page to a folder of its own. */
export async function makeStick(): Promise<Stick> {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-stick-'));
  const page = join(folder, 'lianshu-verify.html');
  writeFileSync(page, await buildVerifierPage());
  return {
    page: pathToFileURL(page).href,
    discard: () => rmSync(folder, { recursive: true, force: true }),
    browser: (shown) => {
      const camera = join(folder, 'camera.y4m');
      if (shown !== undefined) {
        const { width, height } = shown.shot;
        writeFileSync(camera, cameraFile(photograph(shown.text, shown.shot), width, height));
      }
      const pretended = [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${camera}`,
      ];
      return chromium.launch({
        executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', ...(shown === undefined ? [] : pretended)],
      });
    },
  };
}
