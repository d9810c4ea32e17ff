/** The words of a page as its reader meets them: which are of the other language, which are no words at all. */
import type { Page } from 'playwright-core';
import type { Language } from './visit.ts';

/** A piece of text that no child of the page marks as another language than the page's own. */
interface Said {
  readonly text: string;
  /** The elements around it, so that a failing test says where. */
  readonly at: string;
}

/** Everything the page says in its own language: text, and the attributes that are read out. Typed text is not said by it. */
const saidOn = (page: Page, language: Language): Promise<readonly Said[]> =>
  page.evaluate((language) => {
    const said: { text: string; at: string }[] = [];
    const add = (element: Element | null, text: string | null): void => {
      if (element === null || !text?.trim()) return;
      if (element.closest('script, style, template, textarea, code, pre, kbd, samp')) return;
      if (element.closest('[lang]')?.getAttribute('lang') !== language) return;
      const at = `${element.parentElement?.localName ?? ''} > ${element.localName}.${element.className}`;
      said.push({ text: text.trim().replaceAll(/\s+/g, ' '), at });
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) add(texts.currentNode.parentElement, texts.currentNode.textContent);
    // An attribute and the title cannot mark a name in them as Chinese: with Chinese in them only sentences count.
    const addPlain = (element: Element, text: string | null): void => {
      const isChinese = /\p{Script=Han}/u.test(text ?? '');
      if ((isChinese ? /[，。；？！]/ : /[a-z] [a-z]+ [a-z]/).test(text ?? '')) add(element, text);
    };
    for (const element of document.body.querySelectorAll('*'))
      for (const name of ['title', 'aria-label', 'alt', 'placeholder'])
        addPlain(element, element.getAttribute(name));
    addPlain(document.documentElement, document.title);
    return said;
  }, language);

/** Five English words in a row are a sentence; fewer may be a name. */
const ENGLISH_SENTENCE = /[A-Za-z][a-z’']+(?:[ ,;:]+[A-Za-z][a-z’']+){4,}/;
/** A statutory term within English: in brackets beside its English word, or a word that is itself spoken of. */
const TERM = /[(（]\p{Script=Han}{2,9}[)）]|(?<=[A-Za-z] )\p{Script=Han}{1,4}(?=[ .,;])/gu;
const HAN = /\p{Script=Han}/u;

/** What stands on the page in the other language and is not marked as such (`lang`), each with its place. */
export async function otherLanguageOn(page: Page, language: Language): Promise<readonly string[]> {
  const other = language === 'en' ? HAN : ENGLISH_SENTENCE;
  return (await saidOn(page, language))
    .filter(({ text }) => other.test(text.replaceAll(TERM, '')))
    .map(({ text, at }) => `${at}: ${text}`);
}

/** Names that people write like this. */
const NAMES =
  /\b(?:eID|macOS|iPhone|iOS|MacBook|JavaScript|PostgreSQL|GitHub|YouTube|LinkedIn)\b|age-keygen|tlog-[a-z]+/g;
const ADDRESS = /(?:https?:\/\/)?[\w.-]+(?:@[\w.-]+|\.[a-z]{2,}(?:\/\S*)?)/g;
const NEVER = /\bundefined\b|\bNaN\b|\[object |\$\{|\{\{|\b[EIU]I?_[A-Z][A-Z_]+\b|\b[a-z]+(?:[A-Z][a-z]+)+\b/;
/** Between Chinese words a hyphenated lower-case word is a key that was not translated. */
const KEY = /(?<![\w.@/-])[a-z]{3,}(?:-[a-z]{2,})+(?![\w.@/-])/;
/** In English only those that are no English. */
const ENGLISH_KEYS =
  /\b(?:formal-check|initiative-filed|notice-to-collect|raw-count|check-re(?:quest|sult)|paper-proposers|proposal-(?:opened|closed)|signing-address|key-event|feature-switch|deemed-abandoned|not-established|hearing-(?:notified|held)|correction-ordered|found-conforming|opinion-re(?:quested|ceived)|notified-to-collect|indigenous-or-multiple)\b/;

/** Codes and keys that stand where words should, outside `<code>`. */
export async function rawCodesOn(page: Page, language: Language): Promise<readonly string[]> {
  const isCode = (text: string): boolean => {
    const words = text.replaceAll(ADDRESS, '').replaceAll(NAMES, '');
    return NEVER.test(words) || (language === 'en' ? ENGLISH_KEYS : KEY).test(words);
  };
  return (await saidOn(page, language))
    .filter(({ text }) => isCode(text))
    .map(({ text, at }) => `${at}: ${text}`);
}
