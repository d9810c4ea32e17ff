import { type Localised, words } from './localised.ts';
import type { RulePack } from './rule-pack.ts';

/** Whether proposals may be collected electronically, and what allows it (公民投票法 §9 VI). */
export type ElectronicProposal =
  | Readonly<{ isOn: true; allowedBy: Localised; isDemonstration: boolean }>
  | Readonly<{ isOn: false; citation: string; instead: Localised }>;

/** What a demonstration states in place of a provision. */
const DEMONSTRATION = words('示範：尚無法規', 'demonstration: no regulation yet');

/**
 * Manner and starting day of electronic proposals are for the authority to set: a pack switches them on with the
 * provision it rests on, and never otherwise. A demonstration has them on and says that nothing allows them yet.
 */
export function electronicProposal(pack: RulePack, isDemonstration: boolean): ElectronicProposal {
  const { value, citation } = pack.parameters.electronicProposal;
  if (value !== undefined && value !== 'off')
    return { isOn: true, allowedBy: words(value.on, value.on), isDemonstration: false };
  if (isDemonstration && value !== undefined)
    return { isOn: true, allowedBy: DEMONSTRATION, isDemonstration: true };
  return {
    isOn: false,
    citation,
    instead: words(
      '電子提案之實施方式與開始日由主管機關定之，尚未開放；目前得以紙本提案人名冊提出。',
      'The authority sets manner and starting day of electronic proposals; it has not. A paper roster of proposers may be filed.',
    ),
  };
}
