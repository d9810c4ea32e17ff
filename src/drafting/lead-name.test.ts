import { describe, expect, it } from 'vitest';
import { nameRefusals, publicName } from './lead-name.ts';

const PERSON = { person: new Uint8Array(32), nameProof: new Uint8Array(32) };
const yes = async () => true;

describe('the name that becomes public', () => {
  it('stands in both languages as on the certificate, Latin letters before it and never in its place', () => {
    expect(publicName({ zh: '王明', en: '' }, false)).toEqual({ 'zh-Hant-TW': '王明', en: '王明' });
    expect(publicName({ zh: '王明', en: 'Wang Ming' }, false)).toEqual({
      'zh-Hant-TW': '王明',
      en: 'Wang Ming 王明',
    });
  });

  it.each(['王明', '王明（虛構）', '王明(虛構)'])(
    'is marked as invented once, by the demonstration: %s',
    (zh) => {
      expect(publicName({ zh, en: 'Wang Ming (invented)' }, true)).toEqual({
        'zh-Hant-TW': '王明（虛構）',
        en: 'Wang Ming 王明 (invented)',
      });
    },
  );
});

describe('a name is refused', () => {
  const refused = async (name: Readonly<{ zh: string; en: string }>, isInvented = false, who: object = {}) =>
    (await nameRefusals(async (claim) => claim.name === '王明', { ...PERSON, ...who }, name, isInvented))[0]
      ?.code;

  it('unless the sealer says that it is on the card; the mark is taken off in a demonstration alone', async () => {
    expect(await refused({ zh: '王明', en: '' })).toBeUndefined();
    expect(await refused({ zh: '王小明', en: '' })).toBe('name-not-on-card');
    expect(await refused({ zh: '王明（虛構）', en: '' })).toBe('name-not-on-card');
    expect(await refused({ zh: '王明（虛構）', en: '' }, true)).toBeUndefined();
  });

  it('together with the other, each told at its field', async () => {
    const both = await nameRefusals(async () => false, PERSON, { zh: '王小明', en: 'Wang 123 <b>' }, false);
    expect(both.map(({ field, code }) => [field, code])).toEqual([
      ['nameZh', 'name-not-on-card'],
      ['nameEn', 'name-not-latin'],
    ]);
    const untyped = await nameRefusals(async () => false, PERSON, { zh: '', en: '1' }, false);
    expect(untyped.map(({ code }) => code)).toEqual(['name-not-latin']);
  });

  it('where nobody can tell, or the session has no name', async () => {
    const name = { zh: '王明', en: '' };
    expect((await nameRefusals(async () => undefined, PERSON, name, false))[0]?.code).toBe('name-unchecked');
    for (const missing of ['person', 'nameProof'])
      expect(await refused(name, false, { [missing]: undefined })).toBe('name-needs-sign-in');
  });

  it.each(['李四', 'Wang 李四', 'Ван Мин', 'Wang\u202eMing', 'Wang 1'])(
    'for other letters in the Latin field: %s',
    async (en) => {
      expect((await nameRefusals(yes, PERSON, { zh: '王明', en }, false))[0]?.code).toBe('name-not-latin');
    },
  );

  it.each(['Wáng Míng', "Sayun-Uraw O'Neil, Jr.", 'Fan Chih-ming (invented)'])('not for %s', async (en) => {
    expect(await nameRefusals(yes, PERSON, { zh: '王明', en }, false)).toEqual([]);
  });
});
