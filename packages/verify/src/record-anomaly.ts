/**
 * What an honest record never contains. Each is found by reading entries in order; none of them changes a count
 * silently: an entry with an anomaly counts for nothing unless its code says otherwise.
 */
export type AnomalyCode =
  | 'commitment-twice'
  | 'signature-before-opened'
  | 'signature-after-closed'
  | 'settled-not-held'
  | 'settled-twice'
  | 'settled-other-case'
  | 'void-not-counted'
  | 'void-twice'
  | 'void-other-case'
  | 'closed-not-open'
  | 'filed-again'
  | 'proposers-differ'
  | 'opened-again'
  | 'period-differs'
  | 'day-order'
  | 'day-early'
  | 'act-time'
  | 'replaces-nothing';

/** One anomaly: at which entry, about which case and which other entry. */
export type Anomaly = Readonly<{ code: AnomalyCode; entry: number; caseNumber?: string; about?: number }>;
