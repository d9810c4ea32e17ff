import { createDecipheriv, createHash, generateKeyPairSync } from 'node:crypto';
import { type CaseKey, generateCaseKey, openLetter } from '@lianshu/seal';
import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { type NoteSigner, signNote } from '@lianshu/tlog';
import { ed25519Signer } from '@lianshu/tlog/node';
import type { SimulatedResponse } from '../loopback.ts';
import type { HouseholdRegister } from './household.ts';
import { judgeRows } from './judge-rows.ts';

/** How the pre-check misbehaves, apart from what the whole service does. */
export const PRE_CHECK_FAULTS = [
  'none',
  'silent',
  'http-503',
  'refused',
  'garbage',
  'partial',
  'foreign-row',
  'row-twice',
  'wrong-signature',
  'unsigned',
  'changed-after-signing',
  'other-request',
  'unknown-county',
  'unknown-forecast',
] as const;
export type PreCheckFault = (typeof PRE_CHECK_FAULTS)[number];

/** Scripted state; set members at any time. */
export type PreCheckState = {
  fault: PreCheckFault;
  /** Milliseconds before each answer. */
  delayMs: number;
};

type Row = Readonly<{ row: string; on: string; sealed: Buffer }>;
type Answered = readonly [row: string, county: string | null, forecast: string];

const MAX_ROWS = 200;
const HEX_ROW = /^[0-9a-f]{32}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

const json = (status: number, value: unknown): SimulatedResponse => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

/** The request, or undefined for anything that is not exactly one. */
function parse(body: Buffer): Readonly<{ key: Buffer; rows: readonly Row[] }> | undefined {
  try {
    const value = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    if (Object.keys(value).sort().join() !== 'key,rows,v' || value['v'] !== 1) return undefined;
    const { key, rows } = value;
    if (typeof key !== 'string' || !Array.isArray(rows) || rows.length < 1 || rows.length > MAX_ROWS)
      return undefined;
    const read = rows.map((one: Record<string, unknown>) => {
      const { row, on, sealed } = one;
      const isRow =
        Object.keys(one).sort().join() === 'on,row,sealed' &&
        typeof row === 'string' &&
        HEX_ROW.test(row) &&
        typeof on === 'string' &&
        DAY.test(on) &&
        typeof sealed === 'string';
      if (!isRow) throw new Error('row');
      return { row, on, sealed: Buffer.from(sealed, 'base64url') };
    });
    if (new Set(read.map(({ row }) => row)).size !== read.length) return undefined;
    return { key: Buffer.from(key, 'base64url'), rows: read };
  } catch {
    return undefined;
  }
}

function openRow(key: Buffer, { row, on, sealed }: Row): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(`lianshu-pre-check/1\n${row}\n${on}\n`));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('ascii');
}

/**
 * 即時預查 of the simulated registry: `GET /pre-check/recipient`, `POST /pre-check`. It is told no case and remembers
 * nothing. Of each row: the county of household registration, and whether the person would count on the day named. The
 * ministry's own interface is not public (未確認).
 */
export class PreCheckDesk {
  readonly state: PreCheckState = { fault: 'none', delayMs: 0 };
  readonly #register: HouseholdRegister;
  readonly #signer: NoteSigner;
  #key: Promise<CaseKey> | undefined;
  #rows = 0;

  constructor(register: HouseholdRegister, signer: NoteSigner) {
    this.#register = register;
    this.#signer = signer;
  }

  /** Rows answered since the start. */
  get rows(): number {
    return this.#rows;
  }

  /** From now on another key: what is sealed to the old one is refused. */
  changeKey(): void {
    this.#key = undefined;
  }

  async recipient(): Promise<SimulatedResponse> {
    this.#key ??= generateCaseKey('x25519');
    const { recipient } = await this.#key;
    const text = `lianshu-registry-pre-check/1\nrecipient\n${recipient}\n`;
    return json(200, { v: 1, statement: signNote(text, [this.#signer]) });
  }

  async answer(body: Buffer): Promise<SimulatedResponse> {
    const { fault, delayMs } = this.state;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs).unref());
    if (fault === 'silent') return 'silent';
    if (fault === 'http-503') return { status: 503 };
    if (fault === 'garbage') return { type: 'text/html', body: '<p>查無資料' };
    const request = parse(body);
    if (request === undefined) return json(400, { code: 'malformed' });
    if (fault === 'refused') return json(422, { code: 'unreadable' });
    let rows: readonly Answered[];
    try {
      const { identity } = await (this.#key ?? Promise.reject(new Error('no key')));
      const key = Buffer.from(await openLetter([identity], request.key), 'base64url');
      rows = request.rows.map((row) => this.#forecast(row, openRow(key, row)));
    } catch {
      return json(422, { code: 'unreadable' });
    }
    this.#rows += rows.length;
    return json(200, this.#signed(createHash('sha256').update(body).digest('hex'), bend(rows, fault)));
  }

  #forecast({ row, on }: Row, nationalId: string): Answered {
    const found = this.#register.find(nationalId);
    const verdict = judgeRows(this.#register, [{ row, medium: 'electronic', nationalId, on }], new Set()).get(
      row,
    );
    const forecast = verdict === undefined ? 'pending' : verdict === 'VALID' ? 'eligible' : verdict;
    return [row, found === undefined ? null : `${found.township.slice(0, 5)}`, forecast];
  }

  #signed(request: string, rows: readonly Answered[]): JsonValue {
    const { fault } = this.state;
    const digest = createHash('sha256')
      .update(canonicalJson(rows as unknown as JsonValue))
      .digest('base64');
    const stranger = ed25519Signer(this.#signer.key.name, generateKeyPairSync('ed25519').privateKey);
    const signer = fault === 'wrong-signature' ? stranger : this.#signer;
    const proof =
      fault === 'unsigned' ? '' : signNote(`lianshu-pre-check/1\n${request}\n${digest}\n`, [signer]);
    const changed = rows.map(([row, , forecast]) => [row, '63000', forecast]);
    return {
      v: 1,
      request: fault === 'other-request' ? '0'.repeat(64) : request,
      rows: (fault === 'changed-after-signing'
        ? [...changed, ...changed.slice(0, 1)]
        : rows) as unknown as JsonValue,
      proof,
    };
  }
}

/** The rows as a faulty registry signs them. */
function bend(rows: readonly Answered[], fault: PreCheckFault): readonly Answered[] {
  const [first] = rows;
  if (first === undefined) return rows;
  if (fault === 'partial') return rows.slice(1);
  if (fault === 'foreign-row') return [...rows, ['f'.repeat(32), '63000', 'eligible']];
  if (fault === 'row-twice') return [...rows, first];
  if (fault === 'unknown-county') return [[first[0], '99999', first[2]], ...rows.slice(1)];
  if (fault === 'unknown-forecast') return [[first[0], first[1], 'UNFIT'], ...rows.slice(1)];
  return rows;
}
