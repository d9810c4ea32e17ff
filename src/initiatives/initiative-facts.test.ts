import { describe, expect, it } from 'vitest';
import { outcomeOf } from './case-view.ts';
import { foldInitiative, type RecordedAct } from './initiative-facts.ts';

const act = (kind: string, body: object): RecordedAct => ({
  kind,
  at: '2026-03-01T10:00:00+08:00',
  basis: '測試',
  body,
});
const filedAs = (origin: string) => act('initiative-filed', { origin });
const reported = act('decision', { outcome: 'established', on: '2026-03-01' });
const runs = { outcome: undefined } as never;

const toldOf = (...acts: readonly RecordedAct[]) => {
  const facts = foldInitiative('9400', acts);
  return facts && { decision: facts.decision?.outcome, outcome: outcomeOf({ facts, course: runs })?.en };
};

describe('how a case ended', () => {
  it('is told from a report only where the case is told from reports', () => {
    expect(toldOf(filedAs('public-reports'), reported)).toEqual({
      decision: 'established',
      outcome: 'Established',
    });
    expect(toldOf(filedAs('here'), reported)).toEqual({ decision: undefined, outcome: undefined });
  });
});
