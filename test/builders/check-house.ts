/** A whole platform with a household registry and two officers at its desk: what a check of proposers takes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatIdentityFile } from '@lianshu/seal';
import { type Person, type RegistryServer, startRegistry } from '@lianshu/simulators';
import { expect, vi } from 'vitest';
import { type Checks, createChecks } from '../../src/checks/index.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { readRegistryKeys, registryHttp } from '../../src/registry/index.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { newOfficer, type Page, type TestOfficer } from './office.ts';

export interface CheckHouse {
  readonly platform: TestPlatform;
  readonly registry: RegistryServer;
  /** A folder of this house, with the registry's keys. */
  readonly folder: string;
  readonly checks: Checks;
  readonly officers: readonly [TestOfficer, TestOfficer];
  today(): string;
  /** Whom the household register has under a person's number. */
  residentOf(person: Person): NonNullable<ReturnType<RegistryServer['register']['find']>>;
  /** An officer types a sheet of a person as the register has them, but for what is written otherwise. */
  typeSheet(
    number: string,
    person: Person,
    sheet: number,
    written?: Readonly<Record<string, string>>,
  ): Promise<Page>;
  /** Both officers sign what waits at an address `/actions/…`. */
  bothSign(location: string | undefined): Promise<void>;
  /** An act of the desk, by its form, signed by both. */
  enter(of: string, kind: string, fields?: Readonly<Record<string, string>>): Promise<void>;
  /** A step of the page of a case's check; the order and the result are signed by both. */
  step(caseNumber: string, step: string, fields?: Readonly<Record<string, string>>): Promise<Page>;
  /** Until every entry has its place in the log. */
  published(): Promise<void>;
  close(): Promise<void>;
}

export async function startCheckHouse(): Promise<CheckHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-checks-'));
  let platform: TestPlatform | undefined;
  const running = (): TestPlatform => {
    if (platform === undefined) throw new Error('the platform has not started');
    return platform;
  };
  const registry = await startRegistry({
    port: 0,
    clock: () => running().clock.nowMs(),
    identityFiles: () => [formatIdentityFile(running().keys.ministry)],
  });
  writeFileSync(join(folder, 'registry.txt'), `${registry.verifierKey}\n`);
  platform = await startPlatform({
    surfaces: ['public', 'sequencer', 'office'],
    env: {
      LIANSHU_OFFICE_PORT: '0',
      LIANSHU_REGISTRY_URL: registry.url,
      LIANSHU_REGISTRY_KEYS: join(folder, 'registry.txt'),
    },
  });
  const house = platform;
  const { initiatives, record } = house.running;
  const keys = readRegistryKeys(registry.verifierKey, false);
  const { db, pool } = house.database;
  const checks = createChecks({
    ...{ db, record, initiatives, clock: house.clock, random: systemRandom },
    registry: registryHttp({ url: registry.url, keys, fetchFrom: fetch }),
  });
  const officers = [
    await newOfficer(house, { label: '承辦甲' }),
    await newOfficer(house, { label: '承辦乙' }),
  ] as const;
  for (const officer of officers) await officer.signIn();
  const today = () => new Date(house.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);

  async function bothSign(location: string | undefined): Promise<void> {
    const id = /^\/actions\/([\w-]{16})$/.exec(location ?? '')?.[1];
    if (id === undefined) throw new Error(`nothing was prepared: ${location}`);
    for (const officer of officers) {
      const page = await officer.sign(id);
      if (page.status !== 303) throw new Error(`${page.status} ${page.html}`);
    }
  }

  const residentOf: CheckHouse['residentOf'] = ({ nationalId }) => {
    const found = registry.register.find(nationalId);
    if (found === undefined) throw new Error('nobody');
    return found;
  };

  return {
    ...{ platform: house, registry, folder, checks, officers, today, bothSign, residentOf },
    typeSheet(number, person, sheet, written = {}) {
      const { township, name, address, nationalId } = residentOf(person);
      return officers[0].browser.post(`/rolls/${number}/paper`, {
        ...{ township, sheet: String(sheet), name, address, nationalId },
        ...written,
      });
    },
    enter: async (of, kind, fields = {}) =>
      bothSign(`/actions/${await officers[0].prepare(of, kind, { on: today(), ...fields })}`),
    async step(caseNumber, step, fields = {}) {
      const page = await officers[0].browser.post(`/cases/${caseNumber}/proposers/${step}`, fields);
      if (page.status === 303 && (step === 'order' || step === 'result')) await bothSign(page.location);
      return page;
    },
    published: () =>
      vi.waitFor(
        async () => {
          const { rows } = await pool.query('select 1 from entry where seq is null');
          expect(rows).toHaveLength(0);
        },
        { timeout: 30_000, interval: 100 },
      ),
    async close() {
      await house.close();
      await registry.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
