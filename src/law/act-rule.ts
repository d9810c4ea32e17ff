import type { LawRefusal } from './course.ts';
import type { Capacity, LegalEvent, LegalEventKind, LegalStage } from './legal-event.ts';
import type { Localised } from './localised.ts';
import type { DutyId, Walk } from './walk.ts';

/** What the law says of one kind of act: who, when, under which provision, and what follows. */
export interface ActRule<Kind extends LegalEventKind = LegalEventKind> {
  readonly name: Localised;
  readonly by: readonly Capacity[];
  readonly citation: string;
  readonly inStages: readonly LegalStage[];
  /** Shown when the act is refused for its stage: when it would be allowed. */
  readonly allowedWhen: Localised;
  /** The commission decides this in session 委員會議; a desk only prepares and publishes it. */
  readonly inSession?: true;
  /** The duty that this act meets. */
  readonly closes?: DutyId;
  /** What must have happened before, whatever the act says. Without it the act is not among those allowed now. */
  precondition?(walk: Walk): LawRefusal | undefined;
  /** What the act itself must say. */
  condition?(walk: Walk, event: EventOf<Kind>): LawRefusal | undefined;
  apply(walk: Walk, event: EventOf<Kind>): Walk;
}

export type EventOf<Kind extends LegalEventKind> = LegalEvent & Readonly<{ kind: Kind }>;

/** Rules of several kinds, each typed by its own event. */
export type ActRules<Kind extends LegalEventKind> = { readonly [K in Kind]: ActRule<K> };

/** A refusal with the article it rests on. */
export const refuse = (code: LawRefusal['code'], citation: string, instead: Localised): LawRefusal => ({
  code,
  citation,
  instead,
});

/** Whether the duty's last day is past on the event's day: a lapsed walk has marked it. */
export const isOverdue = (walk: Walk, id: DutyId): boolean =>
  walk.duties.some((duty) => duty.id === id && duty.status === 'overdue');

/** The last day of a duty, for texts. */
export const dueOf = (walk: Walk, id: DutyId): string =>
  walk.duties.findLast((duty) => duty.id === id)?.due ?? '—';
