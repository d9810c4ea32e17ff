import { renderJointSignatureStatement, renderProposalStatement } from '@lianshu/statement';
import { type Act, actOfNumber } from '../record/index.ts';

/**
 * What is signed follows from the number alone: under a draft's `D…` a proposal 提案, under a case's number a joint
 * signature 連署. Statement, tag, entry and address follow from that; nobody chooses.
 */

export const isProposal = (number: string): boolean => actOfNumber(number) === 'proposal-signature';

/** Everything in a statement but its kind. */
export interface StatementData {
  readonly caseNumber: string;
  readonly mainText: string;
  readonly textDigest: string;
  readonly signerCommitment: string;
  readonly signedAt: string;
  readonly transaction: string;
}

/** The exact bytes to be signed. @throws StatementFault for a field that has no place in a statement. */
export const renderStatement = ({ caseNumber, ...fields }: StatementData): Uint8Array =>
  isProposal(caseNumber)
    ? renderProposalStatement({ ...fields, draftId: caseNumber })
    : renderJointSignatureStatement({ ...fields, caseNumber });

/** Specification of the statement this release renders under a number (identity.md §9). */
export const specificationOf = (number: string): string =>
  isProposal(number) ? 'LIANSHU-PROPOSAL/1' : 'LIANSHU-TBS/1';

/** Address of the case's or the draft's own page. */
export const pathOf = (number: string): string =>
  isProposal(number) ? `/drafts/${number}` : `/initiatives/${number}`;

/** Last part of the address signatures are sent to. */
export const SEND_TO = {
  'joint-signature': 'joint-signatures',
  'proposal-signature': 'proposal-signatures',
} as const satisfies Readonly<Record<Act, string>>;
