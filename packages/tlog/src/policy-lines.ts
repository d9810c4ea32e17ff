/** A line that says something: its first item, and the others as text. `line` counts from 1. */
export type PolicyLine = Readonly<{ line: number; keyword: string; items: readonly string[] }>;

/** A line refused before its words are looked at. */
export type PolicyLineFault = Readonly<{ line: number; code: 'policy-octet' | 'policy-no-newline' }>;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * An item as text such that two items are equal exactly when their octets are: UTF-8 decoded, or, where it is
 * none, each high octet as U+DC00 + octet, which decoding never yields. No normalisation.
 */
function itemText(octets: string): string {
  try {
    return decoder.decode(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));
  } catch {
    return octets.replace(/[\x80-\xff]/g, (octet) => String.fromCharCode(0xdc00 + octet.charCodeAt(0)));
  }
}

/**
 * The lines of a policy file as octets (c2sp.org/tlog-policy): ended by newline, items parted by spaces and tabs
 * only; empty lines and those whose first item starts with `#` are left out, once their octets are allowed ones.
 */
export function* policyLines(bytes: Uint8Array): Generator<PolicyLine | PolicyLineFault> {
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    const octets = Array.from(bytes.subarray(start, end), (octet) => String.fromCharCode(octet)).join('');
    start = end + 1;
    line += 1;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the format allows tab alone of these
    if (/[\x00-\x08\x0b-\x1f\x7f]/.test(octets)) {
      yield { line, code: 'policy-octet' };
      continue;
    }
    const [keyword, ...items] = octets.split(/[ \t]+/).filter((item) => item !== '');
    if (newline < 0) yield { line, code: 'policy-no-newline' };
    else if (keyword !== undefined && !keyword.startsWith('#')) {
      yield { line, keyword, items: items.map(itemText) };
    }
  }
}
