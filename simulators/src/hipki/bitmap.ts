/** Width of the picture in which the component hides its environment report. */
const WIDTH = 2_000;

/**
 * A 2000×1 picture, 24 bits a pixel, whose bytes B, G, R from x = 0 spell `text` and end with zero
 * (identity.md §2.1, `/p11Image.bmp`). Characters outside ASCII are written as `\uXXXX`; a text that does not
 * fit gives an all-zero picture, which readers take for code 0x7600000D.
 */
export function textBitmap(text: string): Uint8Array {
  const ascii = text.replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const pixels = Buffer.alloc(WIDTH * 3);
  if (ascii.length < pixels.length) pixels.write(ascii, 'latin1');
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(header.length + pixels.length, 2);
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(WIDTH, 18);
  header.writeInt32LE(1, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  header.writeUInt32LE(pixels.length, 34);
  return Buffer.concat([header, pixels]);
}
