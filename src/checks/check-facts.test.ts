import { expect, it } from 'vitest';
import { courseOf, type LegalEvent, rulePack } from '../law/index.ts';
import { abandonedBefore } from './check-facts.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const SUBJECT = { 'zh-Hant-TW': '測試案', en: 'Test case' };

/** Collected on 2026-02-28: its six months end on 2026-08-31, and it is abandoned from 2026-09-01. */
const ABANDONED: readonly LegalEvent[] = [
  { kind: 'entered-before-collection', on: '2026-02-28' },
  { kind: 'collected', on: '2026-02-28', mode: 'both' },
];

const barredOn = async (filedOn: string, pack = PACK): Promise<readonly string[]> => {
  const facts = { caseNumber: '9904', filed: { origin: 'here', subject: SUBJECT } };
  const listCases = async () => [{ facts, course: courseOf(pack, ABANDONED, '2030-01-01') }];
  const deps = { initiatives: { listCases } } as unknown as Parameters<typeof abandonedBefore>[0];
  return (await abandonedBefore(deps, filedOn, '9905')).map(({ caseNumber }) => caseNumber);
};

it('the proposers of an abandoned case are barred on the days of its own course, and no longer', async () => {
  expect(await barredOn('2026-08-31')).toEqual([]);
  expect(await barredOn('2026-09-01')).toEqual(['9904']);
  expect(await barredOn('2028-09-01')).toEqual(['9904']);
  expect(await barredOn('2028-09-02')).toEqual([]);
});

it('how long is the pack’s to say', async () => {
  const bars = (PACK.parameters.bars.value ?? []).map((bar) => ({ ...bar, years: 1 }));
  const parameters = { ...PACK.parameters, bars: { ...PACK.parameters.bars, value: bars } };
  expect(await barredOn('2027-09-02', { ...PACK, parameters })).toEqual([]);
});
