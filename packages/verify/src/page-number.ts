/**
 * The number a case page shows, read as a browser would show it as far as that can be told without a browser: what
 * lies in comments, scripts and the like is not shown, and a number that is shown twice is not one number. What a
 * style sheet hides, or words further down claim, no reading of the source can tell.
 */

/** `marked`: the number with the checkpoint it names. `unmarked`: a number that names none. `none`: no number. */
export type PageNumber =
  | Readonly<{ is: 'marked'; shown: number; size: number; root: string }>
  | Readonly<{ is: 'unmarked'; shown: string }>
  | Readonly<{ is: 'none' }>
  | Readonly<{ is: 'malformed'; why: string }>;

/** Never rendered as text of the page. One pass, so that none of them can hide the end of another. */
const UNSEEN =
  /<!--(?:-?>|[\s\S]*?(?:--!?>|$))|<(script|style|template|noscript|textarea|title|iframe|svg|object|select|datalist)\b[^>]{0,1000}>[\s\S]*?(?:<\/\1\s*>|$)/gi;

const ROOT = /^[A-Za-z0-9+/]{43}=$/;
const HIDING = /\s(?:hidden|style|aria-hidden|popover|inert)\b/i;

/** A number as people write it; undefined for anything beside it. */
function numberIn(text: string): number | undefined {
  const digits = text.trim().replace(/,/g, '');
  return /^-?\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** What follows the start of each element of the count's class, up to the first end of an element. */
const countTexts = (html: string): readonly string[] =>
  [...html.matchAll(/\bcount-number(?![\w-])[^>]{0,1000}>([\s\S]{0,1000}?)(?:<\/|$)/g)].map(([, text = '']) =>
    text.replace(/<[^>]{0,1000}>/g, '').trim(),
  );

/** Reads the page of one case. Never throws; time grows with the length of the page. */
export function readPageNumber(bytes: Uint8Array, caseNumber: string): PageNumber {
  const html = new TextDecoder().decode(bytes).replace(UNSEEN, ' ');
  const counts = countTexts(html);
  const marks = html.match(/\bdata-count\b/gi)?.length ?? 0;
  if (marks === 0) {
    const claimed = counts.find((text) => /\p{Nd}/u.test(text));
    return claimed === undefined ? { is: 'none' } : { is: 'unmarked', shown: claimed.slice(0, 40) };
  }
  if (marks > 1 || counts.length > 1) return { is: 'malformed', why: 'more than one count' };
  const found = new RegExp(
    `<(\\w{1,20})((?:\\s[^<>]*)?\\sdata-count="${caseNumber}"[^<>]*)>([^<]*)</\\1\\s*>`,
  ).exec(html);
  if (found === null) return { is: 'malformed', why: 'data-count' };
  const [, , attributes = '', text = ''] = found;
  const value = (name: string): string | undefined =>
    new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1];
  const [size, root, shown] = [value('data-size'), value('data-root'), numberIn(text)];
  if (size === undefined && root === undefined) return { is: 'unmarked', shown: text.trim().slice(0, 40) };
  if (HIDING.test(attributes)) return { is: 'malformed', why: 'hidden count' };
  if (!/^\d{1,15}$/.test(size ?? '') || root === undefined || !ROOT.test(root) || shown === undefined)
    return { is: 'malformed', why: 'data-count' };
  return { is: 'marked', shown, size: Number(size), root };
}
