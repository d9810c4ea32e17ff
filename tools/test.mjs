// Runs every check in order, cheapest first, and says loudly what it skipped. `npm test` ends here.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const artefacts = join(root, 'test-artefacts');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const isCi = Boolean(process.env.CI);

const STEPS = [
  {
    name: 'types',
    run: [
      ['tsc', '-p', '.'],
      ['tsc', '-p', 'tsconfig.browser.json'],
    ],
  },
  { name: 'style', run: [['biome', 'check', '--error-on-warnings', '.']] },
  { name: 'unused', run: [['knip', '--no-progress']] },
  { name: 'unit', suite: 'unit' },
  { name: 'conformance', suite: 'conformance' },
  { name: 'database', suite: 'db' },
  { name: 'journeys', suite: 'journeys', needsBrowser: true },
];

const HELP = `npm test -- [step …]

Steps: ${STEPS.map((step) => step.name).join(' · ')} (default: all, in this order)

  types        TypeScript, server and browser
  style        Biome
  unused       knip
  unit         pure tests, under ten seconds
  conformance  published vectors, openssl, pkijs
  database     HTTP, races, constraints and crashes on a real PostgreSQL
  journeys     people in a real Chromium

DATABASE_URL runs the database tests on that server instead of the embedded one.
CHROMIUM_PATH names the browser. Exit code 0: everything asked for passed.`;

const asked = process.argv.slice(2);
if (asked.includes('--help') || asked.includes('-h')) {
  console.log(HELP);
  process.exit(0);
}
const unknown = asked.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}.\n\n${HELP}`);
  process.exit(2);
}

/** `CHROMIUM_PATH`, then the system's, then Debian's package when we may install it. */
function findBrowser() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  const found = () => candidates.find((path) => path && existsSync(path));
  if (found()) return found();
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No Chromium found; installing the Debian package…');
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return found();
}

rmSync(artefacts, { recursive: true, force: true });
mkdirSync(artefacts, { recursive: true });
const totals = { passed: 0, failed: 0, skipped: 0 };
const skippedSteps = [];
const skippedTests = [];
const broken = [];

function runSuite(step) {
  const report = join(artefacts, `${step.suite}.json`);
  const args = [
    'run',
    '--project',
    step.suite,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { status } = spawnSync(bin('vitest'), args, { cwd: root, stdio: 'inherit', env: process.env });
  if (!existsSync(report)) return false;
  const result = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += result.numPassedTests;
  totals.failed += result.numFailedTests;
  totals.skipped += result.numPendingTests + (result.numTodoTests ?? 0);
  for (const file of result.testResults)
    for (const test of file.assertionResults)
      if (test.status === 'pending' || test.status === 'skipped' || test.status === 'todo')
        skippedTests.push(test.fullName);
  if (result.numTotalTests === 0) {
    console.error(`The step ${step.name} found no test.`);
    return false;
  }
  return status === 0;
}

for (const step of STEPS) {
  if (asked.length > 0 && !asked.includes(step.name)) continue;
  const started = Date.now();
  console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
  if (step.needsBrowser) {
    const browser = findBrowser();
    if (!browser) {
      skippedSteps.push(`${step.name}: no Chromium on this machine; set CHROMIUM_PATH`);
      continue;
    }
    process.env.CHROMIUM_PATH = browser;
  }
  const ok = step.suite
    ? runSuite(step)
    : step.run.every(
        ([name, ...args]) => spawnSync(bin(name), args, { cwd: root, stdio: 'inherit' }).status === 0,
      );
  if (!ok) broken.push(step.name);
  console.log(`   ${ok ? 'ok' : 'FAILED'} · ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

for (const name of skippedTests) console.warn(`SKIPPED TEST: ${name}`);
for (const reason of skippedSteps) console.warn(`\n!!! SKIPPED STEP: ${reason} !!!`);
if (broken.length > 0) console.error(`\nFailed: ${broken.join(', ')}`);
const refuseSkips = isCi && (skippedSteps.length > 0 || skippedTests.length > 0);
if (refuseSkips) console.error('\nIn continuous integration nothing may be skipped.');
console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(broken.length > 0 || refuseSkips ? 1 : 0);
