import { parseVerifierKeys, type VerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';

/** Why the registry's keys cannot be used. `E_SIM_IN_PROD`: a simulator's key in production. */
export class RegistryKeyFault extends Error {
  readonly code: 'keys-malformed' | 'no-registry-key' | 'E_SIM_IN_PROD';

  constructor(code: RegistryKeyFault['code']) {
    super(code);
    this.name = 'RegistryKeyFault';
    this.code = code;
  }
}

/** Names of keys that prove a registry's word end so, as those of promises end in `/promise`. */
const SUFFIX = '/registry';

/**
 * The pinned keys of a registry, from a list of verifier keys, one a line; `#` comments. Production refuses the
 * simulator's, whose name begins with SIM. Throws {@link RegistryKeyFault}.
 */
export function readRegistryKeys(text: string, isProduction: boolean): readonly VerifierKey[] {
  const { keys, badLines } = parseVerifierKeys(sha256, text);
  if (badLines.length > 0) throw new RegistryKeyFault('keys-malformed');
  const own = keys.filter(({ name }) => name.endsWith(SUFFIX));
  if (own.length === 0) throw new RegistryKeyFault('no-registry-key');
  if (isProduction && own.some(({ name }) => /^sim\b/i.test(name)))
    throw new RegistryKeyFault('E_SIM_IN_PROD');
  return own;
}
