import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withDemonstration } from './left-by-demo.ts';
import { openOperatorKeys, operatorKeyStore } from './operator-keys.ts';
import { type KeyStoreAddress, parseKeyStoreAddress } from './platform/address-syntax.ts';
import { type Config, ConfigFault } from './platform/config.ts';
import { openDatabase } from './platform/db/index.ts';
import { KeyFault } from './platform/key-file.ts';
import { createFileKeys, fileKeyStore } from './platform/key-store-file.ts';
import { systemClock } from './platform/time.ts';
import {
  askWitnessByHttp,
  confirmationOf,
  logSigners,
  publishRotation,
  RecordFault,
  type RotationPlan,
  readWitnessPolicy,
  rotateLog,
  sequencerRuns,
} from './record/index.ts';

/** `lianshu rotate-log`: the log goes on under another name and other keys. */
const HELP = `lianshu rotate-log --to NEW-ORIGIN --new-keys STORE   公卷更名換鑰  another name and other keys for the log

  --to NAME          the new name, for example lianshu.example/log-2          新名稱
  --new-keys STORE   file:DIR or pkcs11:module=/PATH.so;token=LABEL[;files=DIR]  新金鑰所在
  --new-pin-file F   the new token's PIN, mode 0600                           新權杖的 PIN 檔
  --make-keys        make the new keys in file:DIR first; complete ones there   先產生新金鑰；
                     already are used as they are                             已有完整的就沿用
  --stolen           the old key is in other hands: the record says so, and   舊金鑰已外洩
                     the old witnesses need not agree
  --confirm CODE     carry out the plan that was shown with this code         確認並執行

先停止排序程序。沒有 --confirm 時公卷不變，只顯示計畫與代碼（--make-keys 會寫入新金鑰檔）；可以重複執行。
Stop the sequencer first. Without --confirm the log does not change: the plan and its code are shown (--make-keys
writes the new key files). LIANSHU_LOG_ORIGIN, LIANSHU_KEY_STORE and LIANSHU_WITNESS_POLICY are still the old ones; a
demonstration's folder tells them. Safe to repeat, also after a crash.

示範停止時見證人也停止：不加 --stolen 就未達法定人數，不會更名。
A stopped demonstration has no witnesses either: without --stolen the quorum is missing, and it is not renamed.`;

interface Asked {
  readonly to: string;
  readonly newKeys: string;
  readonly newPinFile: string | undefined;
  readonly makeKeys: boolean;
  readonly isStolen: boolean;
  readonly confirm: string | undefined;
}

function read(args: readonly string[]): Asked | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      to: { type: 'string' },
      'new-keys': { type: 'string' },
      'new-pin-file': { type: 'string' },
      'make-keys': { type: 'boolean' },
      stolen: { type: 'boolean' },
      confirm: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const { to, 'new-keys': newKeys } = values;
  if (to === undefined || !/^[a-z0-9.-]+(\/[a-z0-9.-]+)*$/.test(to))
    throw new ConfigFault('--to NAME is needed: lower-case letters, digits, . - and /');
  if (newKeys === undefined) throw new ConfigFault('--new-keys STORE is needed');
  return {
    to,
    newKeys,
    newPinFile: values['new-pin-file'],
    makeKeys: values['make-keys'] === true,
    isStolen: values.stolen === true,
    confirm: values.confirm,
  };
}

function planText(plan: RotationPlan): string {
  const theft = plan.isStolen
    ? '\n  ⚠ 記為舊金鑰外洩：舊簽章從此不證明任何事。Recorded as stolen: what the old key signs proves nothing any more.'
    : '';
  return `將要更名換鑰，尚未變更任何資料。The plan; nothing has been changed.

  舊名稱 from     ${plan.from}
  新名稱 to       ${plan.to}
  件數 entries    ${plan.size}（之後再加兩件 two more will follow）
  根 root         ${plan.root}
  新公鑰 new keys
${plan.newKeys.map((key) => `    ${key.length > 100 ? `${key.slice(0, 97)}…` : key}`).join('\n')}${theft}

兩人各自唸出代碼，相符才執行。Two people read the code aloud; if it is the same:
  --confirm ${confirmationOf(plan)}`;
}

/** Makes the keys, or finds those of an earlier call; tells which. A half of a pair is left to the operator. */
function makeKeys(address: KeyStoreAddress): string {
  if (address.kind !== 'file')
    throw new ConfigFault(
      '--make-keys 只能在 file:DIR 產生金鑰；權杖內請用它自己的工具。It makes keys in file:DIR only; use a token’s own tools.',
    );
  const { directory } = address;
  const folder = join(directory, 'log');
  if (existsSync(folder) && readdirSync(folder).length > 0)
    try {
      fileKeyStore(directory).keys('log');
      return `沿用已在那裡的新金鑰 Using the new keys already in ${directory}`;
    } catch (error) {
      if (!(error instanceof KeyFault)) throw error;
      throw new KeyFault(
        error.code,
        `${folder} 裡的金鑰不完整或不能用：請移走它，或另選 --new-keys 資料夾，再執行一次。\nThe keys there are incomplete or unusable: move the folder away, or choose another with --new-keys, and run this again.\n  ${error.message}`,
      );
    }
  createFileKeys(directory, 'log');
  return `已產生新金鑰 Made new keys in ${directory}`;
}

