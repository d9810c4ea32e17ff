import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { knownAnswers } from '../test/conformance/audit-kit/known-answers.ts';
import { AUDIT_KIT } from '../test/conformance/audit-kit/python.ts';

/** Writes the known answers that come with the audit kit anew, with fresh keys. Run by hand when a format changes. */
const folder = join(AUDIT_KIT, 'known');
rmSync(folder, { recursive: true, force: true });
for (const [path, bytes] of knownAnswers()) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}
