import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** The root of the checkout, with a slash at its end. */
export const ROOT: URL = new URL('../../', import.meta.url);

/** One file of the checkout: path from the root with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One import as written, and the file or package it means. */
export interface Import {
  readonly specifier: string;
  /** Path from the root for our own files, else the specifier as written. */
  readonly target: string;
  readonly kind: 'value' | 'type' | 'dynamic';
}

/** Every file below the named folders that ends in one of `extensions`, generated and installed ones excluded. */
export function readSources(folders: readonly string[], extensions: readonly string[]): SourceFile[] {
  const patterns = folders.flatMap((folder) => extensions.map((extension) => `${folder}/**/*.${extension}`));
  return globSync(patterns, {
    cwd: ROOT,
    exclude: (path) => /(^|[\\/])(node_modules|dist|test-artefacts)$/.test(String(path)),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(new URL(path, ROOT), 'utf8') }));
}

/** True for tests and what only tests use; the dependency rule does not bind them. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('test/') || /\/(test|testing|fixtures)\//.test(path);
}

/** The text without comments. Only comments that start a line or follow a space: `'a//b'` and `'src/*'` stay. */
export function withoutComments(text: string): string {
  return text
    .replace(/^[ \t]*\{?\/\*[\s\S]*?\*\/\}?/gm, '')
    .replace(/(^|[ \t])\/\/.*$/gm, '')
    .replace(/[ \t]\/\*[^*\n]*\*\//g, '');
}

const STATIC = /^[ \t]*(import|export)(\s+type)?\b(?!\s*\()[^'"`;=]*?\bfrom\s*(['"])([^'"\n]+)\3/gm;
const BARE = /^[ \t]*import\s*(['"])([^'"\n]+)\1/gm;
const DYNAMIC = /\bimport\(\s*(['"`])([^'"`\n]+)\1/g;

/** All imports and re-exports of a file. A regular expression is enough: Biome keeps their shape. */
export function importsOf(file: SourceFile): Import[] {
  const text = withoutComments(file.text);
  const found: Import[] = [];
  const add = (specifier: string, kind: Import['kind']) => {
    const isRelative = specifier.startsWith('.');
    const target = isRelative ? posix.join(posix.dirname(file.path), specifier) : specifier;
    found.push({ specifier, target, kind });
  };
  for (const match of text.matchAll(STATIC)) add(match[4] ?? '', match[2] ? 'type' : 'value');
  for (const match of text.matchAll(BARE)) add(match[2] ?? '', 'value');
  for (const match of text.matchAll(DYNAMIC)) add(match[2] ?? '', 'dynamic');
  return found;
}
