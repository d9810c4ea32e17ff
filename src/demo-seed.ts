import { DEMO_CASES, DEMO_MARK, type DemoCase } from './demo-cases.ts';
import { seedDraft } from './demo-draft.ts';
import { seedPlatformActs } from './demo-platform-acts.ts';
import { seedReviewCase } from './demo-review-case.ts';
import type { Registration } from './initiatives/index.ts';
import { importPastCasesFile } from './past-cases-command.ts';
import { inTransaction, openDatabase } from './platform/db/index.ts';
import { addLegalDays, legalDateOf, systemClock, taipeiTimestamp } from './platform/time.ts';
import type { SealerClient } from './sealer/index.ts';
import type { Running } from './serve.ts';

/** Enters the example cases once; later starts find them. */
export async function seed(running: Running, connectionString: string, sealer: SealerClient): Promise<void> {
  const today = legalDateOf(systemClock.nowMs());
  const { db, close } = openDatabase({ connectionString, applicationName: 'lianshu seed', max: 1 });
  try {
    let isFirst = false;
    for (const demoCase of DEMO_CASES) {
      if (await running.initiatives.register(registrationOf(demoCase, today))) isFirst = true;
      if (demoCase.text) await sealer.openCase(demoCase.caseNumber);
    }
    await seedPlatformActs(db);
    await seedReviewCase(running.initiatives, today);
    await seedDraft(running.proposals);
    for (const number of await running.proposals.numbersToSign()) await sealer.openCase(number);
    if (!isFirst) return;
    await inTransaction(db, (tx) =>
      running.record.append(tx, {
        v: 1,
        kind: 'policy',
        at: taipeiTimestamp(systemClock.nowMs()),
        capacity: 'operator',
        basis: '平台規則：示範',
        body: {
          rulePacks: [...new Set(DEMO_CASES.map(({ filed }) => filed.rulePack))],
          release: 'demonstration',
          demonstration: true,
        },
      }),
    );
  } finally {
    await close();
  }
}

/** Imports a file of past referendums, at each start: what is the same stays. @throws {ConfigFault} for its faults */
export async function importDemoPastCases(connectionString: string, file: string): Promise<void> {
  const { db, close } = openDatabase({ connectionString, applicationName: 'lianshu past-cases', max: 1 });
  try {
    await importPastCasesFile(db, file);
  } finally {
    await close();
  }
}

function registrationOf(demoCase: DemoCase, today: string): Registration {
  const { caseNumber, filed, mode, collected, text, decision, statistics } = demoCase;
  const collectedOn = 'on' in collected ? collected.on : addLegalDays(today, -collected.daysAgo);
  const isInvented = filed.isInvented === true;
  return {
    caseNumber,
    filed: isInvented
      ? { ...filed, on: addLegalDays(collectedOn, -INVENTED_DAYS.filed) }
      : { ...filed, on: collectedOn },
    mode,
    collectedOn,
    ...(text
      ? {
          text: {
            heading: [DEMO_MARK, `案號 ${caseNumber}`, ''],
            ...text,
            announcedOn: addLegalDays(collectedOn, -INVENTED_DAYS.announced),
          },
        }
      : {}),
    ...(decision ? { decision } : {}),
    ...(statistics ? { statistics } : {}),
  };
}

/** Days between an invented case's filing or announcement and the collection of its access code. */
const INVENTED_DAYS = { filed: 96, announced: 9 };