/** Runs the command. @throws {ConfigFault | KeyFault | RecordFault} */
export async function runRotateLog(
  told: Config,
  withDatabase: (use: (connectionString: string) => Promise<void>) => Promise<void>,
  args: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const asked = read(args);
  if (asked === 'help') return say(HELP);
  const config = withDemonstration(told);
  await withDatabase((connectionString) => rotate(config, asked, connectionString, say));
}

async function rotate(
  config: Config,
  asked: Asked,
  connectionString: string,
  say: (line: string) => void,
): Promise<void> {
  const origin = config.logOrigin;
  if (origin === undefined)
    throw new ConfigFault(
      '請設定 LIANSHU_LOG_ORIGIN：公卷目前的（舊）名稱。LIANSHU_LOG_ORIGIN must be set: the log’s old name.',
    );
  const address = parseKeyStoreAddress(asked.newKeys);
  if (typeof address === 'string') throw new ConfigFault(`--new-keys: ${address}`);
  // Keys of a rotation that cannot be are keys somebody has to keep for nothing.
  if (await sequencerRuns({ connectionString }))
    throw new RecordFault(
      'another-sequencer',
      '排序程序正在執行：請先停止它（示範請按 Ctrl-C），再執行一次；沒有任何變更。\nA sequencer is running: stop it first (a demonstration: Ctrl-C), then run this again. Nothing was changed.',
    );
  if (asked.makeKeys) say(makeKeys(address));
  const clock = systemClock;
  const old = { origin, signers: logSigners(operatorKeyStore(config), origin, clock) };
  const newStore = openOperatorKeys(address, asked.newPinFile);
  const next = { origin: asked.to, signers: logSigners(newStore, asked.to, clock) };
  const witnesses =
    config.witnessPolicy === undefined
      ? undefined
      : readWitnessPolicy(
          config.witnessPolicy,
          old.signers.map(({ key }) => key),
        );
  const publicDirectory = join(config.dataDirectory, 'public', 'log');
  const witnessedFile = join(publicDirectory, 'witnessed-checkpoint');
  const result = await rotateLog(
    {
      connection: { connectionString },
      clock,
      old,
      next,
      isStolen: asked.isStolen,
      journalFile: join(config.dataDirectory, 'checkpoint-journal'),
      publicDirectory,
      witnessing:
        witnesses === undefined
          ? { policy: undefined, mayRunWithout: config.mayRunWithoutWitnesses }
          : { policy: witnesses, ask: askWitnessByHttp, mayRunWithout: config.mayRunWithoutWitnesses },
      ...(existsSync(witnessedFile) ? { witnessed: readFileSync(witnessedFile, 'utf8') } : {}),
    },
    asked.confirm,
  );
  if (result.state === 'planned') return say(planText(result.plan));
  if (result.state === 'other-plan')
    throw new ConfigFault(
      `--confirm 與目前的計畫不符 does not belong to the plan as it is now:\n\n${planText(result.plan)}`,
    );
  const owner = openDatabase({ connectionString, applicationName: 'lianshu rotate-log', max: 2 });
  try {
    const { isWitnessed } = await publishRotation({
      db: owner.db,
      clock,
      directory: publicDirectory,
      witnesses,
    });
    say(doneText(asked, isWitnessed));
  } finally {
    await owner.close();
  }
}

const doneText = (
  asked: Asked,
  isWitnessed: boolean,
): string => `公卷已更名。The log goes on under its new name.
${isWitnessed ? '' : '\n  ⚠ 舊名稱的最後檢查點未達見證法定人數。The last old checkpoint did not reach its quorum of witnesses.\n'}
接著 Now:
  1. LIANSHU_LOG_ORIGIN=${asked.to}
     LIANSHU_KEY_STORE=${asked.newKeys}
  2. 見證政策改列新公鑰；請見證人加入新名稱 list the new keys in the witness policy; ask the witnesses to add the name
  3. 重新啟動封存程序與排序程序；有見證人時，這一次加上 LIANSHU_ADOPT_LOG=1
     restart the sealer, then the sequencer: with witnesses, this once with LIANSHU_ADOPT_LOG=1
  4. 公布新舊公鑰；舊金鑰依儀式銷毀 publish the keys of both names; destroy the old private key in a ceremony`;
