import { asBuffer } from './bytes.ts';
import { PkiError } from './error.ts';

/** One artefact of a file. */
export interface Artefact {
  /** Label of the PEM block; undefined for DER. */
  readonly label: string | undefined;
  readonly der: Uint8Array;
}

/** Most blocks read from one file. */
const MOST = 64;

/**
 * Splits a file into its artefacts: each PEM block (RFC 7468), or the whole as DER when there is no block.
 * Throws {@link PkiError} `E_PEM` for a block that is broken.
 */
export function readArtefacts(file: Uint8Array): readonly Artefact[] {
  const head = asBuffer(file.subarray(0, 4096)).toString('latin1');
  if (!head.includes('-----BEGIN ')) return [{ label: undefined, der: file }];
  const text = asBuffer(file).toString('latin1');
  const artefacts: Artefact[] = [];
  const begin = /-----BEGIN ([A-Z0-9 ]{1,40})-----/g;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const label = found[1] ?? '';
    const end = text.indexOf(`-----END ${label}-----`, begin.lastIndex);
    const body = end < 0 ? '' : text.slice(begin.lastIndex, end).replace(/\s/g, '');
    const sound = /^[A-Za-z0-9+/]+={0,2}$/.test(body) && body.length % 4 === 0;
    if (!sound || artefacts.length >= MOST) throw new PkiError('E_PEM', `block ${artefacts.length + 1}`);
    artefacts.push({ label, der: new Uint8Array(Buffer.from(body, 'base64')) });
    begin.lastIndex = end;
  }
  if (artefacts.length === 0) throw new PkiError('E_PEM', 'no block');
  return artefacts;
}
