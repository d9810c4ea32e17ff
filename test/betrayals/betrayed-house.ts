/**
 * A whole house whose operator turns against its signers: real database, sealer, sequencer, publication and three
 * witnesses, and the tools with which somebody outside looks at it. Each story first shows that an honest house makes
 * no alarm, then betrays, then names the tool that stops or shows it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { citizen } from '@lianshu/simulators';
import { type Checkpoint, parseCheckpointText } from '@lianshu/tlog';
import type { QueryResult } from 'pg';
import { expect, vi } from 'vitest';
import { runCli } from '../../packages/verify/src/cli.ts';
import { runDoctor } from '../../src/doctor.ts';
import { readConfig } from '../../src/platform/config.ts';
import { sign } from '../builders/signer.ts';
import { type PlatformOptions, startPlatform, TEST_ORIGIN, type TestPlatform } from '../platform.ts';
import { untilWitnessed } from '../witnesses/witnessed.ts';

export const CASE = '9901';
/** How long a named tool may need, by the demonstration's publication clock. */
export const WITHIN_MS = 60_000;
// Two tools in one story, and a machine that is busy: the story outlives each bound.
vi.setConfig({ testTimeout: 3 * WITHIN_MS, hookTimeout: 2 * WITHIN_MS });

/** One alert as `lianshu-verify monitor --json` prints it. */
export interface Told {
  readonly state: 'raised' | 'over';
  readonly code: string;
  readonly detail: string;
  readonly entry?: number;
  readonly case?: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

export interface Ran {
  readonly exit: number;
  readonly text: string;
}

/** A monitor somewhere else: it remembers what it saw between two looks. */
export interface Monitor {
  /** Looks until everything is read and demands that nothing is wrong. */
  sees(nothing: 'nothing wrong'): Promise<void>;
  /** Looks until it raises this alert, {@link WITHIN_MS} at most. */
  raises(code: string): Promise<Told>;
  /** Every code raised so far. */
  readonly codes: readonly string[];
}

export interface House {
  readonly platform: TestPlatform;
  /** Codes of why the house stopped itself. */
  readonly faults: readonly string[];
  /** Signs as the nth invented citizen; resolves once the entry is public and all three witnesses cosigned over it. */
  signed(n: number): Promise<Readonly<{ commitment: string; receipt: string; index: number }>>;
  /** A database administrator at work: one statement, with every trigger and foreign key switched off. */
  override(sql: string, values?: readonly unknown[]): Promise<QueryResult>;
  /** Takes rows out with {@link override} for as long as `meanwhile` looks; then puts them back as they were. */
  without(
    table: string,
    condition: string,
    values: readonly unknown[],
    meanwhile: () => Promise<void>,
  ): Promise<void>;
  /** `lianshu-verify` with this house's keys and policy, at the house's time. */
  verify(...args: readonly string[]): Promise<Ran>;
  /** A monitor of the log at this address; of the house itself unless told. */
  monitor(name: string, options?: Readonly<{ log?: string; args?: readonly string[] }>): Monitor;
  /** Codes of everything `lianshu doctor` finds fault with. */
  doctor(...args: readonly string[]): Promise<Readonly<{ exit: number; codes: readonly string[] }>>;
  close(): Promise<void>;
}

/** Starts it with one open case. */
export async function betrayedHouse(options: PlatformOptions = {}): Promise<House> {
  const faults: string[] = [];
  const platform = await startPlatform({
    witnesses: 3,
    onFault: ({ code }) => faults.push(code),
    ...options,
  });
  const folder = join(platform.directory, 'outside');
  mkdirSync(folder);
  const keysFile = join(folder, 'keys.txt');
  const { promiseKey } = await platform.sealer.health();
  writeFileSync(keysFile, `${[...platform.verifierKeys, promiseKey].join('\n')}\n`);
  await platform.openCase(CASE);

  const verify: House['verify'] = async (...args) => {
    let text = '';
    const exit = await runCli([...args, '--keys', keysFile, '--policy', platform.policyFile ?? ''], {
      env: {},
      folder,
      programFolder: folder,
      nowMs: () => platform.clock.nowMs(),
      out: (part) => {
        text += part;
      },
      err: (part) => {
        text += part;
      },
      isTerminal: false,
    });
    return { exit, text };
  };

  const override: House['override'] = async (sql, values = []) => {
    const client = await platform.database.pool.connect();
    try {
      await client.query("set session_replication_role = 'replica'");
      return await client.query(sql, [...values]);
    } finally {
      await client.query('reset session_replication_role');
      client.release();
    }
  };

  return {
    platform,
    faults,
    verify,
    override,
    async without(table, condition, values, meanwhile) {
      const { rows } = await override(`delete from ${table} where ${condition} returning *`, values);
      expect(rows).not.toEqual([]);
      try {
        await meanwhile();
      } finally {
        for (const row of rows as readonly object[]) {
          const places = Object.keys(row).map((_, i) => `$${i + 1}`);
          await override(`insert into ${table} (${Object.keys(row)}) values (${places})`, Object.values(row));
        }
      }
    },
    async signed(n) {
      const answer = await sign(platform, citizen(n), CASE);
      expect(answer.status).toBe(201);
      const commitment = String(answer.body['commitment']);
      const { proof } = await untilWitnessed(platform, commitment);
      return { commitment, receipt: String(answer.body['receipt']), index: proof.index };
    },
    monitor: (name, { log, args = [] } = {}) =>
      monitorOf(async () => {
        const address = log ?? `${platform.url}/log`;
        const state = join(folder, `${name}.json`);
        return verify(
          'monitor',
          '--once',
          '--json',
          '--log',
          address,
          '--state',
          state,
          '--publish-every',
          '1',
          ...args,
        );
      }),
    async doctor(...args) {
      let text = '';
      const exit = await runDoctor(['--json', ...args], {
        config: readConfig({
          LIANSHU_DATA: platform.directory,
          LIANSHU_LOG_ORIGIN: TEST_ORIGIN,
          LIANSHU_WITNESS_POLICY: platform.policyFile,
        }),
        connectionString: platform.database.url,
        out: (part) => {
          text += part;
        },
        say: (line) => {
          throw new Error(line);
        },
        progress: () => undefined,
      });
      const { findings } = JSON.parse(text) as { findings: { code: string; severity: string }[] };
      const codes = findings.filter(({ severity }) => severity === 'refuse').map(({ code }) => code);
      return { exit, codes: [...new Set(codes)] };
    },
    close: () => platform.close(),
  };
}

function monitorOf(look: () => Promise<Ran>): Monitor {
  const told: Told[] = [];
  const lookOnce = async () => {
    const { exit, text } = await look();
    for (const line of text.split('\n')) if (line !== '') told.push(JSON.parse(line) as Told);
    return exit;
  };
  const raised = () => told.filter(({ state }) => state === 'raised');
  return {
    get codes() {
      return raised().map(({ code }) => code);
    },
    async sees() {
      const exit = await lookOnce();
      expect(told, 'an honest house raises no alarm').toEqual([]);
      expect(exit).toBe(0);
    },
    async raises(code) {
      const end = performance.now() + WITHIN_MS;
      for (;;) {
        const exit = await lookOnce();
        const found = raised().find((alert) => alert.code === code);
        if (found !== undefined) {
          expect(exit).toBe(11);
          return found;
        }
        if (performance.now() > end)
          throw new Error(
            `no ${code} within a minute; raised: ${raised()
              .map((alert) => alert.code)
              .join(', ')}`,
          );
        await new Promise((done) => setTimeout(done, 200));
      }
    },
  };
}

/** The newest public checkpoint, as its file. */
export const checkpointOf = ({ platform }: House): string =>
  readFileSync(join(platform.directory, 'public', 'log', 'checkpoint'), 'utf8');

/** What it says; read without its signatures, which the tools judge. */
export function openedOf(house: House): Checkpoint {
  const checkpoint = parseCheckpointText(`${checkpointOf(house).split('\n\n')[0]}\n`);
  if (checkpoint === undefined) throw new Error('no checkpoint');
  return checkpoint;
}
