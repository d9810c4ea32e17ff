import { listen, type RunningServer, type SimulatedResponse } from '../loopback.ts';
import type { SimulatedTimeStampAuthority, TimeStampFault } from './authority.ts';

export const TIME_STAMP_PORT = 61173;

/** A running time-stamp authority. */
export type TimeStampServer = RunningServer & {
  /** Set members to script faults; read at each request. */
  readonly state: { fault: TimeStampFault; delayMs: number };
  /** Requests received since the start. */
  requests(): number;
};

/**
 * Serves RFC 3161 over HTTP (§3.4) at `/`: POST `application/timestamp-query`, answered with
 * `application/timestamp-reply`; anything else is 405 or 415. Port 61173 unless told; 0 takes a free one.
 */
export async function startTimeStampAuthority(
  authority: SimulatedTimeStampAuthority,
  options: Readonly<{ port?: number; clock?: () => number }> = {},
): Promise<TimeStampServer> {
  const state = { fault: 'none' as TimeStampFault, delayMs: 0 };
  const clock = options.clock ?? Date.now;
  let received = 0;
  const running = await listen(async (request): Promise<SimulatedResponse> => {
    if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
    if (request.headers['content-type'] !== 'application/timestamp-query') return { status: 415 };
    received++;
    const { fault, delayMs } = state;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs).unref());
    if (fault === 'silent') return 'silent';
    if (fault === 'http-503') return { status: 503 };
    return {
      type: 'application/timestamp-reply',
      body: await authority.answer(request.body, clock(), fault),
    };
  }, options.port ?? TIME_STAMP_PORT);
  return { ...running, state, requests: () => received };
}
