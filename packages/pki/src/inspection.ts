/** What an artefact says about itself, ready to print or to serialise. Nothing in it has been trusted. */
export interface Inspection {
  readonly kind: 'certificate' | 'cms-signed-data' | 'revocation-list' | 'ocsp-response';
  /** In reading order: a stable key, a label for people, one value or several. */
  readonly facts: readonly Fact[];
  /** Plain sentences: what a reader must not overlook. */
  readonly warnings: readonly string[];
  /** Certificates enclosed. */
  readonly enclosed: readonly Inspection[];
}

/** One fact of an {@link Inspection}. */
export interface Fact {
  readonly key: string;
  readonly label: string;
  readonly value: string | readonly string[];
}

/** What the reader of an inspection asked for. */
export interface InspectOptions {
  readonly nowMs: number;
  /** Shows the last ID characters and the card number instead of a mask. */
  readonly showPersonal: boolean;
  /** Pins of this deployment, beside the published authorities. */
  readonly pins: readonly { readonly name: string; readonly sha256: string; readonly ski: string }[];
}

/** Collects facts; leaves out what is absent. */
export class FactList {
  readonly facts: Fact[] = [];
  readonly warnings: string[] = [];

  add(key: string, label: string, value: string | readonly string[] | undefined): void {
    if (value === undefined || value.length === 0) return;
    this.facts.push({ key, label, value });
  }

  /** Adds the sentence when the condition holds. */
  warn(condition: boolean, sentence: string): void {
    if (condition) this.warnings.push(sentence);
  }
}

/** An instant as people and machines read it. */
export function instant(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000', '');
}

/** Personal data shown only on request. */
export function personal(value: string, options: InspectOptions): string {
  return options.showPersonal ? value : '•'.repeat(Math.max(1, Math.min(value.length, 12)));
}
