/** What a monitor sends: one JSON document for each change of an alert. */
import type { KeptAlert } from './monitor-state.ts';

/** What became of an alert: it began, got worse since it was told, or is over. */
export type AlertChange = 'raised' | 'worse' | 'over';

/** The posted document. */
export type AlertPost = Readonly<{ v: 1; origin: string; state: AlertChange; alert: KeptAlert }>;

/** Undelivered posts kept for later rounds; older ones are dropped from the queue, never from the state. */
export const MOST_UNSENT = 1_000;

const TRIES = 3;
const TIMEOUT_MS = 5_000;

async function deliver(url: URL, body: unknown): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Posts in order, each at most three times in a row, and stops at the first that will not go: the rest is returned
 * for the next round. Never throws; a receiver that is slow costs at most fifteen seconds a round.
 */
export async function postAlerts(url: URL, posts: readonly unknown[]): Promise<readonly unknown[]> {
  for (const [i, post] of posts.entries()) {
    let sent = false;
    for (let attempt = 0; attempt < TRIES && !sent; attempt++) sent = await deliver(url, post);
    if (!sent) return posts.slice(i).slice(-MOST_UNSENT);
  }
  return [];
}
