import { duplicateTag, type NationalId, publicTag, toBase64Url } from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import type { LoggedCase } from './audit-log.ts';
import { commitmentsOf, idOf, namesSigner } from './audit-record.ts';
import { decodeEvidence, decodeRosterRecord, type EvidenceRecord } from './evidence-record.ts';
import { type Lines, openRecords, type Sealed } from './open-export.ts';
import { SealError } from './seal-error.ts';

/** What the audit can find wrong, in the order in which it is reported. */
export const AUDIT_CODES = [
  'person-twice',
  'evidence-twice',
  'entry-missing',
  'evidence-missing',
  'commitment-differs',
  'statement-differs',
  'tag-differs',
  'roster-other-person',
  'roster-missing',
  'roster-surplus',
  'record-unreadable',
  'record-malformed',
] as const;
export type AuditCode = (typeof AUDIT_CODES)[number];

/** One finding. `commitment` is public, but together with `other` it says which two are one person: keep it sealed. */
export interface AuditFinding {
  readonly code: AuditCode;
  readonly commitment: string;
  readonly other?: string;
}

export interface AuditResult {
  readonly findings: readonly AuditFinding[];
  /** What may leave the machine. */
  readonly totals: Readonly<Record<'evidence' | 'roster' | 'counted' | 'voided' | 'persons', number>>;
}

/** Everything an audit reads. Both exports must be made before the log was copied, or the newest entries lack. */
export interface AuditInput {
  /** Opened when they are read, one after the other: a line reader loses what comes before it is asked. */
  readonly evidence: () => Lines;
  readonly roster: () => Lines;
  readonly identities: readonly string[];
  /** `K_case`, 32 bytes. */
  readonly tagKey: Uint8Array;
  readonly logged: LoggedCase;
  readonly caseNumber: string;
  readonly act: EvidenceRecord['act'];
  readonly progress: (opened: number) => void;
}

/**
 * Opens the whole sealed roll of one case and holds it against the published log: every record's `E` and `L`
 * recomputed from what was signed, every tag re-derived from the person and compared with the entry's `T`, all
 * persons distinct among what is counted, the roster's person the evidence's person, and no entry without evidence.
 * It does not verify the cards' signatures: that is `openssl`, record by record (README).
 *
 * Source: trust.md §5, "operator logs one real signature twice, or seals another's ID into the roster".
 */
export async function audit(input: AuditInput): Promise<AuditResult> {
  const run = new AuditRun(input);
  for await (const sealed of openRecords(input.roster(), input.identities, 'roster'))
    await run.roster(sealed);
  for await (const sealed of openRecords(input.evidence(), input.identities, 'evidence'))
    await run.evidence(sealed);
  return run.end();
}

class AuditRun {
  readonly #input: AuditInput;
  readonly #findings: AuditFinding[] = [];
  /** Commitment → the person of its roster record, as a duplicate tag. */
  readonly #rosterTags = new Map<string, string>();
  /** Duplicate tag → commitment, of what is counted. */
  readonly #persons = new Map<string, string>();
  readonly #evidences = new Map<string, string>();
  readonly #seen = new Set<string>();
  readonly #opened = { evidence: 0, roster: 0 };

  constructor(input: AuditInput) {
    this.#input = input;
  }

  async roster(sealed: Sealed): Promise<void> {
    const commitment = this.#begin(sealed, 'roster');
    const id = await this.#tried(commitment, async () => idOf(decodeRosterRecord(await sealed.open())));
    if (id !== undefined) this.#rosterTags.set(commitment, this.#tagOf(id).text);
  }

  async evidence(sealed: Sealed): Promise<void> {
    const commitment = this.#begin(sealed, 'evidence');
    this.#seen.add(commitment);
    const opened = await this.#tried(commitment, async () => {
      const evidence = decodeEvidence(await sealed.open());
      if (evidence.caseNumber !== this.#input.caseNumber || evidence.act !== this.#input.act)
        throw new SealError('record-malformed');
      return { evidence, id: idOf(evidence.nationalId), committed: commitmentsOf(evidence) };
    });
    const logged = this.#input.logged.signatures.get(commitment);
    if (logged === undefined) this.#find('entry-missing', commitment);
    if (opened === undefined) return;
    const { evidence, id, committed } = opened;
    const tag = this.#tagOf(id);
    if (committed.record !== commitment) this.#find('commitment-differs', commitment);
    if (!namesSigner(evidence, id)) this.#find('statement-differs', commitment);
    this.#once(this.#evidences, committed.evidence, commitment, 'evidence-twice');
    const publicForm = toBase64Url(publicTag(nodePrimitives, evidence.tagSecret, tag.bytes));
    if (logged !== undefined && logged.tag !== publicForm) this.#find('tag-differs', commitment);
    if (logged !== undefined && !logged.isVoided)
      this.#once(this.#persons, tag.text, commitment, 'person-twice');
    const person = this.#rosterTags.get(commitment);
    this.#rosterTags.delete(commitment);
    if (person === undefined) this.#find('roster-missing', commitment);
    else if (person !== tag.text) this.#find('roster-other-person', commitment);
  }

  end(): AuditResult {
    const { signatures } = this.#input.logged;
    for (const commitment of signatures.keys())
      if (!this.#seen.has(commitment)) this.#find('evidence-missing', commitment);
    for (const commitment of this.#rosterTags.keys())
      if (!this.#seen.has(commitment)) this.#find('roster-surplus', commitment);
    const voided = [...signatures.values()].filter(({ isVoided }) => isVoided).length;
    const counted = signatures.size - voided;
    const totals = { ...this.#opened, counted, voided, persons: this.#persons.size };
    return { findings: this.#findings, totals };
  }

  #begin({ header, record }: Sealed, part: 'evidence' | 'roster'): string {
    if (header.caseNumber !== this.#input.caseNumber || header.act !== this.#input.act)
      throw new SealError('export-malformed');
    this.#opened[part] += 1;
    this.#input.progress(this.#opened.evidence + this.#opened.roster);
    return toBase64Url(record.recordCommitment);
  }

  /** A record that does not open is a finding; a key that opens nothing ends the audit. */
  async #tried<T>(commitment: string, open: () => Promise<T>): Promise<T | undefined> {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof SealError) || error.code === 'no-identity') throw error;
      const code = error.code === 'record-malformed' ? 'record-malformed' : 'record-unreadable';
      this.#find(code, commitment);
      return undefined;
    }
  }

  #once(known: Map<string, string>, value: string, commitment: string, code: AuditCode): void {
    const other = known.get(value);
    if (other === undefined) known.set(value, commitment);
    else this.#findings.push({ code, commitment, other });
  }

  #find(code: AuditCode, commitment: string): void {
    this.#findings.push({ code, commitment });
  }

  #tagOf(id: NationalId): { readonly bytes: Uint8Array; readonly text: string } {
    const { tagKey, act } = this.#input;
    const tagAct = act === 'joint-signature' ? act : 'proposal';
    const bytes = duplicateTag(nodePrimitives, tagKey, tagAct, id);
    return { bytes, text: toBase64Url(bytes) };
  }
}
