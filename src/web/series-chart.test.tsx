import { describe, expect, it } from 'vitest';
import { renderPage } from './layout.tsx';
import { SeriesChart } from './series-chart.tsx';

const chart = (threshold?: number): string =>
  renderPage(
    <SeriesChart
      language="zh-Hant-TW"
      title="累計連署人數"
      provenance="媒體報導"
      points={[
        { on: '2025-08-01', value: 0 },
        {
          on: '2025-11-30',
          value: 20_000,
          qualifier: '≈',
          source: { label: '報', href: 'https://example.invalid/' },
        },
        { on: '2026-01-30', value: 132_198 },
      ]}
      {...(threshold === undefined ? {} : { threshold, thresholdLabel: '門檻' })}
    />,
  );

describe('圖表與表格', () => {
  it('gives every point a row of the table twin, with its qualifier and source', () => {
    const html = chart();
    expect(html.match(/<tr>/g)).toHaveLength(4);
    expect(html).toContain('≈ 20,000');
    expect(html).toContain('https://example.invalid/');
  });

  it('keeps every point inside the plot and the threshold above the last', () => {
    const html = chart(293_228);
    for (const [, x, y] of html.matchAll(/<circle class="chart-point" cx="([\d.]+)" cy="([\d.]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(62);
      expect(Number(x)).toBeLessThanOrEqual(468);
      expect(Number(y)).toBeGreaterThanOrEqual(24);
      expect(Number(y)).toBeLessThanOrEqual(212);
    }
    const threshold = Number(/class="chart-threshold" d="M\d+ ([\d.]+)H/.exec(html)?.[1]);
    const last = Number([...html.matchAll(/chart-point" cx="[\d.]+" cy="([\d.]+)"/g)].at(-1)?.[1]);
    expect(threshold).toBeLessThan(last);
    expect(html).toContain('門檻 293,228');
  });
});
