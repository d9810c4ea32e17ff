import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { RevocationList } from '@lianshu/pki';
import { type RevocationSource, readBounded } from './revocation-source.ts';

const NAME = /^([0-9a-f]{40})-([0-9]{1,40})\.crl$/;

/**
 * Every revocation list that signatures were judged by, once, as `<issuer key id>-<number>.crl`. Evidence names
 * its list by number and digest; here the bytes are (trust.md §3; identity.md §13). As a source it gives the
 * newest list of each issuer, so that a restart does not depend on the network. It may lie in the sealer's own
 * directory, which admits nothing that others can read.
 */
export class RevocationArchive implements RevocationSource {
  readonly name: string;

  constructor(folder: string) {
    this.name = folder;
  }

  async read(): Promise<readonly Uint8Array[]> {
    const newest = new Map<string, bigint>();
    await mkdir(this.name, { recursive: true, mode: 0o700 });
    for (const file of await readdir(this.name)) {
      const [, ski, digits] = NAME.exec(file) ?? [];
      if (ski === undefined || digits === undefined) continue;
      const number = BigInt(digits);
      if (number > (newest.get(ski) ?? -1n)) newest.set(ski, number);
    }
    return Promise.all(
      [...newest].map(([ski, number]) => readBounded(join(this.name, `${ski}-${number}.crl`))),
    );
  }

  /** Writes the list whole or not at all; on disk when this returns. */
  async keep(list: RevocationList, der: Uint8Array): Promise<void> {
    const path = join(this.name, `${list.issuerSki}-${list.crlNumber}.crl`);
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.writeFile(der);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  }
}
