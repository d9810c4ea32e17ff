import type { Localised } from './sentences.ts';

/** The element with this id. Throws when the template lacks it: the page is then no page. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`page without #${id}`);
  return found;
}

export function make(tag: string, className: string, ...children: readonly (Node | string)[]): HTMLElement {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

/** A text of the page, Chinese first. */
export const text = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

/** Both languages; the style sheet shows the one in which the page is, so neither needs a `lang` of its own. */
export function both(tag: string, words: Localised, className = ''): HTMLElement {
  return make(tag, className, make('l-zh', '', words['zh-Hant-TW']), make('l-en', '', words.en));
}

/** Terms and what they stand for, as a description list; empty values are left out. */
export function factList(facts: readonly (readonly [Localised, string])[]): readonly HTMLElement[] {
  const shown = facts.filter(([, value]) => value !== '');
  const rows = shown.flatMap(([term, value]) => [both('dt', term), make('dd', '', value)]);
  return rows.length === 0 ? [] : [make('dl', '', ...rows)];
}

/** Says something in a status line; nothing hides it. */
export function say(line: HTMLElement, words?: Localised): void {
  line.hidden = words === undefined;
  line.replaceChildren(...(words === undefined ? [] : [both('span', words)]));
}

/** Offers bytes as a file to save, exactly as they are. */
export function saveFile(name: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
