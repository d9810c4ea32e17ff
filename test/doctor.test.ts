import { describe, expect, it } from 'vitest';
import { DOCTOR_HELP, progressBar } from '../src/doctor.ts';
import { HOUSE_TEXTS } from '../src/doctor-messages.ts';
import { readConfig } from '../src/platform/config.ts';

describe('lianshu doctor', () => {
  it('explains every finding about the house in both languages', () => {
    for (const [code, { what, next }] of Object.entries(HOUSE_TEXTS)) {
      expect(what['zh-Hant-TW'], code).toMatch(/[一-鿿]/);
      expect(what.en, code).toMatch(/^[A-Z{O]/);
      if (/behind|differs|exposed|missing|unusable|low|full|refused|absent/.test(code))
        expect(next?.en, code).toMatch(/\w/);
    }
  });

  it('names its exit codes in its help', () => {
    for (const part of [
      '0 healthy',
      '1 fault',
      '3 a start would be refused',
      '4 it would be read-only',
      '--deep',
      '--json',
    ])
      expect(DOCTOR_HELP).toContain(part);
  });

  it('draws its progress in place on a terminal, and a line a tenth elsewhere', () => {
    const drawn = (isTTY: boolean) => {
      const written: string[] = [];
      const show = progressBar({ isTTY, write: (text: string) => written.push(text) });
      for (let done = 1; done <= 1_000; done++) show(done * 10, 10_000);
      return written;
    };
    expect(drawn(false)).toHaveLength(11);
    expect(drawn(false).at(-1)).toBe('逐件重算 recomputing 100 % 10,000 / 10,000\n');
    expect(drawn(true)).toHaveLength(101);
    expect(drawn(true).at(-1)).toBe(`\r[${'█'.repeat(20)}] 100 % 10,000 / 10,000\n`);
  });
});

it('a production without witnesses must be asked for by name', () => {
  const mayRun = (env: Record<string, string>) => readConfig(env).mayRunWithoutWitnesses;
  expect(mayRun({})).toBe(true);
  expect(mayRun({ NODE_ENV: 'production' })).toBe(false);
  expect(mayRun({ NODE_ENV: 'production', LIANSHU_WITHOUT_WITNESSES: '1' })).toBe(true);
});
