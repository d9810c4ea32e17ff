import { hash } from 'node:crypto';
import { type CheckpointHead, readCheckpointHead } from './checkpoint-head.ts';

/** The newest checkpoint cosigned for one log, with the log's signatures and our own. */
export type LogRecord = Readonly<{ head: CheckpointHead; note: string /** POSIX seconds. */; time: number }>;

/**
 * Everything a witness remembers. `keys` are the verifier keys whose every cosignature this state knows of: it
 * was made with them. `halted` says why it must never sign again.
 */
export type WitnessState = Readonly<{
  keys: readonly string[];
  logs: ReadonlyMap<string, LogRecord>;
  halted?: string;
}>;

const FORMAT = 'lianshu-witness-state/1';

/**
 * The state as a file: a line with the format's name and the SHA-256 (hex) of all that follows, then JSON. The
 * digest finds damage by accident; whoever can write the file can make another.
 */
export function encodeState(state: WitnessState): string {
  const logs = [...state.logs.values()].map(({ note, time }) => ({ note, time }));
  const halted = state.halted === undefined ? {} : { halted: state.halted };
  const body = `${JSON.stringify({ keys: state.keys, logs, ...halted }, null, 1)}\n`;
  return `${FORMAT} ${hash('sha256', body)}\n${body}`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function recordOf(value: unknown): LogRecord | undefined {
  if (!isObject(value)) return undefined;
  const { note, time } = value;
  const head = typeof note === 'string' ? readCheckpointHead(note) : undefined;
  if (typeof note !== 'string' || head === undefined) return undefined;
  return typeof time === 'number' && Number.isSafeInteger(time) && time >= 0
    ? { head, note, time }
    : undefined;
}

function stateOf(value: unknown): WitnessState | undefined {
  if (!isObject(value)) return undefined;
  const { keys, logs, halted } = value;
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string')) return undefined;
  if (!Array.isArray(logs) || !(halted === undefined || typeof halted === 'string')) return undefined;
  const records = new Map<string, LogRecord>();
  for (const log of logs) {
    const record = recordOf(log);
    if (record === undefined || records.has(record.head.origin)) return undefined;
    records.set(record.head.origin, record);
  }
  return { keys, logs: records, ...(halted === undefined ? {} : { halted }) };
}

/** Reads exactly what {@link encodeState} writes; anything else, in any byte, is undefined. Never throws. */
export function decodeState(text: string): WitnessState | undefined {
  const newline = text.indexOf('\n');
  const body = text.slice(newline + 1);
  if (newline < 0 || text.slice(0, newline) !== `${FORMAT} ${hash('sha256', body)}`) return undefined;
  try {
    const state = stateOf(JSON.parse(body));
    return state !== undefined && encodeState(state) === text ? state : undefined;
  } catch {
    return undefined;
  }
}
