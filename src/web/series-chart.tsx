import type { VNode } from 'preact';
import { DataTable } from './data-table.tsx';
import { formatDate, formatNumber } from './format.ts';
import type { Language } from './language.ts';
import { DateText } from './text.tsx';
import { webMessages } from './web-messages.ts';

/** One known number of a series. `qualifier` keeps what the source said: `<`, `>` or `≈`. */
export type SeriesPoint = Readonly<{
  on: string;
  value: number;
  qualifier?: '<' | '>' | '≈';
  remark?: string;
  source?: Readonly<{ label: string; href: string }>;
}>;

/** What a chart shows. Requires `points` in the order of their days, and at least two of them. */
export type SeriesChartProps = Readonly<{
  language: Language;
  /** Names the figure and its table for everybody. */
  title: string;
  /** Whose numbers these are; stands under the figure. */
  provenance: string;
  points: readonly SeriesPoint[];
  threshold?: number;
  thresholdLabel?: string;
}>;

const width = 480;
const height = 250;
const plot = { left: 62, right: 468, top: 24, bottom: 212 };

const day = (on: string): number => Date.parse(`${on}T00:00:00Z`) / 86_400_000;

const niceStep = (top: number): number => {
  const raw = top / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
};

/**
 * A cumulative series as an SVG line with a table twin. Only known points are marked; the line between them is
 * thin, because nothing is known there.
 */
export const SeriesChart = (props: SeriesChartProps): VNode => {
  const { language, points, threshold } = props;
  const t = webMessages(language);
  const top = Math.max(threshold ?? 0, ...points.map((point) => point.value), 4);
  const step = niceStep(top);
  const ceiling = Math.ceil(top / step) * step;
  const from = day(points[0]?.on ?? '1970-01-01');
  const span = Math.max(1, day(points[points.length - 1]?.on ?? '1970-01-02') - from);
  const x = (on: string): number => plot.left + ((day(on) - from) / span) * (plot.right - plot.left);
  const y = (value: number): number => plot.bottom - (value / ceiling) * (plot.bottom - plot.top);
  const at = (value: number): string => value.toFixed(1);
  const line = points.map((point) => `${at(x(point.on))},${at(y(point.value))}`).join(' ');
  const ticks = Array.from({ length: Math.round(ceiling / step) + 1 }, (_, index) => index * step);
  const ends = [points[0], points[points.length - 1]];
  return (
    <figure class="chart">
      <figcaption>
        <strong>{props.title}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${props.title}. ${t.asTable}.`}>
        {ticks.map((tick) => (
          <g key={tick}>
            <path class="chart-grid" d={`M${plot.left} ${at(y(tick))}H${plot.right}`} />
            <text x={plot.left - 8} y={at(y(tick) + 4.5)} text-anchor="end">
              {formatNumber(tick)}
            </text>
          </g>
        ))}
        <polygon
          class="chart-area"
          points={`${plot.left},${plot.bottom} ${line} ${plot.right},${plot.bottom}`}
        />
        <polyline class="chart-line" points={line} />
        {points.map((point) => (
          <circle
            key={point.on}
            class={point.qualifier === undefined ? 'chart-point' : 'chart-point chart-point-rough'}
            cx={at(x(point.on))}
            cy={at(y(point.value))}
            r="4"
          >
            <title>{`${formatDate(language, point.on).first}: ${point.qualifier ?? ''}${formatNumber(point.value)}`}</title>
          </circle>
        ))}
        {threshold === undefined ? null : (
          <g>
            <path class="chart-threshold" d={`M${plot.left} ${at(y(threshold))}H${plot.right}`} />
            <text class="chart-threshold-text" x={plot.left + 6} y={at(y(threshold) - 7)}>
              {`${props.thresholdLabel ?? ''} ${formatNumber(threshold)}`}
            </text>
          </g>
        )}
        {ends.map((point, index) =>
          point === undefined ? null : (
            <text
              key={point.on}
              x={index === 0 ? plot.left : plot.right}
              y={plot.bottom + 24}
              text-anchor={index === 0 ? 'start' : 'end'}
            >
              {formatDate(language, point.on).first}
            </text>
          ),
        )}
      </svg>
      <p class="provenance">{props.provenance}</p>
      <details class="quiet-details">
        <summary>{t.asTable}</summary>
        <DataTable
          label={props.title}
          columns={[t.date, { number: t.count }, t.remark]}
          rows={points.map((point) => ({
            key: point.on,
            head: <DateText language={language} iso={point.on} />,
            cells: [
              `${point.qualifier === undefined ? '' : `${point.qualifier} `}${formatNumber(point.value)}`,
              <>
                {point.remark ?? ''}
                {point.source === undefined ? null : (
                  <>
                    {point.remark === undefined ? '' : ' · '}
                    <a href={point.source.href} rel="noreferrer">
                      {`${t.source}: ${point.source.label}`}
                    </a>
                  </>
                )}
              </>,
            ],
          }))}
        />
      </details>
    </figure>
  );
};
