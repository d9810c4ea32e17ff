import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeFence } from './publication-fence.ts';

const utf8 = new TextEncoder();
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lianshu-fence-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const checkpoint = () => readFileSync(join(directory, 'checkpoint'), 'utf8');

describe('the right to replace public files', () => {
  it('replaces files, also below folders, and leaves nothing behind', async () => {
    const fence = await takeFence(directory);
    await fence.replace('checkpoint', utf8.encode('1'));
    await fence.replace('checkpoint', utf8.encode('2'));
    await fence.replace('counts/9901.json', utf8.encode('{}'));
    await fence.release();
    expect(checkpoint()).toBe('2');
    expect(readdirSync(directory).sort()).toEqual(['checkpoint', 'counts']);
  });

  it('is not taken from anybody by a process that is not the sequencer any more', async () => {
    const rightful = await takeFence(directory);
    await rightful.replace('checkpoint', utf8.encode('20'));
    await expect(takeFence(directory, async () => false)).rejects.toMatchObject({
      code: 'another-sequencer',
    });
    await rightful.replace('checkpoint', utf8.encode('30'));
    expect(checkpoint()).toBe('30');
    await rightful.release();
    expect(readdirSync(directory)).toEqual(['checkpoint']);
  });

  it('is lost when another takes it, for ever, and the newer file stays', async () => {
    const old = await takeFence(directory);
    await old.replace('checkpoint', utf8.encode('10'));
    const next = await takeFence(directory);
    await next.replace('checkpoint', utf8.encode('20'));
    for (const path of ['checkpoint', 'counts/9901.json', 'key']) {
      await expect(old.replace(path, utf8.encode('10'))).rejects.toMatchObject({ code: 'another-sequencer' });
    }
    expect(checkpoint()).toBe('20');
    expect(existsSync(join(directory, 'key'))).toBe(false);
    await old.release();
    await next.replace('checkpoint', utf8.encode('21'));
    expect(checkpoint()).toBe('21');
  });

  it('is lost even when the file had been written and only the renaming was left', async () => {
    await takeFence(directory);
    const [folder = ''] = readdirSync(directory);
    const written = join(directory, folder, 'checkpoint');
    writeFileSync(written, '10');
    await takeFence(directory);
    // What a resumed process does next with the path that it has.
    expect(existsSync(written)).toBe(false);
  });

  it('tells a full or broken disk from having been replaced', async () => {
    const fence = await takeFence(directory);
    mkdirSync(join(directory, 'checkpoint'));
    await expect(fence.replace('checkpoint', utf8.encode('1'))).rejects.toMatchObject({
      code: expect.stringMatching(/EISDIR|EEXIST|ENOTEMPTY|EPERM/),
    });
  });
});
