/** 權限: what each mandate may do in the console. The lead proposer stays the only legal actor (law.md §19). */

/**
 * As `lead-proposers` gives it: for one draft or case. `e-system` is the lead proposer too: signed in with the own
 * certificate and this case's access code.
 */
export type Mandate = 'lead' | 'co-drafter' | 'assistant' | 'e-system';

export type Permission =
  /** Numbers, forecast, timeline, the record's query: never a person. */
  | 'progress'
  /** Posters, embed code, help-desk kit. */
  | 'materials'
  /** Every statutory act, the affidavit, the access code, the public contact, invitations. */
  | 'act'
  /** Who was deleted by a check, sealed to the lead proposer: not told to a session that an access code alone opened. */
  | 'letter';

const MAY: Readonly<Record<Mandate, readonly Permission[]>> = {
  lead: ['progress', 'materials', 'act', 'letter'],
  'e-system': ['progress', 'materials', 'act'],
  'co-drafter': ['progress', 'materials'],
  assistant: ['progress', 'materials'],
};

export const may = (mandate: Mandate | undefined, permission: Permission): boolean =>
  mandate !== undefined && MAY[mandate].includes(permission);
