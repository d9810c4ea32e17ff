// `npm run bench [-- name …]`: the benchmarks under bench/, one after another, each bounded in time.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const BENCHES = ['case-page', 'law', 'pki', 'receipt', 'record', 'signing', 'verify'];
const args = process.argv.slice(2);
// Names first, then options: they are of the one benchmark named.
const options = args.slice(args.findIndex((arg) => arg.startsWith('-')) >>> 0);
const asked = args.slice(0, args.length - options.length);

if (asked.some((name) => !BENCHES.includes(name)) || (options.length > 0 && asked.length !== 1)) {
  console.log('npm run bench [-- name …]\nnpm run bench -- name --options\n');
  for (const name of BENCHES) {
    const text = readFileSync(join(root, 'bench', `${name}.ts`), 'utf8');
    const about =
      /\/\*\*([\s\S]*?)\*\//
        .exec(text)?.[1]
        ?.replace(/\s*\n \*\s*/g, ' ')
        .trim() ?? '';
    console.log(`  ${name.padEnd(11)}${about.split(/[.:;] /)[0]}`);
  }
  process.exit(options.some((name) => name === '--help' || name === '-h') ? 0 : 2);
}

let failed = false;
for (const name of asked.length > 0 ? asked : BENCHES) {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  const { status } = spawnSync(process.execPath, [join(root, 'bench', `${name}.ts`), ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
