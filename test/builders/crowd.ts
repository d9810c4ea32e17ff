/** A crowd: simulated people, each with a card of their own, who propose or sign over HTTP as browsers would. */
import { citizen, type SimulatedAuthority, signStatement } from '@lianshu/simulators';
import { offer, patiently, requestBody, send } from './signer.ts';

export interface Crowd {
  /** Of the site they sign at. */
  readonly url: string;
  readonly authority: SimulatedAuthority;
  readonly nowMs: () => number;
}

const AT_ONCE = 24;

/** Citizens `from` to `from + count - 1` sign what the number stands for; how many got which status. */
export async function crowdSigns(
  { url, authority, nowMs }: Crowd,
  number: string,
  { from, count }: Readonly<{ from: number; count: number }>,
): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>();
  const waiting = Array.from({ length: count }, (_, i) => citizen(from + i));
  const one = async (): Promise<void> => {
    for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) {
      const card = authority.cardOf(person) ?? (await authority.issueCard(person, { reuseKeys: true }));
      const offered = await offer({ url }, number, person.nationalId);
      const signed = signStatement(card, offered.statement, {
        form: 'cms-attached',
        nonce: offered.transaction,
        nowMs: nowMs(),
      });
      const body = requestBody(number, offered, signed);
      const { status } = await patiently(() => send({ url }, number, { body, offered }));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return statuses;
}
