import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inspect, refusalText } from './inspect.ts';
import type { Inspection, InspectOptions } from './inspection.ts';
import { type Artefact, readArtefacts } from './pem.ts';

/** What `pki` may do to the world; a process, or a test's stand-in. */
export interface CliIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Exit codes of `pki`. */
const EXIT = { clean: 0, warned: 1, usage: 2, unreadable: 3 } as const;

const HELP = `Usage: pki inspect FILE [--json] [--show-personal] [--pins FILE]

Says what a certificate, a CMS signature, a revocation list or an OCSP response
(PEM or DER) contains, and what to beware of. It trusts nothing and asks no network.

  FILE             the artefact; - reads standard input
  --json           one JSON document instead of text
  --show-personal  show the last ID characters and the card number
  --pins FILE      JSON array of {name, sha256, ski}: authorities to recognise besides the published ones
  --help           this text

Exit codes
  0  read, nothing to warn of
  1  read, with warnings
  2  wrong usage, or the file cannot be opened
  3  not an artefact of these kinds, or not strictly encoded
`;

/** Runs `pki`; returns the exit code. */
export function main(argv: readonly string[], io: CliIo, nowMs: number = Date.now()): number {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    return refuseUsage(io, error instanceof Error ? error.message : 'wrong arguments');
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    io.stdout.write(HELP);
    return EXIT.clean;
  }
  const [command, file, ...rest] = positionals;
  if (command !== 'inspect' || file === undefined || rest.length > 0) {
    return refuseUsage(io, 'say: pki inspect FILE');
  }
  try {
    const pins = values.pins === undefined ? [] : readPins(values.pins);
    const options = { nowMs, showPersonal: values['show-personal'] === true, pins };
    return report(readFileSync(file === '-' ? 0 : file), options, values.json === true, io);
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      return refuseUsage(io, `cannot read: ${error.message}`);
    }
    if (error instanceof SyntaxError) return refuseUsage(io, `--pins: ${error.message}`);
    throw error;
  }
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      'show-personal': { type: 'boolean' },
      pins: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function refuseUsage(io: CliIo, sentence: string): number {
  io.stderr.write(`pki: ${sentence}\nTry: pki --help\n`);
  return EXIT.usage;
}

function readPins(file: string): InspectOptions['pins'] {
  const pins: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(pins) || !pins.every(isPin))
    throw new SyntaxError('not an array of {name, sha256, ski}');
  return pins;
}

function isPin(value: unknown): value is InspectOptions['pins'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return ['name', 'sha256', 'ski'].every((field) => typeof fields[field] === 'string');
}

type Outcome = Inspection | { readonly label: string; readonly refused: string };

function report(bytes: Uint8Array, options: InspectOptions, json: boolean, io: CliIo): number {
  const outcomes = inspectAll(bytes, options);
  io.stdout.write(
    json ? `${JSON.stringify(outcomes.map(asJson), null, 2)}\n` : outcomes.map(asText).join('\n'),
  );
  if (outcomes.some((outcome) => 'refused' in outcome)) return EXIT.unreadable;
  return outcomes.some(hasWarnings) ? EXIT.warned : EXIT.clean;
}

function inspectAll(bytes: Uint8Array, options: InspectOptions): readonly Outcome[] {
  const one = ({ der, label }: Artefact): Outcome => attempt(label ?? 'file', () => inspect(der, options));
  const artefacts = attempt('file', () => readArtefacts(bytes));
  return 'refused' in artefacts ? [artefacts] : artefacts.map(one);
}

function attempt<T>(label: string, act: () => T): T | { readonly label: string; readonly refused: string } {
  try {
    return act();
  } catch (error) {
    const refused = refusalText(error);
    if (refused === undefined) throw error;
    return { label, refused };
  }
}

function hasWarnings(outcome: Outcome): boolean {
  return 'kind' in outcome && (outcome.warnings.length > 0 || outcome.enclosed.some(hasWarnings));
}

function asJson(outcome: Outcome): unknown {
  if ('refused' in outcome) return outcome;
  const { kind, facts, warnings, enclosed } = outcome;
  const values = Object.fromEntries(facts.map(({ key, value }) => [key, value]));
  return { kind, ...values, warnings, enclosed: enclosed.map(asJson) };
}

const TITLES: Readonly<Record<Inspection['kind'], string>> = {
  certificate: 'Certificate 憑證',
  'cms-signed-data': 'Signature 電子簽章 (CMS SignedData)',
  'revocation-list': 'Revocation list 憑證廢止清冊',
  'ocsp-response': 'OCSP response 憑證狀態回覆',
};

function asText(outcome: Outcome): string {
  if ('refused' in outcome) return `${outcome.label}: cannot be read: ${outcome.refused}\n`;
  const lines = outcome.facts.flatMap(({ label, value }) =>
    (typeof value === 'string' ? [value] : value).map(
      (line, i) => `  ${(i === 0 ? label : '').padEnd(20)}${line}`,
    ),
  );
  const warnings = outcome.warnings.map((warning) => `  ! ${warning}`);
  const enclosed = outcome.enclosed.map((each) => `\nEnclosed: ${asText(each)}`);
  return `${[TITLES[outcome.kind], ...lines, ...warnings].join('\n')}\n${enclosed.join('')}`;
}
