/** 改動資料列: the operator deletes a row, edits a sealed record, edits an entry. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { citizen } from '@lianshu/simulators';
import { bundlePath } from '@lianshu/tlog';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sign } from '../builders/signer.ts';
import { betrayedHouse, CASE, type House, openedOf, WITHIN_MS } from './betrayed-house.ts';
import { auditOf } from './trustees.ts';

let house: House;
let first: Awaited<ReturnType<House['signed']>>;
const bytea = (commitment: string) => Buffer.from(commitment, 'base64url');

beforeAll(async () => {
  house = await betrayedHouse();
  first = await house.signed(801);
  await house.signed(802);
  await house.signed(803);
});
afterAll(() => house?.close());

describe('an honest house', () => {
  it('agrees with everybody who looks', async () => {
    await house.monitor('honest').sees('nothing wrong');
    expect(await house.doctor('--deep')).toEqual({ exit: 0, codes: [] });
    expect(await auditOf(house)).toMatchObject({ exit: 0, findings: {}, counted: 3, persons: 3 });
  });
});

describe('the operator deletes a row', () => {
  it('an entry: the database refuses, and what was published stays provable after force', async () => {
    const { pool } = house.platform.database;
    await expect(pool.query('delete from entry where seq = $1', [first.index])).rejects.toMatchObject({
      constraint: 'entry_is_kept',
    });
    await expect(pool.query('truncate entry cascade')).rejects.toMatchObject({
      constraint: 'entry_is_kept_whole',
    });

    await house.without('entry', 'seq = $1', [first.index], async () => {
      const { exit, codes } = await house.doctor('--deep');
      expect(exit).toBe(3);
      expect(codes).toContain('database-gap');
      // Nothing was gained: the public record still holds it, and the signer can prove it.
      const receipt = join(house.platform.directory, 'mine.tlog-proof');
      writeFileSync(receipt, first.receipt);
      const checked = await house.verify('receipt', receipt, '--log', `${house.platform.url}/log`);
      expect(checked.exit, checked.text).toBe(0);
      await expect(house.platform.restartServer()).rejects.toThrow('database-gap');
    });
    await house.platform.restartServer();
    expect(await house.doctor('--deep')).toEqual({ exit: 0, codes: [] });
  });

  it('a sealed record: the audit misses it', async () => {
    await house.without('joint_signature', 'commitment = $1', [bytea(first.commitment)], async () => {
      const audit = await auditOf(house);
      expect(audit).toMatchObject({ exit: 4, findings: { 'evidence-missing': 1 }, counted: 3, persons: 2 });
      expect(audit.kept).toContain(first.commitment);
    });
    expect(await auditOf(house)).toMatchObject({ exit: 0, findings: {} });
  });
});

describe('the operator edits', () => {
  it('a sealed record: it opens no more, and the audit counts it', async () => {
    const flip =
      'update joint_signature set evidence = set_byte(evidence, 99, get_byte(evidence, 99) # 1) where commitment = $1';
    await house.override(flip, [bytea(first.commitment)]);
    expect(await auditOf(house)).toMatchObject({ exit: 4, findings: { 'record-unreadable': 1 } });
    await house.override(flip, [bytea(first.commitment)]);
    expect(await auditOf(house)).toMatchObject({ exit: 0, findings: {} });
  });

  it('an entry: the database refuses; by force, the house stops rather than publish it', async () => {
    const { pool } = house.platform.database;
    const renamed = (from: string, to: string) =>
      `update entry set body = convert_to(replace(convert_from(body, 'UTF8'), '${from}', '${to}'), 'UTF8') where seq = $1`;
    const edit = renamed('"joint-signature"', '"joint-signatura"');
    await expect(pool.query(edit, [first.index])).rejects.toMatchObject({ constraint: 'entry_is_immutable' });

    expect((await house.override(edit, [first.index])).rowCount).toBe(1);
    const { exit, codes } = await house.doctor('--deep');
    expect(exit).toBe(3);
    expect(codes).toContain('database-tile-differs');
    expect(codes).toContain('public-file-differs');
    // The next bundle would hold it: the house stops itself instead of publishing what was never signed.
    await sign(house.platform, citizen(804), CASE);
    await vi.waitFor(() => expect(house.faults).toContain('database-inconsistent'), { timeout: WITHIN_MS });
    await house.monitor('while-stopped').sees('nothing wrong');

    await house.override(renamed('"joint-signatura"', '"joint-signature"'), [first.index]);
    await house.platform.restartServer();
    await house.signed(805);
  });

  it('a published file: whoever reads the log finds which bytes', async () => {
    const folder = join(house.platform.directory, 'public', 'log');
    const { size } = openedOf(house);
    const bundle = join(folder, bundlePath({ index: 0, width: size }));
    const log = ['log', '--json', '--log', `${house.platform.url}/log`] as const;
    expect((await house.verify(...log)).exit).toBe(0);
    const bytes = readFileSync(bundle);
    writeFileSync(bundle, Buffer.from(bytes.toString('latin1').replace(/"tag":"./, '"tag":"~'), 'latin1'));
    const { exit, text } = await house.verify(...log);
    expect(exit).toBe(7);
    expect(JSON.parse(text)).toMatchObject({
      faults: [{ code: 'entry-differs', file: bundlePath({ index: 0, width: size }), entry: first.index }],
    });
    writeFileSync(bundle, bytes);
  });
});
