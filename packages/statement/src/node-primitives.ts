import { createHmac, hash, hkdfSync } from 'node:crypto';
import type { SyncPrimitives } from './primitives.ts';

/** The primitives on `node:crypto`: synchronous, for server, sealer and command line. */
export const nodePrimitives: SyncPrimitives = {
  sha256: (data) => new Uint8Array(hash('sha256', data, 'buffer')),
  hmacSha256: (key, data) => new Uint8Array(createHmac('sha256', key).update(data).digest()),
  hkdfSha256: (secret, info, length) =>
    new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), info, length)),
};
