// `npm run campaign [-- options]`: bundles test/campaign/main.ts, which says what the options are, and runs it.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, '.lianshu', `campaign-main-${process.pid}`);
/** Workspace packages are bundled, their sources being TypeScript; packages from npm are not. */
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const external = [...Object.keys(dependencies), ...Object.keys(devDependencies)].flatMap((name) => [
  name,
  `${name}/*`,
]);

await build({
  absWorkingDir: root,
  entryPoints: ['test/campaign/main.ts'],
  outfile: join(folder, 'main.mjs'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  external,
  logLevel: 'warning',
});
const child = spawn(process.execPath, [join(folder, 'main.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// The campaign ends in order by itself: it has processes to stop and disks to unmount.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (status) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(status ?? 1);
});
