import { citation as inBoth } from './citation.ts';
import { type Localised, words } from './localised.ts';
import type { RulePack } from './rule-pack.ts';

/** Whether proposals may be collected electronically, and what allows it (公民投票法 §9 VI). */
export type ElectronicProposal =
  | Readonly<{ isOn: true; allowedBy: Localised }>
  | Readonly<{ isOn: false; citation: string; instead: Localised }>;

/** A switch entered in the record: on or off, with the provision it rests on. */
export type Switched = Readonly<{ isOn: boolean; citation: string }>;

/** What is added where proposers are supplied: the Act sets the term and is silent on the manner. */
const SUPPLEMENT_DEFAULT = words(
  '；補提之方式法無明文，與提案同（專案預設）',
  '; how proposers are supplied is not stated, as the proposal (project default)',
);

/**
 * Whether proposers may be supplied electronically after a shortfall (公民投票法 §10 VII): where the proposal itself may
 * be, and the pack does not say otherwise.
 */
export function electronicSupplement(
  pack: RulePack,
  asked: Parameters<typeof electronicProposal>[1],
): ElectronicProposal {
  const { value, citation } = pack.parameters.electronicProposerSupplement;
  const allowed = electronicProposal(pack, asked);
  if (!allowed.isOn) return allowed;
  if (value === 'as-the-proposal') {
    const { allowedBy } = allowed;
    const zh = `${allowedBy['zh-Hant-TW']}${SUPPLEMENT_DEFAULT['zh-Hant-TW']}`;
    return { isOn: true, allowedBy: words(zh, `${allowedBy.en}${SUPPLEMENT_DEFAULT.en}`) };
  }
  return {
    isOn: false,
    citation,
    instead: words('補提提案人以紙本名冊為之。', 'Proposers are supplied on a paper roster.'),
  };
}

/** What a demonstration states in place of a provision. */
const DEMONSTRATION = words('示範：尚無法規', 'demonstration: no regulation yet');

/**
 * Manner and starting day of electronic proposals are for the authority to set: a pack, or a switch entered in the
 * record, turns them on with the provision it rests on, and never otherwise; the switch prevails. A demonstration has
 * them on and says that nothing allows them yet.
 */
export function electronicProposal(
  pack: RulePack,
  { isDemonstration, switched }: Readonly<{ isDemonstration: boolean; switched?: Switched | undefined }>,
): ElectronicProposal {
  const { value, citation } = pack.parameters.electronicProposal;
  const provision = switched?.isOn
    ? switched.citation
    : value === undefined || value === 'off'
      ? ''
      : value.on;
  if (switched?.isOn !== false && provision !== '') return { isOn: true, allowedBy: inBoth(provision) };
  if (switched === undefined && isDemonstration && value !== undefined)
    return { isOn: true, allowedBy: DEMONSTRATION };
  return {
    isOn: false,
    citation: switched?.citation ?? citation,
    instead: words(
      '電子提案之實施方式與開始日由主管機關定之，尚未開放；目前得以紙本提案人名冊提出。',
      'The authority sets manner and starting day of electronic proposals; it has not. A paper roster of proposers may be filed.',
    ),
  };
}
