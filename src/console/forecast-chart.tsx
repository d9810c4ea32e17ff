import type { VNode } from 'preact';
import { formatDate } from '../web/format.ts';
import { DataTable, DateText, formatNumber, type Language } from '../web/index.ts';

/** A cumulative number on a day. */
export interface Known {
  readonly on: string;
  readonly value: number;
}

/** What slow, usual and fast paces would make of a day to come. */
export interface Expected {
  readonly on: string;
  readonly low: number;
  readonly usual: number;
  readonly high: number;
}

export interface ForecastChartProps {
  readonly language: Language;
  readonly title: string;
  readonly provenance: string;
  /** Cumulative, in order; at least one. */
  readonly known: readonly Known[];
  /** In order, after the known ones; empty without a forecast. */
  readonly expected: readonly Expected[];
  readonly lines: readonly Readonly<{ value: number; label: string }>[];
}

const WIDTH = 480;
const HEIGHT = 270;
const PLOT = { left: 62, right: 468, top: 24, bottom: 230 };

const dayNumber = (on: string): number => Date.parse(`${on}T00:00:00Z`) / 86_400_000;
const at = (value: number): string => value.toFixed(1);

const niceStep = (top: number): number => {
  const raw = top / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
};

/** The count so far as a line, what may follow as a band with its middle, and the same numbers as a table. */
export const ForecastChart = ({
  language,
  title,
  provenance,
  known,
  expected,
  lines,
}: ForecastChartProps): VNode => {
  const zh = language !== 'en';
  const t = (chinese: string, english: string) => (zh ? chinese : english);
  const days = [...known, ...expected].map(({ on }) => on);
  const [first = '1970-01-01', last = first] = [days[0], days.at(-1)];
  const from = dayNumber(first);
  const span = Math.max(1, dayNumber(last) - from);
  const target = Math.max(...lines.map(({ value }) => value), 4);
  // A pace that shoots past every line is cut at the top: the table tells its number.
  const top = Math.max(target * 1.1, ...known.map(({ value }) => value));
  const step = niceStep(top);
  const ceiling = Math.ceil(top / step) * step;
  const x = (on: string) => PLOT.left + ((dayNumber(on) - from) / span) * (PLOT.right - PLOT.left);
  const y = (value: number) => PLOT.bottom - (Math.min(value, ceiling) / ceiling) * (PLOT.bottom - PLOT.top);
  const point = (on: string, value: number) => `${at(x(on))},${at(y(value))}`;
  const now = known.at(-1);
  const start = now === undefined ? [] : [{ on: now.on, low: now.value, usual: now.value, high: now.value }];
  const ahead = [...start, ...expected];
  const ticks = Array.from({ length: Math.round(ceiling / step) + 1 }, (_, i) => i * step);
  return (
    <figure class="chart">
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${title}. ${t('數字見下方表格', 'The numbers are in the table below')}.`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <path class="chart-grid" d={`M${PLOT.left} ${at(y(tick))}H${PLOT.right}`} />
            <text x={PLOT.left - 8} y={at(y(tick) + 4.5)} text-anchor="end">
              {formatNumber(tick)}
            </text>
          </g>
        ))}
        {expected.length === 0 ? null : (
          <>
            <polygon
              class="chart-area"
              points={[
                ...ahead.map(({ on, low }) => point(on, low)),
                ...ahead.toReversed().map(({ on, high }) => point(on, high)),
              ].join(' ')}
            />
            <polyline
              class="chart-line"
              stroke-dasharray="5 4"
              points={ahead.map(({ on, usual }) => point(on, usual)).join(' ')}
            />
          </>
        )}
        <polyline class="chart-line" points={known.map(({ on, value }) => point(on, value)).join(' ')} />
        {now === undefined ? null : (
          <circle class="chart-point" cx={at(x(now.on))} cy={at(y(now.value))} r="4" />
        )}
        {lines.map(({ value, label }, i) => (
          <g key={label}>
            <path class="chart-threshold" d={`M${PLOT.left} ${at(y(value))}H${PLOT.right}`} />
            <text
              class="chart-threshold-text"
              x={PLOT.left + 6}
              y={at(i === 0 ? y(value) + 15 : y(value) - 5)}
            >
              {`${label} ${formatNumber(value)}`}
            </text>
          </g>
        ))}
        {[first, last].map((on, i) => (
          <text
            key={i}
            x={i === 0 ? PLOT.left : PLOT.right}
            y={PLOT.bottom + 24}
            text-anchor={i === 0 ? 'start' : 'end'}
          >
            {formatDate(language, on).first}
          </text>
        ))}
      </svg>
      <p class="provenance">{provenance}</p>
      <details class="quiet-details">
        <summary>{t('以表格顯示', 'Show as a table')}</summary>
        <DataTable
          label={title}
          columns={[
            t('日期', 'Date'),
            { number: t('累計', 'Count') },
            { number: t('預估：慢', 'Forecast: slow') },
            { number: t('預估：平常', 'usual') },
            { number: t('預估：快', 'fast') },
          ]}
          rows={[
            ...known.map(({ on, value }) => ({
              key: on,
              head: <DateText language={language} iso={on} />,
              cells: [formatNumber(value), '–', '–', '–'],
            })),
            ...expected.map(({ on, low, usual, high }) => ({
              key: `to-come-${on}`,
              head: <DateText language={language} iso={on} />,
              cells: ['–', formatNumber(low), formatNumber(usual), formatNumber(high)],
            })),
          ]}
        />
      </details>
    </figure>
  );
};
