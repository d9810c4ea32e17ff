import type { LegalDate } from './deadlines.ts';

/** A presidential election and how many were entitled to vote in it. */
export interface PresidentialElection {
  readonly day: LegalDate;
  readonly electors: bigint;
}

/** law.md §5.2, oldest first. */
const PRESIDENTIAL_ELECTIONS: readonly PresidentialElection[] = [
  { day: '2012-01-14', electors: 18_086_455n },
  { day: '2016-01-16', electors: 18_782_991n },
  { day: '2020-01-11', electors: 19_311_105n },
  { day: '2024-01-13', electors: 19_548_531n },
];

/**
 * The base of all thresholds of a case: the last presidential election before the day of proposal. It stays when
 * a new election intervenes. 公民投票法 §10 I. Undefined before the first election we know.
 */
export const electorBaseOn = (proposed: LegalDate): PresidentialElection | undefined =>
  PRESIDENTIAL_ELECTIONS.filter(({ day }) => day < proposed).at(-1);

/** A county or city, its area code at the election commission, and its presidential electors. */
export interface CountyElectors {
  readonly name: string;
  readonly code: string;
  readonly electors2024: number;
  readonly electors2020: number;
}

const county = (name: string, code: string, electors2024: number, electors2020: number): CountyElectors => ({
  name,
  code,
  electors2024,
  electors2020,
});

/** law.md §20; the sums are the national numbers. The code of 雲林縣 is inferred. */
export const COUNTIES: readonly CountyElectors[] = [
  county('臺北市', '63', 2_090_062, 2_167_264),
  county('新北市', '65', 3_402_064, 3_321_459),
  county('桃園市', '68', 1_882_592, 1_780_755),
  county('臺中市', '66', 2_328_896, 2_251_064),
  county('臺南市', '67', 1_567_432, 1_556_845),
  county('高雄市', '64', 2_312_303, 2_299_558),
  county('宜蘭縣', '10-002', 379_026, 375_608),
  county('新竹縣', '10-004', 466_558, 438_049),
  county('苗栗縣', '10-005', 447_767, 447_422),
  county('彰化縣', '10-007', 1_032_636, 1_035_507),
  county('南投縣', '10-008', 407_149, 413_485),
  county('雲林縣', '10-009', 560_296, 565_269),
  county('嘉義縣', '10-010', 423_199, 428_640),
  county('屏東縣', '10-013', 681_631, 688_793),
  county('臺東縣', '10-014', 178_728, 179_536),
  county('花蓮縣', '10-015', 267_824, 269_558),
  county('澎湖縣', '10-016', 92_642, 88_432),
  county('基隆市', '10-017', 312_207, 311_801),
  county('新竹市', '10-018', 359_465, 345_345),
  county('嘉義市', '10-020', 217_549, 215_055),
  county('連江縣', '09-007', 12_083, 10_939),
  county('金門縣', '09-020', 126_422, 120_721),
];
