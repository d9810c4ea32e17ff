import { formatVerifierKey, type VerifierKey } from '@lianshu/tlog';
import type { WatchedLog, Witness } from './witness.ts';

/** What the front page says beside the state: who runs this witness, in their own words, and with which keys. */
export type About = Readonly<{
  operator?: string;
  keys: readonly VerifierKey[];
  logs: readonly WatchedLog[];
}>;

function logLines(witness: Witness, { origin }: WatchedLog): string {
  const record = witness.newest(origin);
  const zh = record === undefined ? '尚未副署' : `件數 ${record.head.size}`;
  const en = record === undefined ? 'nothing cosigned yet' : `size ${record.head.size}`;
  const time = record === undefined ? '' : `\n    ${new Date(record.time * 1000).toISOString()}`;
  return `  ${origin}\n    ${zh} · ${en}${time}\n`;
}

/** The page at `/`: plain text for people, in both languages. Programs ask for checkpoints instead. */
export function aboutPage(witness: Witness, { operator, keys, logs }: About): string {
  const halted =
    witness.halted === undefined
      ? ''
      : `\n!! 已停止副署，請勿再信任後續簽章：${witness.halted}\n!! This witness has stopped signing: ${witness.halted}\n`;
  return `${keys[0]?.name ?? ''}
${operator === undefined ? '' : `${operator}\n`}
見證人：只替「只增不改」的日誌副署。每次都檢查新的狀態是否包含先前副署過的全部內容，並記在磁碟上之後才簽名。
副署只表示紀錄沒有被改寫或分岔，不表示內容為真。
A witness: it cosigns logs that only ever grew. It checks that each new state contains all it cosigned before,
and stores that it did so before it signs. A cosignature says that the record was not rewritten or forked; it
does not say that what is recorded is true.
${halted}
公開金鑰 Verifier keys
${keys.map((key) => `  ${formatVerifierKey(key)}\n`).join('')}
見證的日誌，與最近一次副署（UTC） Logs watched, and the last cosignature (UTC)
${logs.map((log) => logLines(witness, log)).join('')}
POST /add-checkpoint · GET /<sha256(origin)>/checkpoint · c2sp.org/tlog-witness
`;
}
