import { describe, expect, it } from 'vitest';
import { generateCaseKey } from './case-key.ts';
import { openLetter, openPaperRecord, sealLetter, sealPaperRecord } from './paper-record.ts';

const record = {
  caseNumber: 'D00001',
  township: '63000010',
  sheet: 7,
  nationalId: 'Y290001018',
  name: '範美玲',
  address: '臺北市松山區虛構里1鄰示範路1號',
};

describe('a sheet of a paper roster', () => {
  it('comes back for its recipient alone, and tells nothing by its length', async () => {
    const [registry, stranger] = [await generateCaseKey('x25519'), await generateCaseKey('x25519')];
    const sealed = await sealPaperRecord(record, [registry.recipient]);
    expect(await openPaperRecord([registry.identity], sealed)).toEqual(record);
    await expect(openPaperRecord([stranger.identity], sealed)).rejects.toMatchObject({ code: 'no-identity' });
    const longer = await sealPaperRecord({ ...record, address: `${record.address}二樓之三` }, [
      registry.recipient,
    ]);
    expect(longer.length).toBe(sealed.length);
    expect(Buffer.from(sealed).toString('latin1')).not.toContain(record.nationalId);
  });

  it('is refused when it is too long, and when it was changed', async () => {
    const { identity, recipient } = await generateCaseKey('x25519');
    const tooLong = { ...record, address: '路'.repeat(400) };
    await expect(sealPaperRecord(tooLong, [recipient])).rejects.toMatchObject({ code: 'record-too-large' });
    await expect(sealPaperRecord(record, ['age1nonsense'])).rejects.toMatchObject({
      code: 'recipient-malformed',
    });
    const sealed = await sealPaperRecord(record, [recipient]);
    sealed[sealed.length - 5] = (sealed[sealed.length - 5] ?? 0) ^ 1;
    await expect(openPaperRecord([identity], sealed)).rejects.toMatchObject({ code: 'no-identity' });
    const letter = await sealLetter('{"id":"Y290001018"}', [recipient]);
    await expect(openPaperRecord([identity], letter)).rejects.toMatchObject({ code: 'record-malformed' });
    expect(await openLetter([identity], letter)).toBe('{"id":"Y290001018"}');
  });
});
