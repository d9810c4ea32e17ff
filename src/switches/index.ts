/** 功能開關: switches of the platform for what the law leaves open, each with its citation and its first day. */
export {
  BUILT_SWITCHES,
  SWITCH_KIND,
  type SwitchBody,
  type SwitchName,
} from './switch-record.ts';
export { STATUS_WORDS, SWITCH_WORDS, switchWords } from './switch-words.ts';
export { createSwitches, enteredSwitch, type Switches, type SwitchState } from './switches.ts';
