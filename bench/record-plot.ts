/** The figures of `bench/record.ts` as one SVG: small panels, log size on the x-axis, cost from zero on the y-axis. */
import type { Measured, Times } from './record-measures.ts';

type Panel = Readonly<{
  title: string;
  unit: string;
  of: (row: Measured) => Times;
  scale?: number;
  digits: number;
}>;

const PANELS: readonly Panel[] = [
  {
    title: 'Append: one entry of a full round',
    unit: 'µs',
    of: (row) => row.fullRound,
    scale: 1_000 / 4_096,
    digits: 0,
  },
  {
    title: 'Append: processor time for one entry of a full round',
    unit: 'µs',
    of: ({ processorPerEntry = Number.NaN }) => ({
      p10: processorPerEntry,
      median: processorPerEntry,
      p95: processorPerEntry,
      of: 1,
    }),
    digits: 0,
  },
  { title: 'Append: a round of one entry', unit: 'ms', of: (row) => row.oneEntry, digits: 1 },
  { title: 'Publication after one more entry', unit: 'ms', of: (row) => row.publication, digits: 0 },
  { title: 'Proof from the database', unit: 'ms', of: (row) => row.proof, digits: 1 },
  { title: 'Proof from the public files', unit: 'ms', of: (row) => row.publishedProof, digits: 1 },
  {
    title: 'Count of a case, from its public file',
    unit: 'ms',
    of: (row) => row.countFile,
    digits: 2,
  },
  {
    title: 'Counts of all cases, from the database',
    unit: 'ms',
    of: (row) => row.countRows,
    digits: 2,
  },
];

const WIDTH = 860;
const COLUMNS = 2;
const PANEL = { width: 400, height: 190, left: 46, right: 20, top: 42, bottom: 36 } as const;
const HEAD = 64;

const STYLE = `
    .paper{fill:#fff}.text{fill:#1f2328;font:13px system-ui,sans-serif}.small{fill:#59636e;font:11px system-ui,sans-serif}
    .title{fill:#1f2328;font:600 16px system-ui,sans-serif}.axis{stroke:#8c959f;stroke-width:1}
    .flat{stroke:#8c959f;stroke-width:1;stroke-dasharray:4 4}
    .line{fill:none;stroke:#0550ae;stroke-width:2}.faint{fill:none;stroke:#0550ae;stroke-width:1;opacity:.6}.dot{fill:#0550ae}
    @media (prefers-color-scheme:dark){.paper{fill:#0d1117}.text,.title{fill:#e6edf3}.small{fill:#9198a1}
    .axis,.flat{stroke:#6e7681}.line,.faint{stroke:#79c0ff}.dot{fill:#79c0ff}}`;

/** Draws the panels; the whole is described in words for those who do not see it. */
export function drawPlot(rows: readonly Measured[]): string {
  // Processor time is known on Linux only.
  const panels = PANELS.filter(({ of }) => rows.every((row) => Number.isFinite(of(row).median)));
  const lines = Math.ceil(panels.length / COLUMNS);
  const height = HEAD + lines * (PANEL.height + 16) + 8;
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('nothing was measured');
  const described = panels
    .map(
      ({ title, unit, of, digits, scale = 1 }) =>
        `${title}: ${(of(first).p10 * scale).toFixed(digits)} ${unit} at ${first.size} entries, ` +
        `${(of(last).p10 * scale).toFixed(digits)} ${unit} at ${last.size}.`,
    )
    .join(' ');
  const drawn = panels.map((panel, i) => {
    const x = 20 + (i % COLUMNS) * (PANEL.width + 20);
    const y = HEAD + Math.floor(i / COLUMNS) * (PANEL.height + 16);
    return `  <g transform="translate(${x} ${y})">${drawPanel(panel, rows)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d">
  <title id="t">Cost of append, proof and count while one log grows</title>
  <desc id="d">${described}</desc>
  <style>${STYLE}
  </style>
  <rect class="paper" width="${WIDTH}" height="${height}" rx="6"/>
  <text class="title" x="20" y="30">Cost while one log grows · 公卷變大時的成本</text>
  <text class="small" x="20" y="49">Fastest tenth (dots) and median (thin line); every y-axis begins at zero; dashed: the fastest tenth in the smallest log.</text>
${drawn.join('\n')}
</svg>
`;
}

function drawPanel({ title, unit, of, digits, scale = 1 }: Panel, rows: readonly Measured[]): string {
  const medians = rows.map((row) => of(row).median * scale);
  const values = rows.map((row) => of(row).p10 * scale);
  const most = Math.max(...medians, ...values) * 1.15;
  const exponents = rows.map(({ size }) => Math.log10(size));
  const [from, to] = [Math.floor(exponents[0] ?? 4), Math.max(...exponents)];
  const bottom = PANEL.height - PANEL.bottom;
  const x = (exponent: number): number =>
    PANEL.left + ((exponent - from) / (to - from || 1)) * (PANEL.width - PANEL.left - PANEL.right);
  const y = (value: number): number => bottom - (value / most) * (bottom - PANEL.top);
  const n = (value: number): string => value.toFixed(1);
  const points = values.map((value, i) => [x(exponents[i] ?? 0), y(value), value] as const);
  const ticks = Array.from({ length: Math.floor(to + 0.01) - from + 1 }, (_, i) => from + i);
  return [
    `<text class="text" x="0" y="18">${title} (${unit})</text>`,
    `<path class="axis" d="M${PANEL.left} ${PANEL.top}V${bottom}H${PANEL.width - PANEL.right}" fill="none"/>`,
    `<text class="small" x="${PANEL.left - 6}" y="${bottom + 4}" text-anchor="end">0</text>`,
    `<path class="flat" d="M${PANEL.left} ${n(y(values[0] ?? 0))}H${PANEL.width - PANEL.right}"/>`,
    ...ticks.map(
      (tick) =>
        `<path class="axis" d="M${n(x(tick))} ${bottom}v5"/><text class="small" x="${n(x(tick))}" y="${bottom + 18}" text-anchor="middle">10<tspan dy="-4" font-size="8">${tick}</tspan></text>`,
    ),
    `<text class="small" x="${PANEL.width - PANEL.right}" y="${bottom + 32}" text-anchor="end">entries in the log</text>`,
    `<path class="faint" d="M${medians.map((value, i) => `${n(x(exponents[i] ?? 0))} ${n(y(value))}`).join('L')}"/>`,
    `<path class="line" d="M${points.map(([px, py]) => `${n(px)} ${n(py)}`).join('L')}"/>`,
    ...points.map(
      ([px, py, value], i) =>
        `<circle class="dot" cx="${n(px)}" cy="${n(py)}" r="3"/><text class="small" x="${n(i === 0 ? px + 4 : px)}" y="${n(py - 8)}" text-anchor="${i === 0 ? 'start' : 'middle'}">${value.toFixed(digits)}</text>`,
    ),
  ].join('');
}
