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
  const digest = (lines: string) => toHex(sha256(utf8(lines)));
  /** A result as the registry signed it, and its name. */
  const signed = (more: Readonly<Record<string, JsonValue>> = {}, caseNumber = '9901') => {
    const body = { ...totals, excluded, ...more };
    const bare = sampleAct('check-result', '2026-11-21T00:05:00', body, caseNumber);
    const { v: _, ...act } = bare;
    const folded = { ...act, index: 13 } as never;
    const proof = signNote(proofText(sha256, folded), [registry]);
    return { bare, act: { ...bare, body: { ...body, proof } }, name: signedName(sha256, folded) };
  };
  const result = signed();
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
    const voids = digest('2 not-qualified\n');
    const precise = signed({ electronic: { received: 5, valid: 4, excluded, voids } });
    expect(await watch([precise.act, cited(2, precise.name)], 1)).toEqual([]);
    expect(await watch([precise.act, cited(3, precise.name)], 1)).toEqual(['void-not-as-signed']);
    expect(await watch([precise.act], 0)).toEqual([]);
    const twoDays = [sampleDay('2026-11-21'), sampleDay('2026-11-22')];
    const late = await watch([precise.act, ...twoDays], 0);
    expect(late).toContain('void-missing');
    expect(await watch([precise.act, cited(2, precise.name), ...twoDays], 1)).not.toContain('void-missing');
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
    const own = signed({ of: 'proposers' }, '9902');
    const away = { act: 'proposal-signature', case: 'D00001', result: own.name };
    const proposal = { draft: 'D00001', electronic: 1, paper: 0 };
    expect(
      await watch([sampleDraftOpened, draft, closed, filed({ proposal }), own.act, voidEntry(14, away)], 0),
    ).toEqual([]);
    expect(
      await watch([sampleDraftOpened, draft, closed, filed({}), own.act, voidEntry(14, away)], 0),
    ).toEqual(['void-without-total']);
    const signers = signed({ of: 'signers' }, '9902');
    const crossed = { ...away, result: signers.name };
    expect(
      await watch(
        [sampleDraftOpened, draft, closed, filed({ proposal }), signers.act, voidEntry(14, crossed)],
        0,
      ),
    ).toEqual(['void-without-total']);
  });
});
