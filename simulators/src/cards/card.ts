import type { Der } from '../asn1.ts';
import type { IssuerName } from '../ca/issuer-name.ts';
import type { KeyPair } from '../ca/key-pair.ts';
import type { Person } from '../people.ts';

/** One certificate on a card, with its key. */
export type CardCertificate = {
  readonly certificate: Der;
  readonly serialHex: string;
  readonly keys: KeyPair;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
};

/**
 * A simulated citizen card: a signing pair and an encryption pair (identity.md §4.2). What the chip remembers
 * of wrong PINs is not here but in the reader's slot state (`hipki/card-component.ts`).
 */
export type SimulatedCard = {
  /** What distinguishes several cards of one person, e.g. `current`, `expired`, `renewed`. */
  readonly label: string;
  readonly person: Person;
  readonly issuer: IssuerName;
  /** The DN's serialNumber, 16 digits; not the ID number, and another one on every card. */
  readonly subjectSerialNumber: string;
  /** Number printed on the card, `cardSN`. */
  readonly cardNumber: string;
  /** Six digits; shown on the simulator's page so that a newcomer can try. */
  readonly pin: string;
  readonly signing: CardCertificate;
  readonly encryption: CardCertificate;
};
