import { createHash } from 'node:crypto';
import { cast, citizen, isReservedNationalId, type Person } from '../people.ts';

/** A fictitious person as the household register has them. */
export type Resident = Person & {
  /** 戶籍地址 and its 鄉鎮市區, eight digits. */
  readonly township: string;
  readonly address: string;
  /** Day of 遷入登記 from which residence runs. */
  readonly residentSince: string;
  /** Days from which something is so; absent when it is not. */
  readonly deceasedOn?: string;
  readonly guardianshipSince?: string;
  readonly movedAbroadOn?: string;
  readonly nationalityLostOn?: string;
};

/** What can be wrong with a resident by {@link HouseholdRegister.trouble}. */
export type Trouble = 'deceased' | 'guardianship' | 'moved-abroad' | 'not-national' | 'resident-since';

const TOWNSHIPS: readonly (readonly [code: string, name: string])[] = [
  ['63000010', '臺北市松山區'],
  ['65000010', '新北市板橋區'],
  ['66000010', '臺中市中區'],
  ['67000330', '臺南市新營區'],
  ['64000010', '高雄市鹽埕區'],
  ['10002010', '宜蘭縣宜蘭市'],
];
/** Where few live, one in fifty: a county whose numbers stay small. */
const REMOTE = ['09007010', '連江縣南竿鄉'] as const;

/** First index of {@link citizen} in the reserved numbers; see `people.ts`. */
const FIRST_CITIZEN = 110_000;
const LONG_AGO = '2010-01-01';

function personOf(nationalId: string): Person | undefined {
  const member = Object.values(cast).find((one) => one.nationalId === nationalId);
  if (member !== undefined) return member;
  const index = Number(nationalId.slice(3, 9)) - FIRST_CITIZEN;
  if (!isReservedNationalId(nationalId) || index < 0) return undefined;
  return citizen(2 * index + (nationalId.charAt(1) === '1' ? 1 : 0));
}

/**
 * 戶籍: the fictitious people of `people.ts` with residence and status. Everybody lives where their number says since
 * 2010 and nothing is wrong with anybody, but for those changed by {@link trouble} and a share by {@link troubleShare}.
 */
export class HouseholdRegister {
  readonly #changed = new Map<string, Partial<Resident>>();
  /** Of every thousand people, how many died before 2020; the same ones each time. */
  troubleShare = 0;

  find(nationalId: string): Resident | undefined {
    const person = personOf(nationalId);
    if (person === undefined) return undefined;
    const bytes = createHash('sha256').update(`household-${nationalId}`).digest();
    const usual = TOWNSHIPS[bytes.readUInt8(0) % TOWNSHIPS.length];
    const [township, place] = usual === undefined || bytes.readUInt8(5) < 5 ? REMOTE : usual;
    const troubled = bytes.readUInt16BE(1) % 1_000 < this.troubleShare;
    return {
      ...person,
      township,
      address: `${place}虛構里${1 + (bytes.readUInt8(3) % 30)}鄰示範路${1 + bytes.readUInt8(4)}號`,
      residentSince: LONG_AGO,
      ...(troubled ? { deceasedOn: '2019-12-31' } : {}),
      ...this.#changed.get(nationalId),
    };
  }

  /** From `on`, something is so with a person. `resident-since` sets the day of their 遷入登記. */
  trouble(nationalId: string, what: Trouble, on: string): void {
    const member = {
      deceased: { deceasedOn: on },
      guardianship: { guardianshipSince: on },
      'moved-abroad': { movedAbroadOn: on },
      'not-national': { nationalityLostOn: on },
      'resident-since': { residentSince: on },
    }[what];
    this.#changed.set(nationalId, { ...this.#changed.get(nationalId), ...member });
  }
}
