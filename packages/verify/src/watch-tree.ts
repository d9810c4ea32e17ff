/** Whether the log goes on as the tree that was believed: the look at its checkpoint, and what contradicts it. */
import { toBase64 } from '@lianshu/tlog';
import type { Alert } from './alert.ts';
import { placeOf } from './log-fault.ts';
import { readCheckpoint } from './log-files.ts';
import type { MonitorState } from './monitor-state.ts';
import type { RecordContext } from './read-record.ts';
import { openEvidence } from './signed-evidence.ts';
import { type OpenedCheckpoint, openTrusted } from './trusted-log.ts';
import type { Step, WatchedLog } from './watched-log.ts';

export type TreeWatch = RecordContext & Readonly<{ log: WatchedLog; state: MonitorState }>;

const alert = (code: Alert['code'], id: string, detail: string, evidence: Alert['evidence']): Alert => ({
  id: `${code} ${id}`,
  code,
  part: 'tree',
  detail,
  ...(evidence === undefined ? {} : { evidence }),
});

/**
 * Reads the checkpoint and what is new; adds findings about the tree. True when the tree was brought up to date.
 * Throws `LogSourceError` when the log cannot be read.
 */
export async function lookAtTree(watch: TreeWatch, found: Alert[]): Promise<boolean> {
  const { source, primitives, trust, state, log, progress } = watch;
  const bytes = await readCheckpoint(source);
  const read = openTrusted(primitives, bytes, trust, 'checkpoint');
  if (!read.ok) {
    const { fault } = read;
    const file = state.keepBytes(`refused-${fault.code}.checkpoint`, bytes);
    found.push(alert('checkpoint-refused', fault.code, `${fault.code} ${placeOf(fault)}`, { file }));
    found.push(...refusedFork(watch, bytes));
    return false;
  }
  const before = log.opened;
  const step = await log.advance(read, progress);
  found.push(...stepAlerts(watch, step, before, read));
  return step.code === 'same' || step.code === 'grown';
}

/** A checkpoint that is not believed, since not every key of the log signed it, and yet is of another tree. */
function refusedFork({ primitives, trust, state, log }: TreeWatch, bytes: Uint8Array): Alert[] {
  const before = log.opened;
  const read = openEvidence(primitives, bytes, trust, 'checkpoint');
  if (!read.ok || before === undefined || read.checkpoint.origin !== before.checkpoint.origin) return [];
  const { size, root } = read.checkpoint;
  if (log.hadRoot(size, toBase64(root)) !== false) return [];
  const files = [state.keep(before), state.keep(read)];
  return [alert('fork', `${size} ${toBase64(root)}`, `${before.checkpoint.size} → ${size}`, { files })];
}

function stepAlerts(
  { state }: TreeWatch,
  step: Step,
  before: OpenedCheckpoint | undefined,
  now: OpenedCheckpoint,
): Alert[] {
  if (step.code === 'same' || step.code === 'grown') return [];
  const { size, root } = now.checkpoint;
  const sizes = `${before?.checkpoint.size ?? 0} → ${size}`;
  const files = [...(before === undefined ? [] : [state.keep(before)]), state.keep(now)];
  if (step.code === 'files-wrong') {
    const detail = `${sizes}: ${step.fault.code} ${placeOf(step.fault)}`;
    return [alert('files-wrong', step.fault.code, detail, { files })];
  }
  return [alert(step.code, `${size} ${toBase64(root)}`, sizes, { files })];
}
