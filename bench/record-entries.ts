/** The entries that `bench/record.ts` enters: joint signatures of twenty cases, made by PostgreSQL itself. */
import { createHash } from 'node:crypto';
import { entryPreparer } from '../src/record/prepare-entry.ts';

/** Cases 9901 to 9920. */
export const CASES = 20;

/** `opened` of each case, so that pages have acts to fold. */
export const INSERT_ACTS = `
  insert into entry (kind, initiative, is_act, body)
  select 'opened', (9900 + o)::text, true, convert_to(
    '{"at":"2026-05-01T09:00:00+08:00","basis":"§12","body":{"electors":19000000,"firstDay":"2026-05-02",'
    || '"lastDay":"2026-11-01","mode":"electronic","threshold":285000},"capacity":"commission","case":"'
    || (9900 + o) || '","kind":"opened","v":1}', 'UTF8')
  from generate_series(1, $1::int) as o`;

/** Signatures $1, $1 + 1, … ($2 of them) of $3 cases: one statement, and no million strings through the connection. */
export const INSERT_SIGNATURES = `
  with made as (
    select (9901 + i % $3::int)::text as number, sha256(convert_to('L' || i, 'UTF8')) as commitment,
      sha256(convert_to('T' || i, 'UTF8')) as tag
    from generate_series($1::bigint, $1::bigint + $2::bigint - 1) as i),
  texts as (
    select number, commitment, translate(encode(commitment, 'base64'), '+/=', '-_') as l,
      translate(encode(tag, 'base64'), '+/=', '-_') as t
    from made)
  insert into entry (kind, initiative, commitment, is_act, body)
  select 'joint-signature', number, commitment, false, convert_to(
    '{"case":"' || number || '","commitment":"' || l || '","kind":"joint-signature","tag":"' || t || '","v":1}',
    'UTF8')
  from texts`;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The commitment of signature `i`. */
export const commitmentOf = (i: number): Uint8Array => new Uint8Array(digest(`L${i}`));

/** Signature `i` as the product itself writes it. */
export function bodyOf(i: number): Uint8Array {
  return entryPreparer([])({
    case: String(9901 + (i % CASES)),
    commitment: digest(`L${i}`).toString('base64url'),
    kind: 'joint-signature',
    tag: digest(`T${i}`).toString('base64url'),
    v: 1,
  }).body;
}
