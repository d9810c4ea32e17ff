import { z } from 'zod';
import { type ActKind, actKind } from '../record/index.ts';

/** What the platform can do and the law leaves open, or does not name yet. Everything is off until it is switched on. */
export const SWITCH_NAMES = ['electronic-proposal', 'mobile-certificate', 'reflection-period'] as const;
export type SwitchName = (typeof SWITCH_NAMES)[number];

/** Switches that something of this platform asks. The others are names kept for what is not built yet. */
export const BUILT_SWITCHES: readonly SwitchName[] = ['electronic-proposal'];

/** Why a switch stands as it does: a provision, a choice of this project where the law is silent, or a demonstration. */
const SWITCH_STATUSES = ['cited', 'project-default', 'demonstration'] as const;

const switchBody = z.strictObject({
  name: z.enum(SWITCH_NAMES),
  state: z.enum(['on', 'off']),
  /** Of the reflection period: how many minutes it lasts. */
  minutes: z.int().positive().optional(),
  /** First day on which it holds, Asia/Taipei. */
  from: z.iso.date(),
  status: z.enum(SWITCH_STATUSES),
  /** The provision or interpretation, or in words why this project chose so. */
  citation: z.string().min(1).max(200),
});

export type SwitchBody = z.infer<typeof switchBody>;

export const SWITCH_KIND: ActKind = actKind('switch', { ofCase: false, body: switchBody });
