/** 尚未開始: a refusal for the period says when signing begins, where that is known. */
import type { AnnouncedText } from '../initiatives/index.ts';
import type { Problem } from '../platform/http/problem.ts';
import { taipeiTimestamp } from '../platform/time.ts';

/** What a refusal tells of a text that cannot be signed now; none where signing is over. */
export function periodFacts(text: AnnouncedText): Readonly<Record<string, string>> {
  if (text.state !== 'not-yet') return {};
  return {
    period: 'not-yet',
    ...(text.opensAtMs === undefined ? {} : { opensAt: taipeiTimestamp(text.opensAtMs) }),
  };
}

/** In which words a refusal of a case is told: those of signing that has not begun, with or without its day. */
export function periodVariant({ code, facts }: Problem): string | undefined {
  if (code !== 'E_INITIATIVE_CLOSED' || facts?.['period'] !== 'not-yet') return undefined;
  return facts['opensAt'] === undefined ? 'no-day-yet' : 'not-yet';
}
