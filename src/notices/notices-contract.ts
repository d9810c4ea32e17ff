/** What `/v1/announcements` and `/v1/duties` take and give. */
import { z } from 'zod';
import { localisedText } from '../platform/http/api.ts';
import { DUTY_STATES, type DutyState } from './duties.ts';

const day = z.iso.date();
const index = z.int().nonnegative();
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
const state = z.enum(DUTY_STATES as readonly [DutyState, ...DutyState[]]);

export const announcementsAnswer = z.object({
  announcements: z.array(
    z.object({
      /** Its place in the log; absent while it waits. */
      index: index.optional(),
      at: instant,
      on: day,
      /** Absent where it is about no case. */
      case: z.string().optional(),
      title: localisedText,
      text: localisedText,
      basis: localisedText,
      /** The one it stands in the place of, and why. */
      replaces: index.optional(),
      why: localisedText.optional(),
      isReplaced: z.boolean(),
      replacedBy: index.optional(),
    }),
  ),
});

export const DUTIES_QUERY = z.strictObject({ state: state.optional() });

export const allDutiesAnswer = z.object({
  today: day,
  overdue: index,
  duties: z.array(
    z.object({
      case: z.string(),
      who: localisedText,
      what: localisedText,
      toWhom: localisedText,
      basis: localisedText,
      state,
      from: day,
      due: day.optional(),
      metOn: day.optional(),
      /** The last day before an official closure moved it. */
      movedFrom: day.optional(),
      /** Whether the length of the term is a default of this project, where the law is silent. */
      isProjectDefault: z.boolean(),
    }),
  ),
});
