/** Something worth a line in the operator's log. Holds nothing about clients. */
export type WitnessEvent = Readonly<{
  kind: 'started' | 'cosigned' | 'refused' | 'evidence' | 'halted' | 'not-saved' | 'stopped';
  /** The log concerned: always one the witness was told to watch. */
  origin?: string;
  size?: number;
  status?: number;
  /** Why, in a word. */
  code?: string;
}>;

/** One line: time, kind, then what is known. Only configured names and our own words enter it. */
export function eventLine(event: WitnessEvent, nowMs: number): string {
  const { kind, ...rest } = event;
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${[new Date(nowMs).toISOString(), kind, ...fields].join(' ')}\n`;
}
