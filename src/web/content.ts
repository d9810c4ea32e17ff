import { readFileSync } from 'node:fs';
import type { Localised } from './language.ts';

/** The long texts of `content/`, by the last part of their address. */
export type ContentSlug = 'how-it-works' | 'break-it' | 'privacy' | 'accessibility' | 'source';

/** All slugs, in the order of the footer. */
export const contentSlugs: readonly ContentSlug[] = [
  'how-it-works',
  'break-it',
  'privacy',
  'accessibility',
  'source',
];

/**
 * Reads every text in both languages once, at start. Requires `directory` to be the URL of `content/` with a
 * trailing slash; a missing file is a fault, so that no language can be forgotten.
 */
export const loadContent = (directory: URL): Readonly<Record<ContentSlug, Localised>> => {
  const read = (slug: ContentSlug): Localised => ({
    'zh-Hant-TW': readFileSync(new URL(`zh-Hant-TW/${slug}.md`, directory), 'utf8'),
    en: readFileSync(new URL(`en/${slug}.md`, directory), 'utf8'),
  });
  return {
    'how-it-works': read('how-it-works'),
    'break-it': read('break-it'),
    privacy: read('privacy'),
    accessibility: read('accessibility'),
    source: read('source'),
  };
};
