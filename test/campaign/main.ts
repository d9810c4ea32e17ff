/** `npm run campaign`: the long form. Bundled and started by tools/campaign.mjs. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CampaignTotals, possibleKinds, runCampaign } from './campaign.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';
import { prepareGround } from './ground.ts';
import { reportOf } from './report.ts';

const HELP = `npm run campaign -- [options]    the crash campaign

  --rounds N       rounds, 1,000 unless told; a round takes about two seconds
  --seed S         plan of an earlier campaign; its times still differ
  --minutes M      begin no further round after M minutes
  --kind NAME      only this fault; may be repeated
  --report FILE    write the report in Markdown
  --envelopes N    signatures prepared before the first round, 160 unless told

Faults: ${FAULT_KINDS.join(' · ')}

Exit codes: 0 nothing found · 1 something found, its files are kept · 2 usage`;

const parsed = (() => {
  try {
    return parseArgs({
      options: {
        rounds: { type: 'string', default: '1000' },
        seed: { type: 'string', default: randomBytes(4).toString('hex') },
        minutes: { type: 'string', default: '600' },
        kind: { type: 'string', multiple: true, default: [] },
        report: { type: 'string' },
        envelopes: { type: 'string', default: '160' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
})();
if (typeof parsed === 'string' || parsed.help) {
  console.log(typeof parsed === 'string' ? `${parsed}\n\n${HELP}` : HELP);
  process.exit(typeof parsed === 'string' ? 2 : 0);
}
const { seed } = parsed;
const isKind = (name: string): name is FaultKind => FAULT_KINDS.some((kind) => kind === name);
const [rounds, minutes, envelopes] = [parsed.rounds, parsed.minutes, parsed.envelopes].map(Number);
if (!rounds || !minutes || !envelopes || envelopes < 84 || !parsed.kind.every(isKind)) {
  console.log(`Rounds and minutes are numbers, envelopes at least 84, a kind is one of the list.\n\n${HELP}`);
  process.exit(2);
}
const kinds = parsed.kind.filter(isKind);

console.log(`seed ${seed} · preparing ${envelopes} signatures and a database…`);
const ground = await prepareGround(envelopes);
const evidence = resolve('.lianshu', 'campaign-evidence');
// A campaign that is itself broken still stops its server and unmounts its disks.
process.on('uncaughtException', (error) => {
  console.error(error);
  ground.close().finally(() => process.exit(1));
});
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopping = true;
    console.log('\nending after this world…');
  });
if (ground.disks === undefined)
  console.warn('!!! SKIPPED: this machine lets us mount no small disk; no disk will be filled !!!');

const began = performance.now();
let bad = 0;
let totals: CampaignTotals;
try {
  totals = await runCampaign({
    ground,
    seed,
    rounds,
    mostMs: minutes * 60_000,
    evidence,
    kinds: kinds.length > 0 ? kinds : possibleKinds(ground),
    shouldStop: () => stopping,
    onRound: (n, faults, { findings, ms }) => {
      const perRound = (performance.now() - began) / n / 1000;
      if (findings.length > 0) bad += 1;
      for (const finding of findings) console.log(`FOUND in round ${n} (${faults.join(', ')}): ${finding}`);
      if (process.stdout.isTTY || n % 25 === 0 || findings.length > 0)
        console.log(
          `round ${n}/${rounds} · ${perRound.toFixed(1)} s each · this one ${(ms / 1000).toFixed(1)} s · ${bad} bad`,
        );
    },
  });
} finally {
  await ground.close();
}
const seconds = (performance.now() - began) / 1000;
const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
const commit = (() => {
  try {
    return git('rev-parse', 'HEAD');
  } catch {
    return 'unknown';
  }
})();
const report = reportOf({ totals, seed, asked: rounds, seconds, commit, arguments: process.argv.slice(2) });
if (parsed.report !== undefined) {
  mkdirSync(dirname(resolve(parsed.report)), { recursive: true });
  writeFileSync(parsed.report, report);
}
console.log(`\n${report}`);
if (totals.badRounds > 0) console.log(`The files of bad rounds: ${join(evidence, `${seed}-*`)}`);
process.exit(totals.badRounds > 0 ? 1 : 0);
