import { toBase64, utf8 } from './encoding.ts';
import type { Sha256 } from './merkle.ts';
import { type PolicyLine, policyLines } from './policy-lines.ts';
import { parseVerifierKey, SIGNATURE_TYPE, type VerifierKey } from './verifier-key.ts';

/** A log that the policy accepts. Its key's name is the log's origin; one origin may have several keys. */
export type PolicyLog = Readonly<{ key: VerifierKey; url?: string }>;

/** A witness. `name` is the policy's own word for it; cosignatures bear the key's name. */
export type PolicyWitness = Readonly<{ name: string; key: VerifierKey; url?: string }>;

/** A group has witnessed what at least `threshold` of its members (witnesses or earlier groups) witnessed. */
export type PolicyGroup = Readonly<{ name: string; threshold: number; members: readonly string[] }>;

/**
 * Which logs are accepted and which witnesses must have cosigned (c2sp.org/tlog-policy). `quorum` names a
 * witness, a group or {@link NO_QUORUM}. From {@link parsePolicy} every name used is defined once and is a
 * member of at most one group. A name that is no UTF-8 in the file has U+DC80…U+DCFF for its high octets.
 */
export type Policy = Readonly<{
  logs: readonly PolicyLog[];
  witnesses: readonly PolicyWitness[];
  groups: readonly PolicyGroup[];
  quorum: string;
}>;

export type PolicyFaultCode =
  | 'policy-too-large'
  | 'policy-octet'
  | 'policy-no-newline'
  | 'policy-unknown-line'
  | 'policy-fields'
  | 'policy-key'
  | 'policy-key-role'
  | 'policy-too-many'
  | 'policy-duplicate-key'
  | 'policy-duplicate-name'
  | 'policy-reserved-name'
  | 'policy-undefined-name'
  | 'policy-member-twice'
  | 'policy-threshold'
  | 'policy-second-quorum'
  | 'policy-no-quorum';

/** What is wrong, and in which line (from 1). */
export type PolicyFault = Readonly<{ line: number; code: PolicyFaultCode }>;

/** The predefined quorum that asks for no cosignature. */
export const NO_QUORUM = 'none';

/** Most logs, witnesses and groups each; the format recommends at least 32. Largest file read, in bytes. */
export const MAX_POLICY_ITEMS = 128;
export const MAX_POLICY_BYTES = 524_288;

const LOG_TYPES: readonly number[] = [SIGNATURE_TYPE.ed25519, SIGNATURE_TYPE.mlDsa44];
const WITNESS_TYPES: readonly number[] = [SIGNATURE_TYPE.ed25519Cosignature, SIGNATURE_TYPE.mlDsa44];

/** Gathers the lines; each method refuses one line by its code, or takes it. */
class PolicyReader {
  readonly logs: PolicyLog[] = [];
  readonly witnesses: PolicyWitness[] = [];
  readonly groups: PolicyGroup[] = [];
  quorum: string | undefined;
  readonly #sha256: Sha256;
  /** Names defined so far; kept also from refused lines, so that one mistake is told once. */
  readonly #names = new Set<string>();
  readonly #members = new Set<string>();
  readonly #logKeys = new Set<string>();
  readonly #witnessKeys = new Set<string>();

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  take({ keyword, items }: PolicyLine): PolicyFaultCode | undefined {
    if (keyword === 'log') return this.#log(items);
    if (keyword === 'witness') return this.#witness(items);
    if (keyword === 'group') return this.#group(items);
    return keyword === 'quorum' ? this.#quorum(items) : 'policy-unknown-line';
  }

  #define(name: string): PolicyFaultCode | undefined {
    if (name === NO_QUORUM) return 'policy-reserved-name';
    if (this.#names.has(name)) return 'policy-duplicate-name';
    this.#names.add(name);
    return undefined;
  }

  /** The key, if its type fits the role and its public key is new there: a duplicate may bear another name. */
  #key(text: string, types: readonly number[], known: Set<string>): VerifierKey | PolicyFaultCode {
    const key = parseVerifierKey(this.#sha256, text);
    if (key === undefined) return 'policy-key';
    if (!types.includes(key.type)) return 'policy-key-role';
    const publicKey = toBase64(key.publicKey);
    if (known.has(publicKey)) return 'policy-duplicate-key';
    known.add(publicKey);
    return key;
  }

