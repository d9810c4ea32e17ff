export { type RunningWitness, startWitness, type WitnessOptions } from './start-witness.ts';
export { admitKeys, createWitnessState } from './state-file.ts';
export type { WatchedLog } from './witness.ts';
export { eventLine, type WitnessEvent } from './witness-event.ts';
export { WitnessFault, type WitnessFaultCode } from './witness-fault.ts';
