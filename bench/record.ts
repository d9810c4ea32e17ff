/**
 * What one more entry, a proof and a count cost while one log grows: `node tools/bench.mjs record [--upto 1e6]`.
 * An embedded PostgreSQL with the product's own settings, the real sequencer and publication; signatures of twenty
 * cases, entered as pending by SQL outside every measured time. See docs/reliability/scale.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { monotonicMs } from '../src/platform/time.ts';
import { type Measured, measure, warmUp } from './record-measures.ts';
import { drawPlot } from './record-plot.ts';
import { type Figures, printTable } from './record-table.ts';
import { World } from './record-world.ts';

const SIZES = [1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7];
const FEW_ROUNDS = 5;
const MANY_ROUNDS = 15;

const USAGE = `node tools/bench.mjs record [--upto N] [--json FILE] [--plot FILE]
node tools/bench.mjs record --from FILE [--plot FILE]

  --upto N      largest log to measure, 1e4 to 1e7 (default 1e6; 1e7 takes about 40 minutes and 16 GB in TMPDIR)
  --json FILE   writes all figures
  --plot FILE   draws them as SVG
  --from FILE   measures nothing: prints and draws what --json wrote`;

const { values } = parseArgs({
  options: {
    upto: { type: 'string', default: '1e6' },
    json: { type: 'string' },
    plot: { type: 'string' },
    from: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** One line that is written over on a terminal, and one line for each size elsewhere. */
function progress(done: number, upto: number, beganMs: number): void {
  if (!process.stderr.isTTY) return;
  const width = 40;
  const bar = '█'.repeat(Math.round((done / upto) * width)).padEnd(width, '░');
  const seconds = Math.round((monotonicMs() - beganMs) / 1_000);
  process.stderr.write(
    `\r${bar} ${done.toLocaleString('en')} of ${upto.toLocaleString('en')} · ${seconds} s `,
  );
}

let stopped = false;
function stopIfAsked(): void {
  if (stopped) throw new Error('stopped; nothing is left behind');
}

/** Grows one log to each of the sizes and measures it there. */
async function measureAt(sizes: readonly number[], onRow: (row: Measured) => void): Promise<void> {
  const began = monotonicMs();
  const upto = Math.max(...sizes);
  const world = await World.open(upto);
  try {
    await warmUp(world);
    for (const size of sizes) {
      await world.grow(size, (done) => {
        progress(done, upto, began);
        stopIfAsked();
      });
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
      const row = await measure(world, size < 3e4 ? FEW_ROUNDS : MANY_ROUNDS);
      onRow(row);
      const seconds = Math.round((monotonicMs() - began) / 1_000);
      console.log(
        `${row.size.toLocaleString('en')}: ${Math.round(row.entriesPerSecond)} entries/s, after ${seconds} s`,
      );
      stopIfAsked();
    }
  } finally {
    await world.close();
  }
}

async function measureAll(upto: number): Promise<Figures> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stopped = true;
    });
  const rows: Measured[] = [];
  const keep = (figures: Figures): void => {
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, undefined, 1)}\n`);
  };
  await measureAt(
    SIZES.filter((each) => each <= upto),
    (row) => {
      rows.push(row);
      keep({ rows, control: undefined });
    },
  );
  let control: Measured | undefined;
  if (rows.length > 1)
    await measureAt(SIZES.slice(0, 1), (row) => {
      control = row;
    });
  keep({ rows, control });
  return { rows, control };
}

if (values.help) {
  console.log(USAGE);
} else {
  const upto = Number(values.upto);
  if (!(upto >= 1e4 && upto <= 1e7)) {
    console.error(`--upto is a number from 1e4 to 1e7\n\n${USAGE}`);
    process.exit(2);
  }
  const figures =
    values.from === undefined
      ? await measureAll(upto)
      : (JSON.parse(readFileSync(values.from, 'utf8')) as Figures);
  printTable(figures);
  if (values.plot !== undefined) writeFileSync(values.plot, drawPlot(figures.rows));
}
