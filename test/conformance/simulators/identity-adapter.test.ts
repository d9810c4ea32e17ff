import { randomBytes } from 'node:crypto';
import {
  cast,
  IDENTITY_FAULTS,
  IDENTITY_SERVICE_PATH,
  type IdentityServer,
  type SimulatedAuthority,
  sharedAuthority,
  startIdentityService,
} from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IcsError, icsConfirmation, icsPost } from '../../../src/credentials/index.ts';

let authority: SimulatedAuthority;
let server: IdentityServer;

beforeAll(async () => {
  authority = await sharedAuthority();
  server = await startIdentityService(authority, { port: 0 });
});

afterAll(() => server.close());

/** Both sides of the port together: the adapter of the credentials module and the simulated service. */
async function confirm(nationalId: string, faults: IcsError[] = []) {
  const client = await authority.serviceClient('adapter');
  const adapter = icsConfirmation({
    clientCertificate: client.certificate,
    clientKey: client.keys.privateKey,
    post: icsPost(server.url + IDENTITY_SERVICE_PATH, fetch),
    nowMs: Date.now,
    randomBytes: (length) => randomBytes(length),
    onFault: (fault) => faults.push(fault),
  });
  const card = authority.cardOf(cast.meiling) ?? (await authority.issueCard(cast.meiling));
  const request = { subjectSerialNumber: card.subjectSerialNumber, nationalId };
  const [outcome] = await adapter.confirm([request], AbortSignal.timeout(300));
  return outcome;
}

describe('身分確認：介接與模擬服務 identity adapter and simulated service', () => {
  it('confirms the holder and refuses the person with the same last four characters', async () => {
    expect(await confirm(cast.meiling.nationalId)).toMatchObject({ outcome: 'confirmed' });
    expect(await confirm(cast.alan.nationalId)).toEqual({ outcome: 'refused', code: 'E_ID_NOT_BOUND' });
  });

  it.each(IDENTITY_FAULTS.filter((fault) => fault !== 'none'))(
    'fault %s is never a confirmation',
    async (fault) => {
      server.state.fault = fault;
      const faults: IcsError[] = [];
      const outcome = await confirm(cast.meiling.nationalId, faults).finally(() => {
        server.state.fault = 'none';
      });
      expect(outcome?.outcome).not.toBe('confirmed');
      expect(outcome?.outcome).not.toBe('refused');
      expect(faults).toHaveLength(fault === 'record-errors' ? 0 : 1);
    },
  );
});
