import { z } from 'zod';
import { isNameOnCard } from './card-name.ts';
import type { Counties } from './county-counting.ts';
import type { CountyDays } from './county-days.ts';
import { leadMarkOf } from './lead-mark.ts';
import type { RevocationLists } from './revocation-lists.ts';
import { type AffidavitDeps, sealAffidavit } from './seal-affidavit.ts';
import { type SealingDeps, sealEnvelope } from './seal-envelope.ts';
import * as contract from './sealer-contract.ts';
import type { Endpoint } from './sealer-http.ts';
import { SealerFault } from './sealer-types.ts';
import { settleHeld } from './settle-held.ts';
import { signIn } from './sign-in.ts';

/** What the public process may ask. Nothing takes a number without an envelope (trust.md §2). */
export function intakeEndpoints(
  deps: SealingDeps,
  signingIn: AffidavitDeps & Parameters<typeof signIn>[0],
  {
    lists,
    counties,
    status,
  }: {
    readonly lists: RevocationLists;
    readonly counties: Counties;
    readonly status: { isReady(): boolean; inFlight(): number };
  },
): ReadonlyMap<string, Endpoint> {
  return new Map<string, Endpoint>([
    ['POST /seal', on(contract.sealRequest, contract.sealOutcome, (body) => sealEnvelope(deps, body))],
    ['POST /sign-in', on(contract.signInRequest, contract.signInOutcome, (body) => signIn(signingIn, body))],
    [
      'POST /lead-mark',
      on(contract.leadMarkRequest, contract.leadMarkAnswer, ({ draft, person }) => ({
        mark: leadMarkOf(deps.cases.require(draft), person),
      })),
    ],
    [
      'POST /card-name',
      on(contract.nameClaim, contract.nameAnswer, (body) => ({
        isOnCard: isNameOnCard(deps.nameProofOf, body),
      })),
    ],
    [
      'POST /affidavit',
      on(contract.affidavitRequest, contract.affidavitOutcome, (body) => sealAffidavit(signingIn, body)),
    ],
    [
      'POST /stored',
      on(contract.storedRequest, contract.nothing, (body) => {
        counties.forecasts?.stored(body.recordCommitments);
        return {};
      }),
    ],
    [
      'GET /health',
      on(z.undefined(), contract.health, () => ({
        ready: status.isReady(),
        promiseKey: deps.promises.verifierKey,
        crl: [...lists.state()],
        inFlight: status.inFlight(),
        ...(counties.forecasts === undefined ? {} : { preCheck: counties.forecasts.health() }),
      })),
    ],
  ]);
}

/** What jobs and operators may ask besides. */
export function controlEndpoints(
  deps: SealingDeps,
  lists: RevocationLists,
  days: CountyDays,
): ReadonlyMap<string, Endpoint> {
  return new Map<string, Endpoint>([
    ['POST /settle', on(contract.heldReference, contract.settleOutcome, (body) => settleHeld(deps, body))],
    ['POST /case', on(contract.caseRequest, contract.caseState, (body) => deps.cases.open(body.caseNumber))],
    [
      'POST /forget-hold-key',
      on(contract.forgetRequest, contract.forgetOutcome, (body) => deps.holdKeys.forget(body.holdKeyId)),
    ],
    [
      'POST /county-days',
      on(z.strictObject({}), contract.countyDays, async () => ({ days: [...(await days.finished())] })),
    ],
    [
      'POST /forget-county-day',
      on(contract.forgetDayRequest, contract.forgetOutcome, (body) => days.forget(body.day)),
    ],
    [
      'POST /reload-revocation',
      on(z.strictObject({}), contract.revocationState, async () => [...(await lists.reload())]),
    ],
  ]);
}

/** Reads the body, runs the endpoint, writes its answer; the shape of both is the contract's. */
function on<In extends z.ZodType, Out extends z.ZodType>(
  input: In,
  output: Out,
  run: (body: z.output<In>) => unknown,
): Endpoint {
  return async (body) => {
    const parsed = input.safeDecode(body as z.input<In>);
    if (!parsed.success) throw new SealerFault('request-malformed');
    return z.encode(output, (await run(parsed.data)) as z.output<Out>);
  };
}
