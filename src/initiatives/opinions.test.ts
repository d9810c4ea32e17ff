import { expect, it } from 'vitest';
import { opinionFile, opinionPartsIn } from './opinions.ts';

const OF = { caseNumber: '9901', agency: '經濟部' };

it.each([
  { opinion: '可行。', ifPassed: '應修法。', ifNotPassed: '維持現制。' },
  { opinion: '甲\n\n乙', ifPassed: '丙\n', ifNotPassed: '丁\n戊' },
  { opinion: '意見', ifPassed: '', ifNotPassed: '公投案不通過之法律效果' },
])('the parts of a file are those it was made of: %j', (parts) => {
  expect(opinionPartsIn(opinionFile(OF, parts))).toEqual(parts);
});

it('a text that is no such file has none', () => {
  expect(opinionPartsIn('')).toBeUndefined();
  expect(opinionPartsIn('機關意見書\n\n意見\n可行。')).toBeUndefined();
});
