/** Reading the addresses of outside stores from the environment: pure, so that a mistake is named before anything starts. */

/** A bucket of an S3-compatible store, as `s3://bucket/prefix?endpoint=https://host&region=name` says it. */
export type BucketAddress = Readonly<{ endpoint: string; bucket: string; prefix: string; region: string }>;

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^([A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*)?$/;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Reads a {@link BucketAddress}; the text of a problem otherwise. Without TLS only this machine is accepted. */
export function parseBucketAddress(text: string): BucketAddress | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 's3:') return 'not s3://bucket/prefix?endpoint=https://host&region=name';
  if (url.username !== '' || url.password !== '') return 'credentials do not belong into the address';
  const known = [...url.searchParams.keys()].every((key) => key === 'endpoint' || key === 'region');
  const endpointText = url.searchParams.get('endpoint') ?? '';
  const endpoint = URL.canParse(endpointText) ? new URL(endpointText) : undefined;
  if (!known || endpoint === undefined || endpoint.pathname !== '/' || endpoint.search !== '')
    return 'needs endpoint=https://host[:port] and knows region= beside it, nothing else';
  // The client does not sign bodies: without TLS anyone between could change them unseen by the store.
  const isSafe =
    endpoint.protocol === 'https:' || (endpoint.protocol === 'http:' && LOOPBACK.has(endpoint.hostname));
  if (!isSafe) return 'the endpoint must be https';
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  if (!BUCKET.test(url.hostname)) return 'the bucket’s name is not one';
  if (!PREFIX.test(prefix)) return 'the prefix may hold letters, digits, . _ - and /';
  const region = url.searchParams.get('region') ?? 'auto';
  if (!/^[a-z0-9-]{1,40}$/.test(region)) return 'the region’s name is not one';
  return { endpoint: endpoint.origin, bucket: url.hostname, prefix, region };
}

/** Where private keys are: a folder of files, or a token behind a PKCS#11 module. */
export type KeyStoreAddress =
  | Readonly<{ kind: 'file'; directory: string }>
  | Readonly<{
      kind: 'pkcs11';
      module: string;
      token: string;
      /** A folder of key files beside the token, for algorithms that it does not know. */
      files?: string;
    }>;

/** Reads `file:DIRECTORY` or `pkcs11:module=/path/to.so;token=LABEL[;files=DIR]`; the text of a problem otherwise. */
export function parseKeyStoreAddress(text: string): KeyStoreAddress | string {
  const [, scheme, rest = ''] = /^(file|pkcs11):(.+)$/.exec(text) ?? [];
  if (scheme === 'file') return { kind: 'file', directory: rest };
  const pattern = /^module=(\/[^;]+);token=([A-Za-z0-9 ._-]{1,32})(?:;files=([^;]+))?$/;
  const [, module, token, files] = pattern.exec(rest) ?? [];
  if (scheme !== 'pkcs11' || module === undefined || token === undefined)
    return 'not file:DIRECTORY or pkcs11:module=/path/to/module.so;token=LABEL[;files=DIR]';
  return { kind: 'pkcs11', module, token, ...(files === undefined ? {} : { files }) };
}

/** Where mail goes: a relay, spoken to with TLS only, or a folder of files. */
export type MailAddress =
  | Readonly<{ kind: 'file'; directory: string }>
  | Readonly<{
      kind: 'smtp';
      host: string;
      port: number;
      user: string | undefined;
      /** TLS from the first byte (port 465); otherwise STARTTLS, and nothing is sent without it. */
      hasImplicitTls: boolean;
    }>;

/** Reads `file:DIRECTORY`, `smtp://[user@]host[:587]` or `smtps://[user@]host[:465]`; the text of a problem otherwise. */
export function parseMailAddress(text: string): MailAddress | string {
  const [, directory] = /^file:(.+)$/.exec(text) ?? [];
  if (directory !== undefined) return { kind: 'file', directory };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '')
    return 'not file:DIRECTORY, smtp://[user@]host[:port] or smtps://[user@]host[:port]';
  if (url.password !== '') return 'a password does not belong into the address';
  if ((url.pathname !== '' && url.pathname !== '/') || url.search !== '') return 'ends after the port';
  const hasImplicitTls = url.protocol === 'smtps:';
  const port = url.port === '' ? (hasImplicitTls ? 465 : 587) : Number(url.port);
  const user = url.username === '' ? undefined : decodeURIComponent(url.username);
  return { kind: 'smtp', host: url.hostname, port, user, hasImplicitTls };
}
