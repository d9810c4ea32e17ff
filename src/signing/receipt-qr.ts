import { ed25519Form, formatTlogProof, parseNote, parseTlogProof, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt, type ReceiptFacts, type ReceiptVerdict } from '@lianshu/verify';
import { type QrCode, qrCode } from '@lianshu/verify/qr';
import type { Inclusion } from '../record/index.ts';

/** A receipt ready for paper: its Ed25519-only form as text and as QR code, and what stands in it. */
export interface ReceiptSheet {
  readonly receipt: string;
  readonly code: QrCode;
  readonly facts: ReceiptFacts;
  /** Names on the checkpoint beside the log's own: the witnesses as they collected there. */
  readonly cosigners: readonly string[];
}

/** `not-a-receipt`: not proven under this log's keys, for the verdict's reason. `too-long`: no QR code holds it. */
export type SheetOutcome =
  | Readonly<{ outcome: 'sheet'; sheet: ReceiptSheet }>
  | Readonly<{ outcome: 'refused'; code: 'not-a-receipt' | 'too-long'; verdict: ReceiptVerdict }>;

type Included = Extract<ReceiptVerdict, { code: 'included' }>;

/**
 * Turns a receipt that its holder sends into one for paper. The proof published now takes the place of the one in
 * the file, so that the cosignatures of the witnesses come along; where that proves nothing, the file's own stays.
 * Nothing is kept: without the file this server cannot make a receipt, for it has forgotten what opens the entry.
 */
export async function makeReceiptSheet(
  file: Uint8Array,
  keys: readonly VerifierKey[],
  proofOf: (commitment: string) => Promise<Inclusion | undefined>,
): Promise<SheetOutcome> {
  const verdict = checkReceipt(nodeNotePrimitives, file, { keys });
  if (verdict.code !== 'included') return { outcome: 'refused', code: 'not-a-receipt', verdict };
  const own = new TextDecoder().decode(file);
  const published = await proofOf(verdict.receipt.commitment);
  const newer = published && withProof(own, published, keys);
  const [text, included] = newer ?? [own, verdict];
  const receipt = ed25519Form(text);
  const code = receipt === undefined ? undefined : qrCode(receipt);
  if (receipt === undefined || code === undefined) return { outcome: 'refused', code: 'too-long', verdict };
  const { origin } = included.receipt;
  const names = parseNote(receipt)?.signatures.map(({ name }) => name) ?? [];
  const cosigners = [...new Set(names)].filter((name) => name !== origin);
  return { outcome: 'sheet', sheet: { receipt, code, facts: included.receipt, cosigners } };
}

/** The same opening under the published checkpoint, if that is a receipt of the same entry. */
function withProof(
  own: string,
  published: Inclusion,
  keys: readonly VerifierKey[],
): readonly [string, Included] | undefined {
  const extra = parseTlogProof(own)?.extra;
  if (extra === undefined) return undefined;
  const { index, path, checkpoint } = published;
  const text = formatTlogProof({ extra, index, hashes: path, checkpoint });
  const verdict = checkReceipt(nodeNotePrimitives, text, { keys });
  return verdict.code === 'included' ? [text, verdict] : undefined;
}
