/** The report of a campaign, in Markdown. Names no machine and no folder. */
import type { CampaignTotals } from './campaign.ts';

/** What a report is made of. */
export type ReportFacts = Readonly<{
  totals: CampaignTotals;
  seed: string;
  asked: number;
  seconds: number;
  /** The commit it ran on. */
  commit: string;
  arguments: readonly string[];
}>;

const WHAT_HAPPENED: Readonly<Record<string, string>> = {
  'kill-public': '`kill -9` of the process that takes signatures and settles held ones',
  'kill-sequencer': '`kill -9` of the sequencer',
  'kill-both': 'both at once',
  'kill-at-step': '`kill -9` of a process by itself at one of the listed steps, met under load',
  'kill-backend': '`kill -9` of one database session (the server restarts all)',
  'kill-postgres': '`kill -9` of the database server, started again',
  'end-sessions': 'database sessions ended by the server in the middle of anything',
  'files-full': 'no space left for journal and public files',
  'database-full': 'no space left for the database',
  'clock-back-small': 'clock set back by up to two seconds',
  'clock-back-big': 'clock set back by hours',
  'paused-sequencer':
    'sequencer stopped (SIGSTOP) at a step, its session ended, another takes over, the old one goes on',
  'witnesses-away': 'one, two or all of three witnesses away for a while',
};

/** Renders it. */
export function reportOf({ totals, seed, asked, seconds, commit, arguments: args }: ReportFacts): string {
  const faults = [...totals.faults].sort(([a], [b]) => a.localeCompare(b));
  const n = (value: number) => value.toLocaleString('en');
  return `# Crash campaign: ${n(totals.rounds)} rounds, ${n(totals.badRounds)} with a finding

\`npm run campaign -- ${args.join(' ')}\` · seed \`${seed}\` · commit \`${commit.slice(0, 12)}\` · two virtual cores

| | |
|---|---|
| Rounds asked for, run, with a finding | ${n(asked)}, ${n(totals.rounds)}, ${n(totals.badRounds)} |
| Houses (each with its own database, journal and public log) | ${n(totals.worlds)} |
| Signatures sent, answered for good | ${n(totals.entries)}, ${n(totals.answers)} |
| Checkpoints seen by strangers and in receipts | ${n(totals.checkpoints)} |
| Displayed counts recounted | ${n(totals.counts)} |
| Promises kept late | ${n(totals.latePromises)} |
| Time per round: mean, longest | ${(seconds / Math.max(1, totals.rounds)).toFixed(1)} s, ${(totals.slowestMs / 1000).toFixed(1)} s |

| Fault | Times |
|---|---:|
${faults.map(([kind, times]) => `| ${WHAT_HAPPENED[kind] ?? kind} | ${n(times)} |`).join('\n')}

## Findings

${totals.findings.length === 0 ? 'None.' : totals.findings.map((finding) => `- ${finding.replaceAll('\n', ' ')}`).join('\n')}
`;
}
