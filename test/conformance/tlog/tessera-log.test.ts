import {
  bundlePath,
  checkpointText,
  decodeBundle,
  encodeBundle,
  leafHash,
  openCheckpoint,
  parseNote,
  parseVerifierKey,
  TreeEdge,
  tilePath,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import { haveVectors, vectorBytes, vectorText } from './shared-vectors.ts';

const VKEY = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

describe.skipIf(!haveVectors('tessera-log'))('a tile log written by another implementation', () => {
  const key = parseVerifierKey(sha256, VKEY);
  const keys = key === undefined ? [] : [key];

  for (const name of ['', ...Array.from({ length: 16 }, (_, i) => `.${i}`)]) {
    it(`checkpoint${name}: signature, text, root and tile`, () => {
      const note = vectorText(`tessera-log/checkpoint${name}`);
      const opened = openCheckpoint(nodeNotePrimitives, note, { logKeys: keys });
      if (!opened.ok) throw new Error(opened.code);
      expect(checkpointText(opened.checkpoint)).toBe(parseNote(note)?.text);
      const { size, root } = opened.checkpoint;
      const ref = { index: 0, width: size };
      const entries = size === 0 ? [] : decodeBundle(vectorBytes(`tessera-log/${bundlePath(ref)}`), size);
      if (entries === undefined) throw new Error('bundle');
      const { edge } = TreeEdge.empty(sha256).append(entries.map((entry) => leafHash(sha256, entry)));
      expect(edge.root()).toEqual(root);
      if (size > 0) {
        expect(encodeBundle(entries)).toEqual(vectorBytes(`tessera-log/${bundlePath(ref)}`));
        const tile = { level: 0, ...ref };
        expect(edge.partialTiles()).toEqual([
          { ...tile, bytes: vectorBytes(`tessera-log/${tilePath(tile)}`) },
        ]);
      }
    });
  }

  it('refuses a checkpoint with any byte of its text changed', () => {
    const note = vectorText('tessera-log/checkpoint');
    const end = note.indexOf('\n\n');
    for (let i = 0; i <= end; i++) {
      const changed = note.slice(0, i) + String.fromCharCode(note.charCodeAt(i) ^ 1) + note.slice(i + 1);
      expect(openCheckpoint(nodeNotePrimitives, changed, { logKeys: keys }).ok).toBe(false);
    }
  });
});
