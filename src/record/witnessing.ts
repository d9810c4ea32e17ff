/** `/log/witnessing.json`: who has cosigned the public checkpoint, in words a page can show. The note is the proof. */
import { join } from 'node:path';
import { canonicalJson, type JsonValue, parseCanonicalJson } from '@lianshu/statement';
import { parseNote } from '@lianshu/tlog';
import { z } from 'zod';
import { readOrUndefined } from './public-files.ts';

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);

/** One witness key of the policy, and where it stands. */
const witness = z.strictObject({
  /** The key's name, which stands in its cosignatures. */
  key: z.string(),
  /** The policy's word for it. */
  name: z.string(),
  /** What became of the last attempt: `cosigned`, `not-asked`, `fault`, or a code of `WitnessFailure`. */
  state: z.string(),
  /** The time it states in the cosignature that the public checkpoint carries; absent without one. */
  time: time.optional(),
  /** The largest size it cosigned, and when. */
  newest: z.strictObject({ size: z.int(), time }).optional(),
});

const file = z.strictObject({
  at: time,
  /** SHA-256 of `/log/policy`, hexadecimal. */
  policy: z.string(),
  /** Whether the policy asks for cosignatures, and these satisfy it. */
  quorum: z.boolean(),
  root: z.string(),
  size: z.int(),
  v: z.literal(1),
  witnesses: z.array(witness),
});

/** The file as `/v1/witnesses` answers it. */
export const witnessingAnswer = file;

/** Who has witnessed the public checkpoint of `size` and `root` (base64). Times are Asia/Taipei. */
export type Witnessing = z.infer<typeof file>;

/** The bytes of `witnessing.json`: canonical JSON. Members that are absent must be left out, not undefined. */
export const witnessingFile = (witnessing: Witnessing): Uint8Array =>
  canonicalJson(witnessing as unknown as JsonValue);

/** What is public now; undefined where the log has no witness policy. Throws for a file that is not ours. */
export async function readWitnessing(publicDirectory: string): Promise<Witnessing | undefined> {
  const bytes = await readOrUndefined(join(publicDirectory, 'witnessing.json'));
  if (bytes === undefined) return undefined;
  const parsed = parseCanonicalJson(bytes);
  return file.parse(parsed.ok ? parsed.value : undefined);
}

/** How many witnesses of how many: a witness with two keys is one, by the name of its keys. */
export type WitnessCount = Readonly<{
  /** Names of those whose cosignature is on the checkpoint, in the policy's order. */
  names: readonly string[];
  of: number;
  /** Enough by the policy, and at least one. */
  isWitnessed: boolean;
}>;

/** Names of the policy's witnesses that stand below a checkpoint of ours. Nothing is verified: publication did that. */
export function cosignersOf(note: string, { witnesses }: Witnessing): readonly string[] {
  const names = new Set(parseNote(note)?.signatures.map(({ name }) => name));
  return [...new Set(witnesses.map(({ key }) => key))].filter((name) => names.has(name));
}

/** Counts the witnesses of a checkpoint; undefined without a policy, or when the file is about another checkpoint. */
export function witnessCountOf(
  witnessing: Witnessing | undefined,
  checkpoint: Readonly<{ size: number; root: string }>,
): WitnessCount | undefined {
  if (witnessing === undefined) return undefined;
  const isThis = witnessing.size === checkpoint.size && witnessing.root === checkpoint.root;
  const cosigned = isThis ? witnessing.witnesses.filter((each) => each.time !== undefined) : [];
  const names = [...new Set(cosigned.map(({ key }) => key))];
  return {
    names,
    of: new Set(witnessing.witnesses.map(({ key }) => key)).size,
    isWitnessed: isThis && witnessing.quorum && names.length > 0,
  };
}
