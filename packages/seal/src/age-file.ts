import { Decrypter, Encrypter } from 'age-encryption';
import { SealError } from './seal-error.ts';

/** An encrypter to these recipients; throws `recipient-malformed` for an empty, mixed or unreadable list. */
export function encrypterTo(recipients: readonly string[]): Encrypter {
  const postQuantum = recipients.filter((recipient) => /^age1(tag)?pq1/.test(recipient)).length;
  if (recipients.length === 0 || (postQuantum !== 0 && postQuantum !== recipients.length))
    throw new SealError('recipient-malformed');
  const encrypter = new Encrypter();
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new SealError('recipient-malformed', { cause });
  }
  return encrypter;
}

/** A decrypter with these identities; throws `identity-malformed`. */
export function decrypterWith(identities: readonly string[]): Decrypter {
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch {
    throw new SealError('identity-malformed');
  }
  return decrypter;
}
