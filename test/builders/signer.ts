/** A signer's browser in Node: what the signing page's script does, each field of which a test may bend. */
import { randomBytes } from 'node:crypto';
import { type Person, type SignedStatement, signStatement } from '@lianshu/simulators';
import {
  deriveLeafSecret,
  deriveSalt,
  evidenceCommitment,
  fromBase64Url,
  NationalId,
  recordCommitment,
  signerCommitment,
  toBase64Url,
} from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import { actOfNumber } from '../../src/record/index.ts';
import { pathOf, SEND_TO } from '../../src/signing/what-is-signed.ts';
import { cardOf, type TestPlatform } from '../platform.ts';

export interface Offered {
  readonly statement: Uint8Array;
  readonly transaction: string;
  readonly token: string;
  readonly cookie: string;
  readonly receiptSecret: Uint8Array;
  readonly nationalId: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

const nationalId = (text: string): NationalId => {
  const id = NationalId.parse(text);
  if (!(id instanceof NationalId)) throw new Error(`not a national ID: ${id.code}`);
  return id;
};

/** Where a signer's browser sends things. */
type Site = Pick<TestPlatform, 'url'>;

/** Posts JSON as a program would, with the session's cookie. */
export async function post(platform: Site, path: string, body: unknown, cookie = ''): Promise<Answer> {
  const response = await fetch(`${platform.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : { text },
  };
}

/** Asks again when the server says that it is at its limit, as its answer tells clients to. */
export async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (answer.status !== 503 || attempt === 20) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Steps one and two: commit to the ID, get the statement. */
export async function offer(platform: Site, caseNumber: string, id: string): Promise<Offered> {
  const receiptSecret = new Uint8Array(randomBytes(32));
  const salt = deriveSalt(nodePrimitives, receiptSecret);
  const commitment = toBase64Url(signerCommitment(nodePrimitives, nationalId(id), salt));
  const answer = await patiently(() =>
    post(platform, `/v1${pathOf(caseNumber)}/transactions`, { signerCommitment: commitment }),
  );
  if (answer.status !== 200) throw new Error(`no statement: ${answer.status} ${String(answer.body['code'])}`);
  return {
    statement: new TextEncoder().encode(String(answer.body['statement'])),
    transaction: String(answer.body['transaction']),
    token: String(answer.body['token']),
    cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    receiptSecret,
    nationalId: id,
  };
}

/** The request body for an envelope over an offered statement. */
export function requestBody(
  caseNumber: string,
  offered: Offered,
  { signature, certificate }: SignedStatement,
  form: 'cms-attached' | 'cms-detached' | 'pkcs1' = 'cms-attached',
): Record<string, string> {
  const leafSecret = deriveLeafSecret(nodePrimitives, offered.receiptSecret);
  const evidence = evidenceCommitment(nodePrimitives, {
    statement: offered.statement,
    signature,
    certificate,
  });
  return {
    nationalId: offered.nationalId,
    receiptSecret: toBase64Url(offered.receiptSecret),
    token: offered.token,
    form,
    signature: toBase64Url(signature),
    certificate: toBase64Url(certificate),
    recordCommitment: toBase64Url(recordCommitment(nodePrimitives, { caseNumber, leafSecret, evidence })),
  };
}

/** A person's signature as posted, not yet sent. */
export async function prepare(
  platform: TestPlatform,
  person: Person,
  caseNumber: string,
): Promise<{ readonly offered: Offered; readonly body: Record<string, string> }> {
  const card = await cardOf(platform, person);
  const offered = await offer(platform, caseNumber, person.nationalId);
  const signed = signStatement(card, offered.statement, {
    form: 'cms-attached',
    nonce: offered.transaction,
    nowMs: platform.clock.nowMs(),
  });
  return { offered, body: requestBody(caseNumber, offered, signed) };
}

export const send = (
  platform: Site,
  caseNumber: string,
  { body, offered }: { readonly body: unknown; readonly offered: { readonly cookie: string } },
): Promise<Answer> =>
  post(platform, `/v1${pathOf(caseNumber)}/${SEND_TO[actOfNumber(caseNumber)]}`, body, offered.cookie);

/** All of it at once. */
export async function sign(platform: TestPlatform, person: Person, caseNumber: string): Promise<Answer> {
  return send(platform, caseNumber, await prepare(platform, person, caseNumber));
}

export const bytesOf = (text: string): Uint8Array => {
  const bytes = fromBase64Url(text);
  if (!bytes) throw new Error('not base64url');
  return bytes;
};

/** Rows that exist for a case: what "nothing stored" is measured by. */
export async function storedRows(platform: TestPlatform, caseNumber: string): Promise<number> {
  const { rows } = await platform.database.pool.query<{ n: number }>(
    `select (select count(*) from joint_signature where initiative = $1)::int
          + (select count(*) from held_signature where initiative = $1)::int
          + (select count(*) from entry where initiative = $1 and not is_act)::int as n`,
    [caseNumber],
  );
  return rows[0]?.n ?? -1;
}
