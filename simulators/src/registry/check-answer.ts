import { createHash, generateKeyPairSync } from 'node:crypto';
import { sealLetter } from '@lianshu/seal';
import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { type NoteSigner, signNote } from '@lianshu/tlog';
import { ed25519Signer } from '@lianshu/tlog/node';
import type { CheckRequest } from './check-request.ts';
import type { HouseholdRegister } from './household.ts';
import type { OpenedRow, Reason } from './judge-rows.ts';

/** How the service misbehaves. `silent`, `http-503` and `garbage` answer nothing of use to any request. */
export type RegistryFault =
  | 'none'
  | 'silent'
  | 'http-503'
  | 'garbage'
  | 'partial'
  | 'foreign-row'
  | 'wrong-signature'
  | 'unsigned'
  | 'wrong-sum'
  | 'wrong-rows'
  | 'other-batch'
  | 'unknown-reason'
  | 'paper-reason';

export const REGISTRY_FAULTS: readonly RegistryFault[] = [
  'none',
  'silent',
  'http-503',
  'garbage',
  'partial',
  'foreign-row',
  'wrong-signature',
  'unsigned',
  'wrong-sum',
  'wrong-rows',
  'other-batch',
  'unknown-reason',
  'paper-reason',
];

/** The statutory ground of each reason, 公民投票法 §10 VI. */
const GROUND: Readonly<Record<Reason, string>> = {
  AGE: 'not-qualified',
  RESIDENCE: 'not-qualified',
  GUARDIANSHIP: 'not-qualified',
  NOT_NATIONAL: 'not-qualified',
  DECEASED: 'not-qualified',
  NAME_OR_ID_ERROR: 'name-id-or-address',
  ADDRESS_ERROR: 'name-id-or-address',
  UNSIGNED: 'unsigned',
  FORGED: 'forged',
  DUPLICATE_SAME_MEDIUM: 'duplicate',
  DUPLICATE_PAPER_VS_E: 'duplicate',
  BARRED_PROPOSER: 'barred-proposer',
};

const WORDS: Readonly<Record<Reason, string>> = {
  AGE: '未滿十八歲',
  RESIDENCE: '繼續居住未滿六個月',
  GUARDIANSHIP: '受監護宣告尚未撤銷',
  NOT_NATIONAL: '無戶籍或非中華民國國民',
  DECEASED: '已死亡',
  NAME_OR_ID_ERROR: '姓名或國民身分證統一編號書寫錯誤或不明',
  ADDRESS_ERROR: '戶籍地址書寫錯誤或不明',
  UNSIGNED: '未簽名或蓋章',
  FORGED: '有偽造情事',
  DUPLICATE_SAME_MEDIUM: '重複提案',
  DUPLICATE_PAPER_VS_E: '紙本與電子重複，以電子為準',
  BARRED_PROPOSER: '視為放棄連署後二年內，原提案人就同一事項重行提出',
};

const hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const tally = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/**
 * Totals by reason that may be told: within each ground those of `least` and more, and never so that between one and
 * `least` − 1 are left over.
 */
function toldReasons(reasons: readonly Reason[], least: number): Readonly<Record<string, number>> {
  const told: Record<string, number> = {};
  for (const ground of new Set(reasons.map((reason) => GROUND[reason]))) {
    const counts = Object.entries(tally(reasons.filter((reason) => GROUND[reason] === ground)));
    const shown = counts.filter(([, n]) => n >= least).sort(([, a], [, b]) => a - b);
    let rest = counts.filter(([, n]) => n < least).reduce((sum, [, n]) => sum + n, 0);
    while (rest > 0 && rest < least && shown.length > 0) rest += shown.shift()?.[1] ?? 0;
    Object.assign(told, Object.fromEntries(shown));
  }
  return told;
}

type Verdicts = ReadonlyMap<string, Reason | 'VALID'>;

/** The act that the registry signs, but for its proof. */
function resultBody(request: CheckRequest, verdicts: Verdicts, batch: string, today: string) {
  const entries = [...verdicts];
  const count = (of: readonly (readonly [string, Reason | 'VALID'])[]) => {
    const out = of.flatMap(([, reason]) => (reason === 'VALID' ? [] : [reason]));
    const excluded = tally(out.map((reason) => GROUND[reason]));
    return { received: of.length, valid: of.length - out.length, excluded };
  };
  const electronic = entries.filter(([row]) => row.startsWith('e'));
  const voids = electronic
    .flatMap(([row, reason]) => (reason === 'VALID' ? [] : [[Number(row.slice(1)), GROUND[reason]] as const]))
    .sort(([a], [b]) => a - b)
    .map(([index, ground]) => `${index} ${ground}\n`)
    .join('');
  return {
    of: request.of,
    on: today,
    ...count(entries),
    required: request.required,
    reasons: toldReasons(
      entries.flatMap(([, reason]) => (reason === 'VALID' ? [] : [reason])),
      request.least,
    ),
    batch,
    electronic: { ...count(electronic), voids: hex(voids) },
  };
}

