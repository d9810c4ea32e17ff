import { RevocationIndex, readRevocationList, TrustStore, verifyEnvelope } from '@lianshu/pki';
import { type BendCode, bends, cast, sharedAuthority, signStatement } from '@lianshu/simulators';
import { beforeAll, describe, expect, it } from 'vitest';

const statement = Buffer.from('全國性公民投票案電子連署書\n規格：LIANSHU-TBS/1\n案號：9901\n');
const nonce = 'AAAAAAAAAAAAAAAAAAAAAA';
const nowMs = Date.now();
const person = cast.jiahao;

let authority: Awaited<ReturnType<typeof sharedAuthority>>;
let trust: TrustStore;

beforeAll(async () => {
  authority = await sharedAuthority();
  const names = ['SIM-GRCA-G3', 'SIM-MOICA-G2', 'SIM-MOICA-G3'] as const;
  trust = TrustStore.load(
    authority.anchors(),
    names.map((name) => authority.authority(name).certificate),
    { production: false, nowMs },
  );
});

function publishedLists(): RevocationIndex {
  const lists = (['SIM-MOICA-G2', 'SIM-MOICA-G3'] as const).map((name) =>
    readRevocationList(authority.revocationList(name), trust),
  );
  return new RevocationIndex(lists);
}

function judge(
  signed: { signature: Uint8Array; certificate: Uint8Array },
  form: 'cms-attached' | 'cms-detached' | 'pkcs1',
) {
  return verifyEnvelope(
    {
      form,
      signature: signed.signature,
      ...(form === 'pkcs1' ? { certificate: signed.certificate } : {}),
      content: statement,
      transaction: nonce,
      idTail: person.nationalId.slice(-4),
      receivedAtMs: nowMs,
    },
    trust,
    publishedLists(),
  );
}

describe('模擬簽章與驗證政策 simulated envelopes under LIANSHU-VP/1', () => {
  it.each(['cms-attached', 'cms-detached', 'pkcs1'] as const)(
    'an honest %s envelope passes',
    async (form) => {
      const card = authority.cardOf(person) ?? (await authority.issueCard(person));
      expect(judge(signStatement(card, statement, { form, nonce, nowMs }), form)).toMatchObject({
        outcome: 'passed',
        warnings: [],
        subjectSerialNumber: card.subjectSerialNumber,
      });
    },
  );

  it('passes with either signature OID, with a card number, and from a P-256 card of the older generation', async () => {
    const card = await authority.issueCard(person, {
      keyKind: 'p256',
      issuer: 'SIM-MOICA-G2',
      reuseKeys: true,
      label: 'p256',
    });
    const options = { form: 'cms-attached', nonce, nowMs, withCardNumber: true } as const;
    expect(judge(signStatement(card, statement, options), 'cms-attached').outcome).toBe('passed');
    const current = authority.cardOf(person) ?? card;
    const other = { ...options, signatureOid: 'sha256WithRSAEncryption' } as const;
    expect(judge(signStatement(current, statement, other), 'cms-attached').outcome).toBe('passed');
  });

  it.each(Object.keys(bends) as BendCode[])('the bend %s is met by exactly its code', async (code) => {
    const bend = bends[code];
    const signed = await bend.make({ authority, person, statement, nonce, nowMs });
    const verdict = judge(signed, 'cms-attached');
    if (bend.warning === true) expect(verdict).toMatchObject({ outcome: 'passed', warnings: [code] });
    else expect(verdict).toMatchObject({ outcome: 'failed', code, check: bend.check });
  });

  it('a revocation is not on the lists before they are published', async () => {
    const card = await authority.issueCard(person, { reuseKeys: true, label: 'lost' });
    const signed = signStatement(card, statement, { form: 'cms-attached', nonce, nowMs });
    authority.revoke(card);
    expect(judge(signed, 'cms-attached').outcome).toBe('passed');
    authority.publishLists();
    expect(judge(signed, 'cms-attached')).toMatchObject({ code: 'E_REVOKED' });
  });

  it('a list three days old cannot be relied on', () => {
    const card = authority.cardOf(person);
    if (card === undefined) throw new Error('the shared authority has no card for the cast');
    authority.publishLists({ thisUpdateMs: nowMs - 3 * 86_400_000 });
    const signed = signStatement(card, statement, { form: 'cms-attached', nonce, nowMs });
    expect(judge(signed, 'cms-attached')).toMatchObject({ outcome: 'indeterminate', code: 'I_CRL_STALE' });
    authority.publishLists();
  });

  it('production refuses these anchors', () => {
    const load = () =>
      TrustStore.load(authority.anchors(), [authority.authority('SIM-MOICA-G3').certificate], {
        production: true,
        nowMs,
      });
    expect(load).toThrow(expect.objectContaining({ code: 'E_SIM_IN_PROD' }));
  });
});
