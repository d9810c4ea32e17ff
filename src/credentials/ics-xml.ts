import { IcsError } from './ics-error.ts';

/** An element of the identity service's XML: either text or children, never both, never attributes. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** A full answer of 1,000 records is about 120 kB. */
export const MAX_XML_BYTES = 524_288;
const MAX_DEPTH = 4;
const MAX_ELEMENTS = 6_000;

const PROLOG = /^<\?xml version="1\.0"(?: encoding="[A-Za-z0-9-]{1,16}")?(?: standalone="(?:yes|no)")?\?>/;
const OPENING = /<([A-Za-z][A-Za-z0-9]{0,31})>/y;
const CLOSING = /<\/([A-Za-z][A-Za-z0-9]{0,31})>/y;
const TEXT = /[\x21-\x25\x27-\x3b\x3d\x3f-\x7e]{1,256}/y;
const SPACE = /[\t\n\r ]*/y;

/**
 * Reads the one shape of XML this service speaks: elements, ASCII text, nothing else. Attributes, entities,
 * comments, CDATA, processing instructions and document types are refused, so there is nothing to expand.
 * White space between elements is forgiven. Anything else throws {@link IcsError}.
 */
export function parseIcsXml(bytes: Uint8Array): XmlElement {
  if (bytes.length > MAX_XML_BYTES) throw new IcsError('ics-too-large');
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const reader = new Reader(source.replace(PROLOG, ''));
  reader.space();
  const root = reader.element(1);
  reader.space();
  if (!reader.atEnd()) throw new IcsError('ics-malformed');
  return root;
}

/** The only child of that name; throws when there is none or more than one. */
export function childText(parent: XmlElement, name: string): string {
  const [child, ...others] = parent.children.filter((candidate) => candidate.name === name);
  if (child === undefined || others.length > 0 || child.children.length > 0)
    throw new IcsError('ics-malformed');
  return child.text;
}

class Reader {
  readonly #source: string;
  #at = 0;
  #elements = 0;

  constructor(source: string) {
    this.#source = source;
  }

  atEnd(): boolean {
    return this.#at === this.#source.length;
  }

  space(): void {
    this.#match(SPACE);
  }

  element(depth: number): XmlElement {
    this.#elements += 1;
    const name = this.#match(OPENING)?.[1];
    if (name === undefined || depth > MAX_DEPTH || this.#elements > MAX_ELEMENTS)
      throw new IcsError('ics-malformed');
    const text = this.#match(TEXT)?.[0] ?? '';
    const children: XmlElement[] = [];
    if (text === '') {
      this.space();
      while (this.#source.startsWith('<', this.#at) && !this.#source.startsWith('</', this.#at)) {
        children.push(this.element(depth + 1));
        this.space();
      }
    }
    if (this.#match(CLOSING)?.[1] !== name) throw new IcsError('ics-malformed');
    return { name, text, children };
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }
}
