import { type JsonValue, toHex, utf8 } from '@lianshu/statement';
import { signNote } from '@lianshu/tlog';
import { ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { afterAll, describe, expect, it } from 'vitest';
import { proofText, signedName } from './act-proof.ts';
import type { MonitorOptions } from './monitor.ts';
import { promiseKey, sampleKey, sampleSignature } from './sample-log.ts';
import { codesOf, MonitorBench, sampleWitness } from './sample-monitor.ts';
import {
  sampleAct,
  sampleCourse,
  sampleDay,
  sampleDraftOpened,
  sampleFiled,
  voidEntry,
} from './sample-record.ts';
import { checkpointKeys, registryKeys } from './trust.ts';

const bench = new MonitorBench();
afterAll(() => bench.remove());

describe('signatures voided quietly', () => {
  const registry = ed25519Signer('registry.invalid/registry', sampleWitness.privateKey);
  const totals = { of: 'signers', on: '2026-11-21', received: 5, required: 10, valid: 4 };
  const excluded = { 'not-qualified': 1 };
  /** What the registry says of the electronic entries; `deleted` are lines of an index and a ground. */
  const checked = (received: number, ...deleted: readonly string[]) => ({
    received,
    valid: received - deleted.length,
    excluded: deleted.length === 0 ? {} : { 'not-qualified': deleted.length },
    voids: toHex(sha256(utf8(deleted.map((line) => `${line}\n`).join('')))),
  });
  /** A result as the registry signed it, and its name. */
  const signed = (more: Readonly<Record<string, JsonValue>> = {}, caseNumber = '9901') =>
    signedAs({ ...totals, excluded, electronic: checked(5, '2 not-qualified'), ...more }, caseNumber);
  const signedAs = (body: Readonly<Record<string, JsonValue>>, caseNumber = '9901') => {
    const bare = sampleAct('check-result', '2026-11-21T00:05:00', body, caseNumber);
    const { v: _, ...act } = bare;
    const folded = { ...act, index: 13 } as never;
    const proof = signNote(proofText(sha256, folded), [registry]);
    return { bare, act: { ...bare, body: { ...body, proof } }, name: signedName(sha256, folded) };
  };
  const result = signed();
  /** One that says nothing of the electronic entries. */
  const silent = signedAs({ ...totals, excluded });
  const cited = (index: number, name = result.name, ground = 'not-qualified') =>
    voidEntry(index, { result: name, ground });
  const watch = async (entries: readonly JsonValue[], voided: number, more: Partial<MonitorOptions> = {}) => {
    bench.begin();
    bench.serve([...sampleCourse, ...entries], { voided, counted: 5 - voided });
    // The bench publishes no numbers of a draft.
    const codes = codesOf((await bench.open({ proofKeys: [registry.key], ...more }).round()).open);
    return codes.filter((code) => code !== 'count-unreadable');
  };

  it('without the registry’s signed total, or beyond it', async () => {
    expect(await watch([cited(2)], 1)).toEqual(['void-without-total']);
    expect(await watch([result.act, cited(2)], 1)).toEqual([]);
    expect(await watch([result.act, voidEntry(2)], 1)).toEqual(['void-without-total']);
    // A total of paper and all else says of no entry that it is excluded.
    const byTotal = [silent.act, cited(2, silent.name)];
    expect(await watch(byTotal, 1)).toEqual(['result-not-of-all', 'void-without-total']);
    expect(await watch([result.act, cited(2), cited(3)], 2)).toEqual(['void-beyond-total']);
    expect(await watch([result.act, cited(2, result.name, 'forged')], 1)).toEqual(['void-beyond-total']);
    expect(await watch([result.bare, cited(2)], 1)).toEqual(['act-without-proof', 'void-without-total']);
    const copies = [result.act, result.act, result.act, cited(2), cited(3)];
    expect(await watch(copies, 2)).toEqual(['act-repeated', 'act-repeated', 'void-beyond-total']);
    const moreAllowed = { ...result.act, body: { ...result.act.body, excluded: { 'not-qualified': 9 } } };
    expect(await watch([moreAllowed, cited(2)], 1)).toEqual(['act-without-proof', 'void-without-total']);
  });

  it('under a key nobody gave this reader, and quiet under one in the list of keys', async () => {
    expect(await watch([result.act, cited(2)], 1, { proofKeys: [] })).toEqual([
      'act-without-proof',
      'void-without-total',
    ]);
    const trust = { keys: [sampleKey.key, promiseKey.key, registry.key] };
    expect(registryKeys(trust)).toEqual([registry.key]);
    expect(checkpointKeys(trust).logKeys).toEqual([sampleKey.key, promiseKey.key]);
    expect(await watch([result.act, cited(2)], 1, { trust, proofKeys: registryKeys(trust) })).toEqual([]);
  });

  it('about other signatures than the registry signed, or not at all', async () => {
    expect(await watch([result.act, cited(3)], 1)).toEqual(['void-not-as-signed']);
    expect(await watch([result.act], 0)).toEqual([]);
    const twoDays = [sampleDay('2026-11-21'), sampleDay('2026-11-22')];
    const late = await watch([result.act, ...twoDays], 0);
    expect(late).toContain('void-missing');
    expect(await watch([result.act, cited(2), ...twoDays], 1)).not.toContain('void-missing');
  });

  it('where the registry was sent fewer or more than counted then, or nobody can tell', async () => {
    const few = signed({ electronic: checked(1) });
    bench.begin();
    bench.serve([...sampleCourse, few.act], { voided: 0, counted: 5 });
    const [alert] = (await bench.open({ proofKeys: [registry.key] }).round()).open;
    expect(alert).toMatchObject({
      code: 'result-not-of-all',
      case: '9901',
      entry: 13,
      evidence: { received: 1, counted: 5 },
    });
    expect(await watch([signed({ electronic: checked(6) }).act], 0)).toEqual(['result-not-of-all']);
    expect(await watch([silent.act], 0)).toEqual(['result-not-of-all']);
  });

  it('a second round is of all who passed the first', async () => {
    const first = [result.act, cited(2)];
    const again = (n: number) => signed({ on: '2026-12-21', electronic: checked(n) }).act;
    expect(await watch([...first, again(4)], 1)).toEqual([]);
    for (const n of [0, 3, 5]) expect(await watch([...first, again(n)], 1)).toEqual(['result-not-of-all']);
  });

  it('of another case; of a draft only by the case that was filed with it', async () => {
    const { entry } = sampleSignature(40, 'proposal-signature');
    const draft = { ...(entry as Record<string, JsonValue>), case: 'D00001' };
    const filed = (proposal: Readonly<Record<string, JsonValue>>) => ({
      ...sampleFiled,
      case: '9902',
      body: { ...(sampleFiled['body'] as Record<string, JsonValue>), ...proposal },
    });
    const closed = sampleAct(
      'proposal-closed',
      '2026-11-21T00:04:00',
      { outcome: 'filed', case: '9902' },
      'D00001',
    );
    const own = signed({ of: 'proposers', electronic: checked(1, '14 not-qualified') }, '9902');
    const away = { act: 'proposal-signature', case: 'D00001', result: own.name };
    const proposal = { draft: 'D00001', electronic: 1, paper: 0 };
    expect(
      await watch([sampleDraftOpened, draft, closed, filed({ proposal }), own.act, voidEntry(14, away)], 0),
    ).toEqual([]);
    expect(
      await watch([sampleDraftOpened, draft, closed, filed({}), own.act, voidEntry(14, away)], 0),
    ).toEqual(['result-not-of-all', 'void-without-total']);
    const signers = signed({ of: 'signers', electronic: checked(0) }, '9902');
    const crossed = { ...away, result: signers.name };
    expect(
      await watch(
        [sampleDraftOpened, draft, closed, filed({ proposal }), signers.act, voidEntry(14, crossed)],
        0,
      ),
    ).toEqual(['void-without-total']);
  });
});