  #log([vkey, url, ...rest]: readonly string[]): PolicyFaultCode | undefined {
    if (vkey === undefined || rest.length > 0) return 'policy-fields';
    if (this.logs.length >= MAX_POLICY_ITEMS) return 'policy-too-many';
    const key = this.#key(vkey, LOG_TYPES, this.#logKeys);
    if (typeof key === 'string') return key;
    this.logs.push(url === undefined ? { key } : { key, url });
    return undefined;
  }

  #witness([name, vkey, url, ...rest]: readonly string[]): PolicyFaultCode | undefined {
    if (name === undefined || vkey === undefined || rest.length > 0) return 'policy-fields';
    if (this.witnesses.length >= MAX_POLICY_ITEMS) return 'policy-too-many';
    const refused = this.#define(name);
    if (refused !== undefined) return refused;
    const key = this.#key(vkey, WITNESS_TYPES, this.#witnessKeys);
    if (typeof key === 'string') return key;
    this.witnesses.push(url === undefined ? { name, key } : { name, key, url });
    return undefined;
  }

  #group([name, k, ...members]: readonly string[]): PolicyFaultCode | undefined {
    if (name === undefined || k === undefined || members.length === 0) return 'policy-fields';
    if (this.groups.length >= MAX_POLICY_ITEMS) return 'policy-too-many';
    // The group's own name is defined only after its members were looked up: no group contains itself.
    const refused = this.#take(members) ?? this.#define(name);
    if (refused !== undefined) return refused;
    const threshold =
      k === 'any' ? 1 : k === 'all' ? members.length : /^[1-9]\d{0,3}$/.test(k) ? Number(k) : 0;
    if (threshold < 1 || threshold > members.length) return 'policy-threshold';
    this.groups.push({ name, threshold, members });
    return undefined;
  }

  #take(members: readonly string[]): PolicyFaultCode | undefined {
    for (const member of members) {
      if (member === NO_QUORUM) return 'policy-reserved-name';
      if (!this.#names.has(member)) return 'policy-undefined-name';
      if (this.#members.has(member)) return 'policy-member-twice';
      this.#members.add(member);
    }
    return undefined;
  }

  #quorum([name, ...rest]: readonly string[]): PolicyFaultCode | undefined {
    if (name === undefined || rest.length > 0) return 'policy-fields';
    if (this.quorum !== undefined) return 'policy-second-quorum';
    this.quorum = name;
    return name === NO_QUORUM || this.#names.has(name) ? undefined : 'policy-undefined-name';
  }
}

/**
 * Reads a policy file (c2sp.org/tlog-policy) as octets; text is taken as its UTF-8. Any fault refuses the whole
 * file, and every faulty line is told (at most 100). Beyond the letter of the format, a last line without
 * newline is refused: a file cut short could name another witness. `k` takes no leading zeros. Never throws.
 */
export function parsePolicy(
  sha256: Sha256,
  text: string | Uint8Array,
): Readonly<{ ok: true; policy: Policy }> | Readonly<{ ok: false; faults: readonly PolicyFault[] }> {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  if (bytes.length > MAX_POLICY_BYTES) return { ok: false, faults: [{ line: 1, code: 'policy-too-large' }] };
  const reader = new PolicyReader(sha256);
  const faults: PolicyFault[] = [];
  let line = 0;
  for (const read of policyLines(bytes)) {
    line = read.line;
    const code = 'code' in read ? read.code : reader.take(read);
    if (code !== undefined && faults.push({ line, code }) >= 100) return { ok: false, faults };
  }
  const { logs, witnesses, groups, quorum } = reader;
  if (quorum === undefined) faults.push({ line: Math.max(line, 1), code: 'policy-no-quorum' });
  if (faults.length > 0 || quorum === undefined) return { ok: false, faults };
  return { ok: true, policy: { logs, witnesses, groups, quorum } };
}
