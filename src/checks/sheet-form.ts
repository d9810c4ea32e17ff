/** What an officer types from one sheet, and what is wrong with it. Nothing here is kept or logged. */
import { NationalId } from '@lianshu/statement';

/** The fields of the form; also their names in it. */
export const SHEET_FIELDS = ['township', 'sheet', 'nationalId', 'name', 'address'] as const;
export type SheetField = (typeof SHEET_FIELDS)[number];

export interface SheetFault {
  readonly field: SheetField;
  readonly code: 'missing' | 'township' | 'sheet' | 'national-id' | 'too-long' | 'taken';
}

export interface TypedSheet {
  readonly township: string;
  readonly sheet: number;
  readonly nationalId: string;
  readonly name: string;
  readonly address: string;
}

const MOST = { name: 60, address: 200 } as const;

const clean = (text: string | undefined): string => (text ?? '').normalize('NFC').trim();

/**
 * Reads one typed sheet. An ID number whose check digit is wrong is typed as it stands on the sheet only after the
 * officer says so: the registry decides what is wrong with it (公民投票法 §10 VI), not this form.
 */
export function readSheet(
  values: Readonly<Record<string, string>>,
): Readonly<{ ok: true; sheet: TypedSheet }> | Readonly<{ ok: false; faults: readonly SheetFault[] }> {
  const faults: SheetFault[] = [];
  const say = (field: SheetField, code: SheetFault['code']) => faults.push({ field, code });
  const [township, number] = [clean(values['township']), clean(values['sheet'])];
  const [name, address] = [clean(values['name']), clean(values['address'])];
  const typedId = clean(values['nationalId']).normalize('NFKC').toUpperCase();
  if (township === '') say('township', 'missing');
  else if (!/^[0-9]{8}$/.test(township)) say('township', 'township');
  if (number === '') say('sheet', 'missing');
  else if (!/^[1-9][0-9]{0,5}$/.test(number)) say('sheet', 'sheet');
  const isAsWritten = values['asWritten'] === 'yes';
  if (typedId === '') say('nationalId', 'missing');
  else if (typedId.length > 20) say('nationalId', 'too-long');
  else if (!isAsWritten && !(NationalId.parse(typedId) instanceof NationalId))
    say('nationalId', 'national-id');
  if (name === '') say('name', 'missing');
  else if (name.length > MOST.name) say('name', 'too-long');
  if (address === '') say('address', 'missing');
  else if (address.length > MOST.address) say('address', 'too-long');
  if (faults.length > 0) return { ok: false, faults };
  const parsed = NationalId.parse(typedId);
  const nationalId = parsed instanceof NationalId ? parsed.reveal() : typedId;
  return { ok: true, sheet: { township, sheet: Number(number), nationalId, name, address } };
}
