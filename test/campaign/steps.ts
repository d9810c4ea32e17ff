/** Every crash point, as the program lists them, and the process that meets it. */
import { PUBLICATION_STEPS } from '../../src/record/publication.ts';
import { ROUND_STEPS } from '../../src/record/round.ts';
import type { CrashStep } from '../../src/serve.ts';
import { SETTLE_STEPS } from '../../src/signing/held-store.ts';
import { INTAKE_STEPS } from '../../src/signing/joint-signature-store.ts';
import type { Role } from './world.ts';

const OF_SEQUENCER: ReadonlySet<CrashStep> = new Set([...ROUND_STEPS, ...PUBLICATION_STEPS]);

/** In the order in which one signature meets them. The compiler refuses a step of the program that is not here. */
export const ALL_STEPS = [...INTAKE_STEPS, ...SETTLE_STEPS, ...ROUND_STEPS, ...PUBLICATION_STEPS] as const;
({}) as CrashStep satisfies (typeof ALL_STEPS)[number];

export const roleOf = (step: CrashStep): Role => (OF_SEQUENCER.has(step) ? 'sequencer' : 'public');
