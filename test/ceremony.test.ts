import { describe, expect, it } from 'vitest';
import { performCeremony, spoken } from '../src/ceremony.ts';
import { CEREMONIES } from '../src/ceremony-scripts.ts';
import { KeyFault } from '../src/platform/key-file.ts';

const KEY = 'test.lianshu.invalid/log+01020304+AQID';
const clock = { nowMs: () => Date.parse('2026-11-22T01:00:00Z') };

function perform(
  name: keyof typeof CEREMONIES,
  answers: readonly string[],
  keys: () => readonly string[] = () => [KEY],
) {
  const left = [...answers];
  const said: string[] = [];
  const io = { clock, say: (line: string) => said.push(line), ask: async () => left.shift() };
  const facts = { origin: 'test.lianshu.invalid/log', store: 'file:/keys', keys };
  return performCeremony(name, facts, io).then((result) => ({ ...result, said, left }));
}

const ROLES = '主持人、操作人、監督團體代表';
const GOOD: Readonly<Record<keyof typeof CEREMONIES, readonly string[]>> = {
  'log-keys': [ROLES, '是', '是', '是', 'yes', '機關會計、監督團體代表', '是', '是'],
  rotation: [ROLES, '是', '是', '定期更換', '是', '是', 'a1b2c3', 'a1b2c3', 'y', '是', '是', '是'],
};

describe('a key ceremony', () => {
  it.each(['log-keys', 'rotation'] as const)(
    'writes down every step of %s, in both languages',
    async (name) => {
      const { isComplete, transcript, left } = await perform(name, GOOD[name]);
      expect(isComplete).toBe(true);
      expect(left).toEqual([]);
      for (const { say } of CEREMONIES[name])
        for (const text of [say['zh-Hant-TW'], say.en])
          expect(transcript).toContain(
            text.replace('{origin}', 'test.lianshu.invalid/log').replace('{store}', 'file:/keys'),
          );
      expect(transcript).toContain(ROLES);
      expect(transcript).toContain(KEY);
      expect(transcript).toMatch(/SHA-256( [0-9a-f]{4}){16}/);
      expect(transcript).not.toMatch(/\{\w+\}/);
      expect((await perform(name, GOOD[name])).transcript).toBe(transcript);
    },
  );

  it('asks again, and is broken off after three answers that do not fit', async () => {
    const again = await perform('log-keys', ['主持人', ROLES, '不是', ...GOOD['log-keys'].slice(1)]);
    expect(again.isComplete).toBe(true);
    const broken = await perform('log-keys', [ROLES, 'no', 'no', 'no']);
    expect(broken.isComplete).toBe(false);
    expect(broken.transcript).toContain('中止 broken off');
    expect((await perform('log-keys', [ROLES])).isComplete).toBe(false);
  });

  it('goes on only when both people read the same code', async () => {
    const answers = GOOD.rotation.map((answer, i) => (i === 7 ? 'other' : answer));
    expect((await perform('rotation', answers)).isComplete).toBe(false);
  });

  it('is broken off, with its transcript, when the keys cannot be had', async () => {
    const { isComplete, transcript } = await perform('log-keys', GOOD['log-keys'], () => {
      throw new KeyFault('key-missing', 'none');
    });
    expect(isComplete).toBe(false);
    expect(transcript).toContain(ROLES);
  });

  it('groups a digest as it is read', () => {
    expect(spoken('0123456789')).toBe('0123 4567 89');
  });
});
