/** The jobs' side: finds news of followed cases, writes and sends the mails that are due, forgets who has to be forgotten. */
import type { Initiatives } from '../initiatives/index.ts';
import { type Db, inTransaction } from '../platform/db/index.ts';
import type { MailPort } from '../platform/mail.ts';
import type { Clock } from '../platform/time.ts';
import { type Language, type Localised, localPath } from '../web/index.ts';
import { newsOf } from './case-news.ts';
import type { FollowerCipher } from './follower-cipher.ts';
import { mailOf } from './subscription-mails.ts';
import {
  type DueMail,
  enterNews,
  followedCases,
  putOff,
  removeEnded,
  removeMail,
  removeStale,
  removeSubscription,
  takeDue,
  toldOf,
} from './subscription-store.ts';

export interface TellDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly initiatives: Pick<Initiatives, 'findCase'>;
  readonly cipher: FollowerCipher;
  readonly mail: MailPort;
  /** The public surface's origin, for the links. */
  readonly publicOrigin: string;
  readonly isDemo: boolean;
  readonly warn: (message: string) => void;
}

/** Mails of one turn; the next turn takes the next ones. */
const MOST_A_TURN = 60;
const AT_ONCE = 4;
/** How long one mail is nobody else's: longer than any conversation with a relay. */
const LEASE_MS = 300_000;
const MOST_ATTEMPTS = 8;
/** 1, 4, 16 … minutes after each failed attempt, at most a day. */
const waitAfter = (attempts: number): number => Math.min(60_000 * 4 ** (attempts - 1), 86_400_000);

/** One turn. Safe to repeat and to end anywhere: a mail may then be sent twice, and none is lost. */
export async function tellFollowers(deps: TellDeps, signal?: AbortSignal): Promise<void> {
  const { db, clock } = deps;
  await removeStale(db, clock.nowMs());
  for (const caseNumber of await followedCases(db)) await findNews(deps, caseNumber);
  const due = await takeDue(db, clock.nowMs(), MOST_A_TURN, LEASE_MS);
  const rest = [...due];
  const sender = async () => {
    for (let next = rest.shift(); next !== undefined && !signal?.aborted; next = rest.shift())
      await sendOne(deps, next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

/** Marks a case as followed where there is no news of it yet. */
const BEGINNING = { key: 'followed', zh: '', en: '' };

/** Followers of a case before its first news hear of what comes after; nobody is told the past. */
async function findNews({ db, clock, initiatives }: TellDeps, caseNumber: string): Promise<void> {
  const found = await initiatives.findCase(caseNumber);
  if (found === undefined) return;
  const { course } = found.material;
  const news = newsOf(course);
  const told = await toldOf(db, caseNumber);
  const isBeginning = told.size === 0;
  const fresh = [...(isBeginning ? [BEGINNING] : []), ...news].filter(({ key }) => !told.has(key));
  if (fresh.length > 0)
    await inTransaction(db, (tx) => enterNews(tx, caseNumber, fresh, clock.nowMs(), isBeginning));
  if (course.outcome !== undefined) await removeEnded(db, caseNumber);
}

async function sendOne(deps: TellDeps, due: DueMail): Promise<void> {
  const { db, clock, cipher, mail } = deps;
  const follower = cipher.open(due.subscription, due.sealed);
  const found = await deps.initiatives.findCase(due.caseNumber);
  if (follower === undefined || found === undefined) {
    deps.warn('a follower’s row cannot be opened with keys/subscriptions.key: removed');
    return removeSubscription(db, due.subscription);
  }
  const about = due.about === 'confirm' || due.about === 'already' ? due.about : due.news;
  if (about === undefined) return removeMail(db, due.id);
  const language: Language = due.language === 'en' ? 'en' : 'zh-Hant-TW';
  const link = (path: string): string => `${deps.publicOrigin}${localPath(language, path)}`;
  const title: Localised = found.material.facts.filed.subject;
  const outcome = await mail.send({
    to: follower.address,
    ...mailOf(
      {
        caseNumber: due.caseNumber,
        title,
        about,
        caseUrl: link(`/initiatives/${due.caseNumber}`),
        confirmUrl: link(`/follow/confirm/${follower.confirmToken}`),
        stopUrl: link(`/follow/stop/${follower.stopToken}`),
        isDemo: deps.isDemo,
      },
      language,
    ),
  });
  if (outcome === 'sent') return removeMail(db, due.id);
  if (outcome === 'no-such-address') return removeSubscription(db, due.subscription);
  if (due.attempts < MOST_ATTEMPTS) return putOff(db, due.id, clock.nowMs() + waitAfter(due.attempts));
  deps.warn(`a mail was given up after ${due.attempts} attempts`);
  return removeMail(db, due.id);
}
