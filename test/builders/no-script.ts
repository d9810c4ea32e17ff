/** A browser without script: forms read from the HTML, posted as a browser posts them. */
import { toBase64Url } from '@lianshu/statement';
import { actOfNumber } from '../../src/record/index.ts';
import { pathOf, SEND_TO } from '../../src/signing/what-is-signed.ts';
import type { TestPlatform } from '../platform.ts';
import type { Offered } from './signer.ts';

export type Prefix = '' | '/en';

export interface HtmlAnswer {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

/** What the statement page hands out, and the session it came with. */
export interface StatementForm extends Offered {
  readonly secret: string;
}

const unescaped = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

const hidden = (html: string, name: string): string =>
  unescaped(new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '');

export async function request(
  platform: TestPlatform,
  path: string,
  init: RequestInit & { readonly headers?: Record<string, string> } = {},
): Promise<HtmlAnswer> {
  const headers = { accept: 'text/html,application/xhtml+xml', ...init.headers };
  const response = await fetch(`${platform.url}${path}`, { redirect: 'manual', ...init, headers });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

/** Posts the number as the signing page's form does. */
export const askStatement = (
  platform: TestPlatform,
  { prefix, caseNumber, id }: { prefix: Prefix; caseNumber: string; id: string },
): Promise<HtmlAnswer> =>
  request(platform, `${prefix}${pathOf(caseNumber)}/statement`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ method: 'card', nationalId: id }).toString(),
  });

/** The statement, downloaded by its link, and what the upload must send back. */
export async function offerWithoutScript(
  platform: TestPlatform,
  where: { prefix: Prefix; caseNumber: string; id: string },
): Promise<StatementForm> {
  const { status, html, headers } = await askStatement(platform, where);
  if (status !== 200) throw new Error(`no statement page: ${status}`);
  const link = /href="data:application\/octet-stream;base64,([^"]+)"/.exec(html)?.[1] ?? '';
  const statement = new Uint8Array(Buffer.from(link, 'base64'));
  const secret = hidden(html, 'receiptSecret');
  return {
    statement,
    transaction: /交易序號：(.{22})/.exec(new TextDecoder().decode(statement))?.[1] ?? '',
    token: hidden(html, 'token'),
    cookie: (headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    receiptSecret: new Uint8Array(Buffer.from(secret, 'base64url')),
    secret: toBase64Url(new Uint8Array(Buffer.from(secret, 'base64url'))),
    nationalId: where.id,
  };
}

/** Posts the upload form. */
export function upload(
  platform: TestPlatform,
  { prefix, caseNumber }: { prefix: Prefix; caseNumber: string },
  form: Pick<StatementForm, 'token' | 'secret' | 'nationalId' | 'cookie'>,
  file: Uint8Array | string,
  headers: Record<string, string> = {},
): Promise<HtmlAnswer> {
  const body = new FormData();
  body.set('token', form.token);
  body.set('receiptSecret', form.secret);
  body.set('nationalId', form.nationalId);
  body.set('signature', new Blob([typeof file === 'string' ? file : Uint8Array.from(file)]), 'signed.p7m');
  return request(platform, `${prefix}${pathOf(caseNumber)}/${SEND_TO[actOfNumber(caseNumber)]}`, {
    method: 'POST',
    body,
    headers: { cookie: form.cookie, 'sec-fetch-site': 'same-origin', ...headers },
  });
}
