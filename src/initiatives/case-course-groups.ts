/** Which entries of a course belong together, for reading only one kind of them. */

/** In the order of the filter. */
export const COURSE_GROUPS = [
  'all',
  'texts',
  'review',
  'views',
  'checks',
  'signing',
  'vote',
  'notices',
  'approvals',
] as const;

export type CourseGroup = (typeof COURSE_GROUPS)[number];

const GROUP_OF: Readonly<Record<string, CourseGroup>> = {
  'initiative-filed': 'texts',
  delivered: 'texts',
  version: 'texts',
  correction: 'texts',
  withdrawal: 'texts',
  decision: 'review',
  hearing: 'views',
  opinion: 'views',
  'check-request': 'checks',
  'check-result': 'checks',
  supplement: 'checks',
  'roster-filed': 'checks',
  'raw-count': 'checks',
  'notice-to-collect': 'signing',
  collection: 'signing',
  affidavit: 'signing',
  'access-code': 'signing',
  'signing-address': 'signing',
  'help-contact': 'signing',
  'plain-words': 'texts',
  opened: 'signing',
  closed: 'signing',
  vote: 'vote',
  approval: 'approvals',
};

/** A kind that no line names is told among the notices. */
export const groupOf = (kind: string): CourseGroup => GROUP_OF[kind] ?? 'notices';
