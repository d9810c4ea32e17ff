import { decrypterWith, encrypterTo } from './age-file.ts';
import { canonicalJson } from './canonical-json.ts';
import { exactObject, integer, text } from './json-shape.ts';
import { SealError } from './seal-error.ts';

/** One sheet of a paper roster 紙本名冊, as it was typed (law.md §11). */
export interface PaperRecord {
  /** Number of the draft or case whose roster it is. */
  readonly caseNumber: string;
  /** 鄉鎮市區, eight digits. */
  readonly township: string;
  /** 編號: from 1 within its township. */
  readonly sheet: number;
  readonly nationalId: string;
  readonly name: string;
  /** 戶籍地址. */
  readonly address: string;
}

const FORMAT = 'LIANSHU-PAPER/1';
/** Every record is of one length, so that a ciphertext does not tell a long address from a short one. */
const LENGTH = 1_024;
const SPACE = 0x20;

/**
 * Seals one sheet as an age file to the registry's recipients: nobody else can open it, not even who typed it.
 *
 *     {"address","case","format":"LIANSHU-PAPER/1","id","name","sheet","township"}   canonical JSON, then spaces
 *
 * Throws `record-too-large` beyond 1,024 bytes, `recipient-malformed` for a wrong recipient.
 */
export async function sealPaperRecord(
  record: PaperRecord,
  recipients: readonly string[],
): Promise<Uint8Array> {
  const encrypter = encrypterTo(recipients);
  const json = canonicalJson({
    address: record.address,
    case: record.caseNumber,
    format: FORMAT,
    id: record.nationalId,
    name: record.name,
    sheet: record.sheet,
    township: record.township,
  });
  if (Buffer.byteLength(json) > LENGTH) throw new SealError('record-too-large');
  const plaintext = new Uint8Array(LENGTH).fill(SPACE);
  new TextEncoder().encodeInto(json, plaintext);
  try {
    return await encrypter.encrypt(plaintext);
  } finally {
    plaintext.fill(0);
  }
}

/** Opens what {@link sealPaperRecord} made. Throws `no-identity` or `record-malformed`. */
export async function openPaperRecord(
  identities: readonly string[],
  sealed: Uint8Array,
): Promise<PaperRecord> {
  const plaintext = await opened(identities, sealed);
  try {
    const o = exactObject(JSON.parse(plaintext), [
      'address',
      'case',
      'format',
      'id',
      'name',
      'sheet',
      'township',
    ]);
    if (text(o['format']) !== FORMAT) throw new SealError('record-malformed');
    return {
      caseNumber: text(o['case']),
      township: text(o['township']),
      sheet: integer(o['sheet']),
      nationalId: text(o['id']),
      name: text(o['name']),
      address: text(o['address']),
    };
  } catch {
    // The parser's message quotes the text it fails on, which is personal.
    throw new SealError('record-malformed');
  }
}

/** Seals a letter as an age file: the ordinary `age -d` opens it. Throws `recipient-malformed`. */
export const sealLetter = (letter: string, recipients: readonly string[]): Promise<Uint8Array> =>
  encrypterTo(recipients).encrypt(new TextEncoder().encode(letter));

/** Opens what {@link sealLetter} made. Throws `no-identity`. */
export const openLetter = (identities: readonly string[], sealed: Uint8Array): Promise<string> =>
  opened(identities, sealed);

async function opened(identities: readonly string[], sealed: Uint8Array): Promise<string> {
  const decrypter = decrypterWith(identities);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await decrypter.decrypt(sealed));
  } catch (cause) {
    throw new SealError('no-identity', { cause });
  }
}
