// Bundles the server, the pages' scripts and style, and the one-file verifier into dist/. Under a second.
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Built beside and swapped in whole: a running program or test never meets half a build. */
const finished = join(root, 'dist');
const dist = join(root, '.lianshu', `build-${process.pid}`);
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const external = [...Object.keys(dependencies), ...Object.keys(devDependencies)].flatMap((name) => [
  name,
  `${name}/*`,
]);

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'assets'), { recursive: true });

/** Workspace packages are bundled; packages from npm stay where npm verified them. */
await build({
  absWorkingDir: root,
  entryPoints: {
    lianshu: 'src/main.ts',
    'sealer-worker': 'src/sealer/sealer-worker.ts',
  },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  sourcemap: 'linked',
  chunkNames: 'chunks/[name]-[hash]',
  external,
  logLevel: 'warning',
});

const manifest = {};
function addAsset(name, bytes, extension) {
  const digest = createHash('sha384').update(bytes).digest('base64');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const file = `${name}-${hash}.${extension}`;
  writeFileSync(join(dist, 'assets', file), bytes);
  manifest[`${name}.${extension}`] = { file, integrity: `sha384-${digest}`, bytes: bytes.length };
}

for (const entry of globSync('src/**/{*-page.island,*.browser}.ts', { cwd: root })) {
  const out = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: entry.endsWith('.island.ts') ? 'es2017' : 'es2022',
    logLevel: 'warning',
  });
  addAsset(basename(entry).replace(/\.(island|browser)\.ts$/, ''), out.outputFiles[0].contents, 'js');
}

for (const [name, entry] of [
  ['site', 'src/web/site.css'],
  ['office', 'src/officers/office.css'],
  ['workspace', 'src/serve-workspace.css'],
]) {
  const css = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'warning',
  });
  addAsset(name, css.outputFiles[0].contents, 'css');
}

const { buildVerifierPage } = await import('../packages/verify/build.ts');
writeFileSync(join(dist, 'lianshu-verify.html'), await buildVerifierPage());
const { buildOpenCommand } = await import('../packages/seal/build.ts');
writeFileSync(join(dist, 'lianshu-open.mjs'), await buildOpenCommand(), { mode: 0o755 });
const { buildWitnessCommand } = await import('../packages/witness/build.ts');
writeFileSync(join(dist, 'lianshu-witness.mjs'), await buildWitnessCommand(), { mode: 0o755 });

writeFileSync(join(dist, 'assets', 'manifest.json'), JSON.stringify(manifest, null, 2));
rmSync(finished, { recursive: true, force: true });
renameSync(dist, finished);
