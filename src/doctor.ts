import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseVerifierKeys, type VerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import {
  diskFinding,
  type HouseFinding,
  houseOfDatabase,
  journalClockFindings,
  keyFileFindings,
} from './doctor-house.ts';
import { HOUSE_TEXTS, type HouseCode } from './doctor-messages.ts';
import { publishedOrigin, withDemonstration } from './left-by-demo.ts';
import { operatorKeyStore } from './operator-keys.ts';
import { type Config, ConfigFault } from './platform/config.ts';
import { KeyFault } from './platform/key-file.ts';
import { systemClock } from './platform/time.ts';
import {
  type AskedWitnesses,
  askWitnessByHttp,
  type Explanation,
  explain,
  type Finding,
  logSigners,
  lookAtRecord,
  readWitnessPolicy,
  reportOf,
  type Severity,
  worst,
} from './record/index.ts';

/** `lianshu doctor`: everything a start compares, and the house around it. Starts nothing, writes nothing. */

export const DOCTOR_HELP = `lianshu doctor [--deep] [--json]

  比對資料庫、檢查點日記簿、公開檔案與每一個見證人；不啟動、不寫入、不修補，服務執行中也可以用。
  Compares database, checkpoint journal, public files and every witness. Starts nothing, writes nothing,
  mends nothing; may run beside the service.

  --deep   由每一件重算所有雜湊磚、計數與公開檔案 recompute every tile, count and public file from the entries
  --json   給程式讀的結果 one JSON document on standard output

Exit codes: 0 healthy 健全 · 1 fault 無法檢查 · 3 a start would be refused 會拒絕啟動 · 4 it would be read-only 會唯讀`;

const EXIT: Readonly<Record<Severity, number>> = { ok: 0, warn: 0, 'read-only': 4, refuse: 3 };

const VERDICT: Readonly<Record<Severity, string>> = {
  ok: '健全：可以啟動。 Healthy: a start would pass.',
  warn: '可以啟動，但有需要留意的事。 A start would pass; something should be looked at.',
  'read-only':
    '會先唯讀，直到達到見證法定人數。 A start would be read-only until the witnesses’ quorum answers.',
  refuse: '會拒絕啟動。沒有任何東西被更動。 A start would be refused. Nothing was changed.',
};

type AnyFinding = Finding | HouseFinding;

/** What the command needs beside its arguments. */
export type DoctorDeps = Readonly<{
  config: Config;
  connectionString: string;
  out: (text: string) => void;
  /** For what cannot be looked at; standard error. */
  say: (line: string) => void;
  /** Progress of the deep check; standard error, if that is a terminal. */
  progress: (done: number, total: number) => void;
  /** A demonstration's database was started for this; its witnesses were not. */
  isDemoStopped?: boolean;
}>;

const DEMO_STOPPED =
  '示範沒有在執行：只為這次檢查啟動了它的資料庫，見證人不會回答。\nThe demonstration is not running: its database was started for this look only, and its witnesses do not answer.\n';

/** Runs the command and returns its exit code; 1 where something cannot be looked at, which is said. */
export async function runDoctor(args: readonly string[], deps: DoctorDeps): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { deep: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  const findings = await examine(deps, values.deep === true).catch((error: unknown) => {
    deps.say(`無法檢查 cannot look: ${error instanceof Error ? error.message || error.name : 'fault'}`);
    deps.say(
      '資料庫要先在執行，LIANSHU_DATA 要指向它的資料夾。 The database must be running, and LIANSHU_DATA must name its folder.',
    );
    return undefined;
  });
  if (findings === undefined) return 1;
  const severity = worst(findings);
  const exit = EXIT[severity];
  if (values.json) {
    const told = findings.map((finding) => ({ ...finding, ...explanationOf(finding) }));
    const document = { v: 1, verdict: severity, exit, deep: values.deep === true, findings: told };
    deps.out(`${JSON.stringify(document, null, 2)}\n`);
    return exit;
  }
  const report = reportOf(findings.map((finding) => [finding, explanationOf(finding)]));
  const note = deps.isDemoStopped === true ? `\n${DEMO_STOPPED}` : '';
  deps.out(`${report}\n${note}\n${VERDICT[severity]}\n`);
  return exit;
}

