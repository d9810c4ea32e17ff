import { toBase64 } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { isOurCase } from './case-course.ts';
import { type Command, UsageError } from './command.ts';
import { compareShown, compareUnmarked, type Difference, isShown } from './compare-numbers.ts';
import { caseNumbers, countReport } from './count-report.ts';
import { CASE } from './entry-kinds.ts';
import { EXIT, exitOf } from './exit-code.ts';
import { type ExclusionFault, judgeExclusions } from './judge-exclusions.ts';
import type { LogFault } from './log-fault.ts';
import { checkpointFacts, faultLine } from './log-report.ts';
import type { LogSource } from './log-source.ts';
import { type Shown, shownByLog, shownBySite } from './published-numbers.ts';
import { faultOf, openPublished, type Record, type RecordContext, readRecord } from './read-record.ts';
import { registryKeys } from './trust.ts';

/** What was compared for one case. */
export type Recount = Readonly<{
  record: Record;
  shown: readonly Shown[];
  differences: readonly Difference[];
  /** What is wrong with the case's exclusions; undefined where no key of a registry is trusted. */
  exclusions: readonly ExclusionFault[] | undefined;
  /** Whether any entry names the case. */
  isKnown: boolean;
  exit: number;
}>;

async function recountCase(context: RecordContext, caseNumber: string, site?: LogSource): Promise<Recount> {
  // What is shown is read before the checkpoint: so it is never newer than the tree it is compared with.
  const shown = [
    await shownByLog(context.source, caseNumber),
    ...(site === undefined ? [] : await shownBySite(site, caseNumber)),
  ];
  const opened = await openPublished(context);
  const sizes = new Set(shown.flatMap((one) => (isShown(one) ? [one.size] : [])));
  const record = await readRecord(context, opened, sizes);
  const { fold, roots, malformed } = record;
  const rootAt = (size: number): string | undefined => {
    const root = size === opened.checkpoint.size ? opened.checkpoint.root : roots.get(size);
    return root === undefined ? undefined : toBase64(root);
  };
  const isOurs = isOurCase(fold, caseNumber);
  const differences = [
    ...shown.filter(isShown).flatMap((one) => compareShown(fold, rootAt, caseNumber, one)),
    ...compareUnmarked(fold, caseNumber, { isOurs, all: shown }),
  ];
  // A case without any signature has no counts file, and what others reported is no count of ours.
  const isCounted = fold.groups.some((group) => group.startsWith(`${caseNumber}/`));
  const isKnown = isCounted || fold.acts.some((act) => act.case === caseNumber);
  const missing = shown.filter(
    (one) =>
      'code' in one &&
      one.code !== 'shown-elsewhere' &&
      one.code !== 'shown-none' &&
      (isCounted || one.source !== 'counts' || one.code !== 'shown-missing'),
  );
  const anomalies = fold.anomalies.filter((anomaly) => anomaly.caseNumber === caseNumber);
  const proofKeys = registryKeys(context.trust);
  const exclusions =
    proofKeys.length === 0
      ? undefined
      : judgeExclusions({ primitives: context.primitives, fold, proofKeys }).filter(
          (fault) => fault.case === caseNumber,
        );
  const [bad] = malformed;
  const exit =
    opened.quorum?.reached === false
      ? EXIT.notTrusted
      : bad !== undefined
        ? exitOf(bad.code)
        : differences.length > 0 || anomalies.length > 0 || (exclusions ?? []).length > 0
          ? EXIT.differs
          : missing.length > 0 || !isKnown
            ? EXIT.filesWrong
            : EXIT.proven;
  return { record, shown, differences, exclusions, isKnown, exit };
}

/** The site a log is served by: `https://site/log` → `https://site/`. */
export const siteOf = (log: string): string => new URL(log.endsWith('/') ? '..' : '.', log).href;

/** `lianshu-verify count CASE`: every number that follows from entries, against what is shown. */
export const countCommand: Command = {
  name: 'count',
  summary: { 'zh-Hant-TW': '重新計算一案的所有數字', en: 'recount every number of a case' },
  operands: ['CASE'],
  options: { log: { type: 'string' }, api: { type: 'string' } },
  help: `  --log URL|DIR  the URL or directory that contains "checkpoint"             公卷的網址或目錄
  --api URL      the site whose API and case page are compared too; for      網站位址
                 a log by URL it is the folder above it, unless told

Exit codes
  0 every number shown is what the entries give   1 fault in this program   2 usage
  3 not signed by whom you trust, or no quorum   4 an entry or the checkpoint is malformed
  7 log or site unreadable, the log's files are not the signed tree, or no entry names the case
  10 a number differs, the entries of the case contradict each other, or an exclusion is not the registry's
     (judged where a key named …/registry is trusted)`,
  async run(call) {
    const caseNumber = call.operands[0] ?? '';
    if (!CASE.test(caseNumber))
      throw new UsageError('CASE is a case number of 4 to 6 digits, or a draft number D00001');
    const source = call.demandLog();
    const log = call.text('log') ?? '';
    const api = call.text('api') ?? (source.live ? siteOf(log) : undefined);
    const context: RecordContext = {
      primitives: nodeNotePrimitives,
      source,
      trust: call.trust(),
      progress: call.progress(),
    };
    const site = api === undefined ? undefined : call.log(api);
    let fault: LogFault;
    try {
      const done = await recountCase(context, caseNumber, site);
      call.print(
        () => countReport(done, caseNumber, call.languages),
        () => ({
          exit: done.exit,
          log: checkpointFacts(done.record.opened),
          ...caseNumbers(done.record.fold, caseNumber),
          compared: done.shown.map((one) => ({
            source: one.source,
            ...(isShown(one) ? { size: one.size, root: one.root } : { code: one.code, detail: one.detail }),
          })),
          differences: done.differences,
          ...(done.exclusions === undefined ? {} : { exclusions: done.exclusions }),
          malformed: done.record.malformed,
        }),
      );
      return done.exit;
    } catch (error) {
      fault = faultOf(error);
    }
    const exit = exitOf(fault.code);
    call.print(
      () => faultLine(fault, call.languages),
      () => ({ exit, faults: [fault] }),
    );
    return exit;
  },
};
