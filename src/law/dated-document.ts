import type { Localised } from './localised.ts';
import type { Parameter, ParameterStatus } from './parameter.ts';

/** 法規文件: a regulation or form as it stood at one time, beside the rule packs; its rows are read, not computed with. */
export interface DatedDocument {
  /** Name and version: `tw.wording-regulation@108-10-14`. */
  readonly id: string;
  readonly title: Localised;
  /** Which text was read: its version or its source. */
  readonly version: Localised;
  /** Day of promulgation 發布日; undefined where we do not know it. */
  readonly promulgated: string | undefined;
  readonly effectiveFrom: Parameter<string>;
  /** Last day on which it was in force; undefined where it is in force or its end is not known to us. */
  readonly effectiveTo: string | undefined;
  readonly remarks: readonly Localised[];
}

/** One line of a document: what it says, where it stands, and how sure we are of it. */
export interface DocumentLine {
  readonly citation: string;
  readonly says: Localised;
  readonly status: ParameterStatus;
}