async function examine(deps: DoctorDeps, isDeep: boolean): Promise<readonly AnyFinding[]> {
  const { connectionString, progress } = deps;
  const config = withDemonstration(deps.config);
  const { dataDirectory, projectRoot } = config;
  const journalFile = join(dataDirectory, 'checkpoint-journal');
  const publicDirectory = join(dataDirectory, 'public', 'log');
  const origin = config.logOrigin ?? publishedOrigin(dataDirectory);
  if (origin === undefined)
    throw new ConfigFault('請設定 LIANSHU_LOG_ORIGIN。LIANSHU_LOG_ORIGIN must be set for this.');
  const nowMs = systemClock.nowMs();
  const house: HouseFinding[] = [
    ...keyFindings(config),
    diskFinding(dataDirectory),
    ...journalClockFindings(journalFile, nowMs),
  ];
  const keys = logKeys(config, origin, publicDirectory, house);
  const seen = await lookAtRecord({
    connection: { connectionString },
    origin,
    keys,
    journalFile,
    publicDirectory,
    adoptWithoutJournal: config.mayAdoptLog,
    witnessing: witnessesOf(config, keys, house),
    nowMs,
    onProgress: isDeep ? progress : undefined,
  });
  return [...house, ...houseOfDatabase(seen, join(projectRoot, 'migrations')), ...seen.findings];
}

const keyFindings = ({ dataDirectory }: Config): readonly HouseFinding[] => {
  const folder = join(dataDirectory, 'keys');
  if (existsSync(folder)) return keyFileFindings(folder);
  return [{ code: 'keys-missing', severity: 'refuse', where: folder }];
};

/** The log's public keys; where the private ones cannot be used, those that are published. */
function logKeys(
  config: Config,
  origin: string,
  publicDirectory: string,
  house: HouseFinding[],
): readonly VerifierKey[] {
  try {
    return logSigners(operatorKeyStore(config), origin, systemClock).map(({ key }) => key);
  } catch (error) {
    if (!(error instanceof KeyFault)) throw error;
    const facts = { cause: error.message };
    house.push({ code: 'log-keys-unusable', severity: 'refuse', where: 'keys/log', facts });
    const file = join(publicDirectory, 'key');
    return existsSync(file) ? parseVerifierKeys(sha256, readFileSync(file, 'utf8')).keys : [];
  }
}

function witnessesOf(config: Config, keys: readonly VerifierKey[], house: HouseFinding[]): AskedWitnesses {
  const mayRunWithout = config.mayRunWithoutWitnesses;
  const none: AskedWitnesses = { policy: undefined, mayRunWithout };
  if (config.witnessPolicy === undefined) return none;
  try {
    return { policy: readWitnessPolicy(config.witnessPolicy, keys), ask: askWitnessByHttp, mayRunWithout };
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    const facts = { cause: error.message };
    house.push({ code: 'policy-unusable', severity: 'refuse', where: config.witnessPolicy, facts });
    return none;
  }
}

const isHouse = (finding: AnyFinding): finding is HouseFinding => finding.code in HOUSE_TEXTS;

function explanationOf(finding: AnyFinding): Explanation {
  return isHouse(finding) ? explain<HouseCode>(finding, HOUSE_TEXTS) : explain(finding);
}

/** A bar on a terminal, redrawn in place; a line for each tenth elsewhere. */
export function progressBar(
  stream: Readonly<{ isTTY?: boolean; write(text: string): unknown }>,
): (done: number, total: number) => void {
  let told = -1;
  return (done, total) => {
    const percent = Math.floor((done / Math.max(total, 1)) * 100);
    const step = stream.isTTY ? percent : Math.floor(percent / 10) * 10;
    if (step === told) return;
    told = step;
    const figures = `${step} % ${done.toLocaleString('en')} / ${total.toLocaleString('en')}`;
    if (!stream.isTTY) stream.write(`逐件重算 recomputing ${figures}\n`);
    else {
      const filled = Math.floor(step / 5);
      const end = done >= total ? '\n' : '';
      stream.write(`\r[${'█'.repeat(filled)}${'·'.repeat(20 - filled)}] ${figures}${end}`);
    }
  };
}
