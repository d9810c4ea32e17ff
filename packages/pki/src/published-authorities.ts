/** An authority as published, for recognition only: nothing here is trusted because it stands here. */
export interface PublishedAuthority {
  readonly name: string;
  readonly role: 'root' | 'issuer';
  readonly sha256: string | undefined;
  readonly ski: string | undefined;
  /** True when the fingerprint was recomputed from the certificate itself; otherwise it is a figure from public repositories. */
  readonly recomputed: boolean;
}

/**
 * The government root and MOICA generations (identity reference §4.1). There is no official publication of fingerprints:
 * an operator pins after downloading and comparing with a second person, not by copying from here.
 */
export const PUBLISHED_AUTHORITIES: readonly PublishedAuthority[] = [
  {
    name: 'GRCA (generation 1)',
    role: 'root',
    sha256: '7600295eefe85b9e1fd624db76062aaaae59818a54d2774cd4c0b2c01131e1b3',
    ski: 'ccccefcc2960a43bb192b63cfa32628fac25153b',
    recomputed: true,
  },
  {
    name: 'GRCA G2',
    role: 'root',
    sha256: '70b922bfda0e3f4a342e4ee22d579ae598d071cc5ec9c30f123680340388aea5',
    ski: undefined,
    recomputed: false,
  },
  {
    name: 'GRCA G3',
    role: 'root',
    sha256: '57df6f20e04c588e85f35be8832f5d4e78958336ae3b18fb7c9bae0dfead4044',
    ski: '3a908ee741471973dc9cbda37ed83d3e83091f03',
    recomputed: false,
  },
  {
    name: 'MOICA (generation 1, expired 2023-04-21)',
    role: 'issuer',
    sha256: undefined,
    ski: 'b620c8cfbe518aa454b978d304d10ab2cc7e2f46',
    recomputed: false,
  },
  {
    name: 'MOICA G2',
    role: 'issuer',
    sha256: 'c4c462de463f856804dc898338d2cecb55fba74155851599d8fb7d70218fd1be',
    ski: 'fa9b3467090a9822f762488b8226a645c5c322a4',
    recomputed: false,
  },
  {
    name: 'MOICA G3',
    role: 'issuer',
    sha256: 'ed793fd0d50a2a398049d598982cf01e75f873b532066caec238f800a06ca9da',
    ski: '4720a3b1264bcd6d48acf2640886972c7454115f',
    recomputed: true,
  },
];
