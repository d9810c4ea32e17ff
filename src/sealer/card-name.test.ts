import { describe, expect, it } from 'vitest';
import { certificateName, comparableName } from './card-name.ts';
import { testCard } from './testing/sealer-world.ts';

describe('a name as it is compared', () => {
  it.each([
    ['王　明', '王明'],
    [' 王 明 ', '王明'],
    ['範美玲', '範美玲'],
    ['Ｓａｙｕｎ　Ｕｒａｗ', 'Sayun Uraw'],
    ['Sayun  Uraw', 'Sayun Uraw'],
    ['撒韵‧武荖', '撒韵‧武荖'],
  ])('%s is %s', (typed, compared) => {
    expect(comparableName(typed)).toBe(compared);
  });

  it.each([
    ['溫志明', '温志明'],
    ['撒韵‧武荖', '撒韵·武荖'],
    ['Sayun Uraw', 'SayunUraw'],
    ['Sayun', 'sayun'],
    ['王明', '王明（虛構）'],
  ])('%s is not %s', (one, other) => {
    expect(comparableName(one)).not.toBe(comparableName(other));
  });

  it('is read from the certificate', () => {
    expect(certificateName(testCard().certificate)).toBe('測試美玲');
  });
});
