import type { Db } from '../platform/db/index.ts';
import type { PastCase } from './past-case.ts';
import { listPastCases } from './past-case-store.ts';

/** 歷次公投: what was imported. Empty where nobody imported anything. */
export interface PastCases {
  /** The newest vote first. */
  list(): Promise<readonly PastCase[]>;
  /** By its number as text, `7`. */
  find(number: string): Promise<PastCase | undefined>;
}

export function createPastCases({ db }: Readonly<{ db: Db }>): PastCases {
  return {
    list: () => listPastCases(db),
    find: async (number) => (await listPastCases(db)).find((one) => String(one.number) === number),
  };
}