/** `lianshu-act/1` and the SHA-256 of what is said: what, of which case, in which capacity. */
function prove(caseNumber: string, body: JsonValue, signer: NoteSigner): string {
  const said = canonicalJson({ body, capacity: 'registry', case: caseNumber, kind: 'check-result', v: 1 });
  return signNote(`lianshu-act/1\n${createHash('sha256').update(said).digest('base64')}\n`, [signer]);
}

/** 刪除提案人及理由 (施行細則 §9): whom the lead proposer alone is told of. No ID numbers. */
function letter(
  register: HouseholdRegister,
  request: CheckRequest,
  rows: readonly OpenedRow[],
  verdicts: Verdicts,
) {
  const sheets = new Map(request.paper.map((one) => [`p${one.row}`, `紙本 ${one.township}-${one.sheet}`]));
  const lines = rows.flatMap(({ row, nationalId, name }) => {
    const reason = verdicts.get(row);
    if (reason === undefined || reason === 'VALID') return [];
    const who = name ?? register.find(nationalId)?.name ?? '（查無戶籍）';
    return [`${sheets.get(row) ?? '電子'}\t${who}\t${reason}\t${WORDS[reason]}`];
  });
  return `模擬戶政機關 SIMULATED REGISTRY\n第 ${request.case} 案 刪除之提案人及理由（公民投票法施行細則 §9）\n\n${lines.join('\n')}\n`;
}

/** A finished answer, honest but for the fault. `signer` and `at` are the registry's. */
export async function finishedAnswer(
  asked: Readonly<{
    request: CheckRequest;
    batch: string;
    rows: readonly OpenedRow[];
    verdicts: Verdicts;
    register: HouseholdRegister;
    signer: NoteSigner;
    today: string;
  }>,
  fault: RegistryFault,
): Promise<JsonValue> {
  const { request, rows, verdicts, register, today } = asked;
  const honest = resultBody(request, verdicts, asked.batch, today);
  const body =
    fault === 'wrong-sum'
      ? { ...honest, valid: honest.valid + 1 }
      : fault === 'other-batch'
        ? { ...honest, batch: hex('another') }
        : honest;
  const signer =
    fault === 'wrong-signature'
      ? ed25519Signer(asked.signer.key.name, generateKeyPairSync('ed25519').privateKey)
      : asked.signer;
  const answered = [...verdicts].map(([row, reason]) => [row, reason]);
  const firstElectronic = answered.findIndex(([row]) => row?.startsWith('e'));
  if (fault === 'partial') answered.pop();
  if (fault === 'foreign-row') answered.push(['p999999', 'VALID']);
  if (fault === 'unknown-reason') answered[0] = [answered[0]?.[0] ?? '', 'UNFIT'];
  if (fault === 'paper-reason')
    answered[firstElectronic] = [answered[firstElectronic]?.[0] ?? '', 'ADDRESS_ERROR'];
  if (fault === 'wrong-rows') {
    // The same totals about other people.
    const good = answered.findIndex(([row, reason]) => row?.startsWith('e') && reason === 'VALID');
    const bad = answered.findIndex(([row, reason]) => row?.startsWith('e') && reason !== 'VALID');
    const [a, b] = [answered[good], answered[bad]];
    if (a !== undefined && b !== undefined) {
      answered[good] = [a[0] ?? '', b[1] ?? ''];
      answered[bad] = [b[0] ?? '', 'VALID'];
    }
  }
  const isShort =
    request.of === 'proposers' && honest.valid < request.required && request.letterTo.length > 0;
  const sealed = isShort
    ? await sealLetter(letter(register, request, rows, verdicts), request.letterTo)
    : undefined;
  return {
    v: 1,
    check: request.check,
    state: 'finished',
    rows: answered as JsonValue,
    result: body as JsonValue,
    proof: fault === 'unsigned' ? '' : prove(request.case, body as JsonValue, signer),
    letter: sealed === undefined ? null : Buffer.from(sealed).toString('base64url'),
  };
}
