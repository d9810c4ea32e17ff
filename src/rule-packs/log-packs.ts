import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@lianshu/statement';
import { z } from 'zod';
import { type Db, inTransaction } from '../platform/db/index.ts';
import { type Clock, legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import type { PublicRecord } from '../record/index.ts';
import { packDigests } from './pack-digest.ts';
import { lockPolicy } from './packs-store.ts';
import { policyDue } from './transitions.ts';

export interface LogPacksDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<PublicRecord, 'append' | 'actsOfKind'>;
  /** Name and version of this program. */
  readonly release: string;
  readonly isDemo: boolean;
}

/** Name and version of the program in this folder, as its package says. */
export function releaseOf(projectRoot: string): string {
  const told: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const { name, version } = z.object({ name: z.string(), version: z.string() }).parse(told);
  return `${name} ${version}`;
}

const BASIS = '平台規則：規則包之啟用與變更登錄於公卷，案件依提出時之規則包';

/**
 * Enters `policy` where the record does not say which packs this program has, or which is in force today. True when it
 * did. Rejects while the record is read-only: then nothing else is entered either.
 */
export const logPacks = ({ db, clock, record, release, isDemo }: LogPacksDeps): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    await lockPolicy(tx);
    const nowMs = clock.nowMs();
    const acts = await record.actsOfKind(tx, 'policy');
    const body = policyDue(acts, packDigests(), legalDateOf(nowMs), release);
    if (body === undefined) return false;
    await record.append(tx, {
      v: 1,
      kind: 'policy',
      at: taipeiTimestamp(nowMs),
      capacity: 'operator',
      basis: BASIS,
      body: { ...body, ...(isDemo ? { demonstration: true } : {}) } as unknown as JsonValue,
    });
    return true;
  });
