/** Statutes and regulations by their Chinese names, as citations are recorded, and in English. */
const ENGLISH_NAMES: readonly (readonly [chinese: string, english: string])[] = [
  ['電子連署及查對作業辦法', 'E-petition Regulation'],
  ['公民投票法施行細則', 'Referendum Enforcement Rules'],
  ['公民投票法', 'Referendum Act'],
  ['公投法', 'Referendum Act'],
  ['行政程序法', 'Administrative Procedure Act'],
  ['電子簽章法', 'Electronic Signatures Act'],
  ['公開報導', 'public reports'],
  ['平台規則', 'platform rule'],
  ['示範：尚無法規', 'demonstration: no regulation yet'],
];

/** A recorded citation in both languages; what has no English name here stays as it is written in the law. */
export function citation(recorded: string): Readonly<{ 'zh-Hant-TW': string; en: string }> {
  const en = ENGLISH_NAMES.reduce((text, [chinese, english]) => text.replaceAll(chinese, english), recorded);
  return {
    'zh-Hant-TW': recorded,
    en: en.replaceAll('；', '; ').replaceAll('、', ', ').replaceAll('：', ': '),
  };
}
