import { unconfirmed } from '../parameter.ts';
import type { Parameters } from '../rule-pack.ts';

/** Every parameter as not known to us: what older and other packs begin from, so that nothing is copied by accident. */
export function unknownParameters(text: string): Parameters {
  const unknown = unconfirmed<never>(`${text}（條文未確認）`);
  return {
    proposalRate: unknown,
    petitionRate: unknown,
    sideRegistrationRate: unknown,
    electorBase: unknown,
    minimumAgeYears: unknown,
    residenceMonths: unknown,
    reviewDays: unknown,
    correctionDays: unknown,
    correctionTimes: unknown,
    proposerCheckDays: unknown,
    proposerSupplementDays: unknown,
    proposerSupplementTimes: unknown,
    opinionDays: unknown,
    collectDays: unknown,
    petitionMonths: unknown,
    signatureCheckDays: unknown,
    supplementCheckDays: unknown,
    duplicateMarkDays: unknown,
    supplementDays: unknown,
    supplementTimes: unknown,
    establishAnnounceDays: unknown,
    voteWindow: unknown,
    announceBeforeVoteDays: unknown,
    resultAnnounceDays: unknown,
    questionMaxChars: unknown,
    reasonMaxChars: unknown,
    opinionMaxChars: unknown,
    withdrawalShare: unknown,
    passRule: unknown,
    deletionGrounds: unknown,
    reviewGrounds: unknown,
    bars: unknown,
    retention: unknown,
    acceptedForProposal: unknown,
    acceptedForJointSignature: unknown,
    electronicProposal: unknown,
    isWeekendExtending: unknown,
    isDisasterExtending: unknown,
    closingHour: unknown,
    suppressionK: unknown,
  };
}
