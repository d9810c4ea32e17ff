import { fromBase64, isNoteText } from '@lianshu/tlog';

/** What a witness believes of a checkpoint: its first three lines, and the text that signatures are over. */
export type CheckpointHead = Readonly<{
  origin: string;
  size: number;
  root: Uint8Array;
  /** The note's text, extension lines included. */
  text: string;
  /** The note's signature lines verbatim. */
  signatures: string;
  /** Whether extension lines follow: an Ed25519 cosignature covers them, an ML-DSA-44 one cannot. */
  extended: boolean;
}>;

/**
 * Reads the head of any log's note (c2sp.org/tlog-checkpoint), nothing verified and the signature lines not looked
 * at: lines that are none verify as none. Unlike `parseCheckpointText`, which reads our own log, it allows extension
 * lines and origins with spaces. Sizes beyond 2^53 − 1 are undefined.
 */
export function readCheckpointHead(note: string): CheckpointHead | undefined {
  const cut = note.lastIndexOf('\n\n');
  const text = note.slice(0, cut + 1);
  if (cut < 0 || !isNoteText(text)) return undefined;
  const [origin = '', sizeText = '', rootText = '', ...extensions] = text.slice(0, -1).split('\n');
  const size = /^(?:0|[1-9]\d{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN;
  const root = fromBase64(rootText);
  if (origin === '' || !Number.isSafeInteger(size) || root?.length !== 32 || extensions.includes('')) {
    return undefined;
  }
  return { origin, size, root, text, signatures: note.slice(cut + 2), extended: extensions.length > 0 };
}
