import type { SimulatedAuthority } from './ca/authority.ts';
import { cast } from './people.ts';

const DAY = 86_400_000;

/**
 * The cards of the demonstration: a current one for everyone of the cast, and one each of the ways a real card
 * fails. Does nothing where they exist already.
 */
export async function issueDemoCards(authority: SimulatedAuthority, nowMs: number): Promise<void> {
  for (const person of Object.values(cast)) {
    if (authority.cardOf(person) === undefined) await authority.issueCard(person);
  }
  if (authority.cardOf(cast.guoqiang, 'expired') !== undefined) return;
  await authority.issueCard(cast.jiahao, { label: 'second card', issuer: 'SIM-MOICA-G2' });
  await authority.issueCard(cast.guoqiang, {
    label: 'expired',
    issuer: 'SIM-MOICA-G2',
    validFromMs: nowMs - 5 * 365 * DAY,
    validToMs: nowMs - 7 * DAY,
  });
  authority.revoke(await authority.issueCard(cast.jianguo, { label: 'revoked' }));
  authority.suspend(await authority.issueCard(cast.yating, { label: 'suspended' }));
  await authority.issueCard(cast.chenghan, { label: 'not activated', activated: false });
}
