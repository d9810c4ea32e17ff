import type { NotePrimitives } from '@lianshu/tlog';
import type { LogRefusalCode } from './log-fault.ts';
import { checkpointKeys, type Trust } from './trust.ts';
import { openTrusted } from './trusted-log.ts';

/** Refusals that another key's good signature makes irrelevant to what the log's key did sign. */
const BY_SIGNATURES: ReadonlySet<LogRefusalCode> = new Set<LogRefusalCode>([
  'checkpoint-signature-missing',
  'note-bad-signature',
]);

/**
 * Opens a checkpoint that is held against the log, not believed. What a reader believes every key of the log must have
 * signed; but one of them under a second tree proves the fork, for an operator would leave out the others.
 * `file` is the name for faults. Never throws.
 */
export function openEvidence(
  primitives: NotePrimitives,
  bytes: Uint8Array,
  trust: Trust,
  file: string,
): ReturnType<typeof openTrusted> {
  const whole = openTrusted(primitives, bytes, trust, file);
  if (whole.ok || !BY_SIGNATURES.has(whole.fault.code)) return whole;
  const policy = trust.policy === undefined ? {} : { policy: { ...trust.policy, logs: [] } };
  for (const key of checkpointKeys(trust).logKeys) {
    // With the witnesses, for the times they state; or without, should the bad signature be one of theirs.
    for (const narrow of [{ keys: [key], ...policy }, { keys: [key] }]) {
      const alone = openTrusted(primitives, bytes, narrow, file);
      if (alone.ok) return alone;
    }
  }
  return whole;
}
