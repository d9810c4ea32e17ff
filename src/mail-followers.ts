import type { Initiatives } from './initiatives/index.ts';
import { subscriptionKey } from './operator-keys.ts';
import type { Config } from './platform/config.ts';
import type { openDatabase } from './platform/db/index.ts';
import { openMail } from './platform/mail.ts';
import { systemRandom } from './platform/random.ts';
import { type Clock, pause } from './platform/time.ts';
import { followerCipher, tellFollowers } from './subscriptions/index.ts';

/** What mailing needs beside the configuration. */
export interface FollowerMails {
  readonly config: Config;
  readonly db: ReturnType<typeof openDatabase>['db'];
  readonly clock: Clock;
  readonly initiatives: Initiatives;
  /** The public surface's origin once it listens; undefined where this process cannot know it. */
  readonly publicOrigin: () => string | undefined;
  readonly isDemo: boolean;
  readonly warn: (message: string) => void;
}

const EVERY_MS = 5_000;
const DEMO_EVERY_MS = 1_000;

/** Tells followers of cases, again and again, where `LIANSHU_MAIL` is set. Resolves to its stop. */
export async function mailFollowers(deps: FollowerMails): Promise<() => Promise<void>> {
  const { config, warn } = deps;
  if (config.mail === undefined) return async () => undefined;
  const mail = await openMail(config.mail, deps.clock);
  const cipher = followerCipher(subscriptionKey(config.dataDirectory), systemRandom);
  const stopping = new AbortController();
  const turn = async () => {
    const publicOrigin = deps.publicOrigin();
    if (publicOrigin !== undefined)
      await tellFollowers({ ...deps, cipher, mail, publicOrigin }, stopping.signal);
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      await turn().catch((error: unknown) =>
        warn(`mail to followers failed: ${error instanceof Error ? error.name : 'fault'}`),
      );
      await pause(deps.isDemo ? DEMO_EVERY_MS : EVERY_MS, stopping.signal);
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
    mail.close();
  };
}
