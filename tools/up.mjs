#!/usr/bin/env node
// The one way in: `npm start`, `npm test`, `npm run build`, `npm run bench` all come here, on whatever Node
// (18 or newer) the machine has. It installs what the lock names, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = 'help', ...rest] = process.argv.slice(2);
const targets = {
  start: ['dist/lianshu.js', 'demo'],
  test: ['tools/test.mjs'],
  build: [],
  bench: ['tools/bench.mjs'],
  campaign: ['tools/campaign.mjs'],
};

const HELP = `連署 Lianshu

  npm start            install, build, start everything with example cases, and say what to open
  npm start -- --help  its options (port, data folder, a fresh start)
  npm test             install and run every check, with a real database and a real browser
  npm test -- --help   run only some of them
  npm run bench        the benchmarks, as ratios of one run
  npm run campaign     kill, fill, stop and turn back everything under load, a thousand times
  npm run build        only build

Needs Node 18 or newer and npm; everything else comes from the lock file.`;

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

function install() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, 'node_modules', '.lianshu-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.log('安裝相依套件… Installing dependencies (about half a minute)…');
  const npm = process.env.npm_execpath;
  const [file, args] = npm?.endsWith('.js')
    ? [process.execPath, [npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error']]
    : ['npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']];
  const done = spawnSync(file, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && file === 'npm',
  });
  if (done.status !== 0) fail('npm ci failed; its message is above. Nothing was started.');
  writeFileSync(stamp, hash);
}

/** Linux brings its Node from npm; elsewhere the machine's own must be new enough. */
function pinnedNode() {
  const bundled = join(root, 'node_modules', '.bin', 'node');
  if (process.platform === 'linux' && existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(`On ${process.platform} please install Node 24 or newer (this is ${process.version}).`);
}

if (!(command in targets)) {
  console.log(HELP);
  process.exit(command === 'help' || command === '--help' ? 0 : 2);
}

install();
const node = pinnedNode();
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}` };

const built = spawnSync(node, [join(root, 'tools/build.mjs')], { cwd: root, stdio: 'inherit', env });
if (built.status !== 0) fail('The build failed; its message is above.');

const [entry, ...args] = targets[command];
if (entry) {
  const child = spawn(node, ['--enable-source-maps', join(root, entry), ...args, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  // A terminal sends Ctrl-C to the whole group; a supervisor only to us.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => {});
  child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)));
}
