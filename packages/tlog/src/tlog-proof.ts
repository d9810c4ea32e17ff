import { fromBase64, fromDecimal, toBase64 } from './encoding.ts';
import { MAX_NOTE_BYTES } from './note.ts';

/**
 * A `tlog-proof` file (c2sp.org/tlog-proof) taken apart: nothing verified. `checkpoint` is the signed note
 * verbatim; `extra` is not authenticated by the file.
 */
export type TlogProof = Readonly<{
  extra?: Uint8Array;
  index: number;
  hashes: readonly Uint8Array[];
  checkpoint: string;
}>;

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

/** Longest path of a tree whose size fits 2^53. */
const MAX_HASHES = 53;

export function formatTlogProof(proof: TlogProof): string {
  const extra = proof.extra === undefined ? [] : [`extra ${toBase64(proof.extra)}`];
  const lines = [FIRST_LINE, ...extra, `index ${proof.index}`, ...proof.hashes.map(toBase64)];
  return `${lines.join('\n')}\n\n${proof.checkpoint}`;
}

/**
 * Reads a `tlog-proof` file and refuses every other spelling of it (base64, decimals, line ends): what it
 * returns, {@link formatTlogProof} writes back byte for byte. The checkpoint is not looked into.
 */
export function parseTlogProof(text: string): TlogProof | undefined {
  const cut = text.indexOf('\n\n');
  if (cut < 0 || text.length > MAX_NOTE_BYTES + 96 * 1024) return undefined;
  const [first, ...lines] = text.slice(0, cut).split('\n');
  const extraText = lines[0]?.startsWith('extra ') ? lines.shift()?.slice(6) : undefined;
  const indexLine = lines.shift() ?? '';
  const extra = extraText === undefined ? undefined : fromBase64(extraText);
  const index = indexLine.startsWith('index ') ? fromDecimal(indexLine.slice(6)) : undefined;
  if (first !== FIRST_LINE || index === undefined || lines.length > MAX_HASHES) return undefined;
  if (extraText !== undefined && extra === undefined) return undefined;
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) return undefined;
    hashes.push(hash);
  }
  return { ...(extra === undefined ? {} : { extra }), index, hashes, checkpoint: text.slice(cut + 2) };
}
