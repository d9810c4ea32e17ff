import { RecordFault } from './record-fault.ts';
import type { Finding } from './start-check-finding.ts';
import { refusalText } from './start-check-texts.ts';

/**
 * The start check found what must not be. `findings` has all that was compared, also what agreed. The code is
 * `database-inconsistent` where the database contradicts itself, else `database-behind`.
 */
export class StartRefused extends RecordFault {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const isOwn = findings.some(
      ({ code, severity }) => severity === 'refuse' && code.startsWith('database-'),
    );
    super(isOwn ? 'database-inconsistent' : 'database-behind', refusalText(findings));
    this.findings = findings;
  }
}
