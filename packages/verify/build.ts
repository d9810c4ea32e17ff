import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const SCRIPT = new URL('./src/receipt-check.browser.ts', import.meta.url).pathname;
const STYLE = new URL('./src/receipt-check.css', import.meta.url).pathname;
const TEMPLATE = new URL('./src/receipt-check.html', import.meta.url);

const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

async function bundledScript(): Promise<string> {
  const result = await build({
    entryPoints: [SCRIPT],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  });
  // A closing tag inside a string would end the script element.
  return (result.outputFiles[0]?.text ?? '').trim().replaceAll('</script', '<\\/script');
}

async function minifiedStyle(): Promise<string> {
  const result = await build({ entryPoints: [STYLE], minify: true, write: false, charset: 'utf8' });
  return (result.outputFiles[0]?.text ?? '').trim();
}

/**
 * Builds the one-file verifier page: HTML with its script and style inside, allowed by their hashes and nothing
 * else (`default-src 'none'`), so that it runs from disk without network. `keys` are the verifier keys to embed,
 * one a line; without them the reader pastes some. Deterministic for the same sources and keys.
 */
export async function buildVerifierPage(keys = ''): Promise<string> {
  const [template, script, style] = await Promise.all([
    readFile(TEMPLATE, 'utf8'),
    bundledScript(),
    minifiedStyle(),
  ]);
  const policy = [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const values: Readonly<Record<string, string>> = {
    '%CSP%': policy,
    '%KEYS%': escapeText(keys),
    '<!-- STYLE -->': `<style>${style}</style>`,
    '<!-- SCRIPT -->': `<script>${script}</script>`,
  };
  return template.replace(/%(?:CSP|KEYS)%|<!-- (?:STYLE|SCRIPT) -->/g, (mark) => values[mark] ?? '');
}
