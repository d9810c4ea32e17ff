/** A text in both languages; the Chinese one is the one that counts. */
export interface Localised {
  readonly 'zh-Hant-TW': string;
  readonly en: string;
}

/** @example words('提案', 'proposal') */
export const words = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });
