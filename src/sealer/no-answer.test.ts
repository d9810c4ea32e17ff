import { describe, expect, it } from 'vitest';
import { leadMarks } from './no-answer.ts';
import { SealerFault, type SealerFaultCode } from './sealer-types.ts';

const PERSON = new Uint8Array(32).fill(1);
const MARK = new Uint8Array(32).fill(2);

describe('the mark of a draft’s lead proposer', () => {
  it('is asked for once and kept; what could not be told is asked again', async () => {
    const answers: (Uint8Array | SealerFaultCode)[] = [
      'sealer-unreachable',
      'sealer-busy',
      'case-not-ready',
      MARK,
    ];
    let asked = 0;
    const markOf = leadMarks({
      leadMark: async () => {
        const answer = answers[asked++];
        if (answer instanceof Uint8Array) return answer;
        throw new SealerFault(answer ?? 'sealer-fault');
      },
    });
    const of = { draft: 'D00001', person: PERSON };
    expect([await markOf(of), await markOf(of)]).toEqual([undefined, undefined]);
    // Without a key of its own a draft was signed by nobody.
    expect(await markOf(of)).toEqual(new Uint8Array());
    expect([await markOf(of), await markOf(of)]).toEqual([MARK, MARK]);
    expect(asked).toBe(4);
    await expect(markOf({ draft: 'D00002', person: PERSON })).rejects.toMatchObject({ code: 'sealer-fault' });
  });
});
