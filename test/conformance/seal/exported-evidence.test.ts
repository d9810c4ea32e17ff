import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { barePkcs1 } from '@lianshu/pki/testing';
import { formatExport, formatIdentityFile, generateCaseKey } from '@lianshu/seal';
import { buildOpenCommand } from '@lianshu/seal/program';
import { deriveLeafSecret, evidenceCommitment, recordCommitment, toBase64Url } from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SealRequest, SettledSeal } from '../../../src/sealer/index.ts';
import {
  type SealerWorld,
  sealRequestFor,
  startWorld,
  statementOf,
  TEST_CASE,
  TEST_ID,
  testAuthority,
  testCard,
} from '../../../src/sealer/testing/sealer-world.ts';

const OPEN = fileURLToPath(new URL('../../../packages/seal/bin/lianshu-open.mjs', import.meta.url));

/** A bare signature value over the same statement, as the phone method gives it. */
function pkcs1Request(): SealRequest {
  const request = sealRequestFor();
  const statement = statementOf(request);
  const { signature } = barePkcs1(testCard(), statement);
  const { certificate } = testCard();
  const evidence = evidenceCommitment(nodePrimitives, { statement, signature, certificate });
  const leafSecret = deriveLeafSecret(nodePrimitives, request.receiptSecret);
  const commitment = recordCommitment(nodePrimitives, { caseNumber: TEST_CASE, leafSecret, evidence });
  return { ...request, form: 'pkcs1', signature, certificate, recordCommitment: commitment };
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

describe('evidence exported from the server 匯出的簽署證據', () => {
  let world: SealerWorld;
  let folder: string;
  const sealed: SettledSeal[] = [];

  beforeAll(async () => {
    world = await startWorld();
    folder = mkdtempSync(join(tmpdir(), 'trustee-'));
    writeFileSync(join(folder, 'key'), formatIdentityFile(world.caseKey), { mode: 0o600 });
    for (const request of [sealRequestFor(), sealRequestFor({ form: 'cms-detached' }), pkcs1Request()]) {
      const outcome = await world.client.seal(request);
      if (outcome.outcome !== 'sealed')
        throw new Error(`${outcome.outcome} ${'reason' in outcome ? outcome.reason : outcome.code}`);
      sealed.push(outcome);
    }
    await writeExport('evidence', ({ evidence }) => evidence);
    await writeExport('roster', ({ rosterRecord }) => rosterRecord);
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function writeExport(
    part: 'evidence' | 'roster',
    recordOf: (one: SettledSeal) => SettledSeal['evidence'],
  ): Promise<void> {
    const header = { caseNumber: TEST_CASE, act: 'joint-signature', part } as const;
    const epochs = new Map(
      sealed.flatMap((one) => one.epochs.filter((e) => e.part === part).map((e) => [e.epochId, e])),
    );
    const records = sealed.map((one) => ({ recordCommitment: one.recordCommitment, ...recordOf(one) }));
    let text = '';
    for await (const line of formatExport(header, epochs.values(), records)) text += line;
    writeFileSync(join(folder, `${part}.lianshu-export`), text);
  }

  function open(...argv: string[]) {
    return spawnSync(process.execPath, [OPEN, ...argv], { cwd: folder, encoding: 'utf8' });
  }

  const FORMS = ['cms-attached', 'cms-detached', 'pkcs1'] as const;

  it.each(FORMS.map((form, i) => [form, i] as const))(
    '%s: opens on another machine and openssl verifies it',
    (form, i) => {
      const commitment = toBase64Url(sealed[i]?.recordCommitment ?? new Uint8Array());
      const argv = ['evidence', 'evidence.lianshu-export', '--identity', 'key', '--commitment', commitment];
      const opened = open(...argv, '--out', form, '--json');
      expect(opened.status, opened.stderr).toBe(0);
      const { verify } = JSON.parse(opened.stdout) as { verify: string };
      const cwd = join(folder, form);
      expect(statSync(cwd).mode & 0o777).toBe(0o700);
      expect(statSync(join(cwd, 'evidence.json')).mode & 0o777).toBe(0o600);
      const { root, g3 } = testAuthority();
      writeFileSync(join(cwd, 'issuers.pem'), pem(root.certificate) + pem(g3.certificate));
      const verified = spawnSync('sh', ['-c', verify], { cwd, encoding: 'utf8' });
      expect(verified.status, `${verify}\n${verified.stderr}`).toBe(0);

      // The same command must notice a changed statement.
      const statement = join(cwd, 'statement.txt');
      writeFileSync(statement, readFileSync(statement, 'utf8').replace('同意連署', '不同意連署'));
      expect(spawnSync('sh', ['-c', verify], { cwd }).status).not.toBe(0);

      expect(open(...argv, '--out', form).status).toBe(3);
    },
  );

  it('opens with the one-file program alone, far from any package', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'offline-'));
    const program = await buildOpenCommand();
    expect(program).not.toContain(fileURLToPath(new URL('../../..', import.meta.url)));
    writeFileSync(join(elsewhere, 'lianshu-open.mjs'), program);
    for (const name of ['roster.lianshu-export', 'key'])
      copyFileSync(join(folder, name), join(elsewhere, name));
    const argv = ['lianshu-open.mjs', 'roster', 'roster.lianshu-export', '--identity', 'key'];
    const opened = spawnSync(process.execPath, argv, { cwd: elsewhere, encoding: 'utf8', env: {} });
    rmSync(elsewhere, { recursive: true, force: true });
    expect([opened.status, opened.stdout]).toEqual([0, `${TEST_ID}\n`.repeat(3)]);
  });

  it('opens the roster with the number and nothing else', () => {
    const opened = open('roster', 'roster.lianshu-export', '--identity', 'key');
    expect([opened.status, opened.stdout]).toEqual([0, `${TEST_ID}\n`.repeat(3)]);
  });

  it('opens nothing with another case’s key', async () => {
    writeFileSync(join(folder, 'other'), formatIdentityFile(await generateCaseKey('x25519')), {
      mode: 0o600,
    });
    const opened = open('roster', 'roster.lianshu-export', '--identity', 'other', '--json');
    expect([opened.status, JSON.parse(opened.stdout)]).toEqual([
      1,
      { outcome: 'not-opened', code: 'no-identity' },
    ]);
  });

  const hasAge = spawnSync('age', ['--version']).status === 0;
  if (!hasAge)
    console.warn('SKIPPED: the ordinary age tool is not installed; epoch files were not opened with it.');

  it.runIf(hasAge)('wraps epochs so that the ordinary age tool opens them', () => {
    for (const [i, epoch] of (sealed[0]?.epochs ?? []).entries()) {
      writeFileSync(join(folder, `${i}.age`), epoch.wrapped);
      const text = execFileSync('age', ['--decrypt', '-i', 'key', `${i}.age`], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(text).toMatch(
        new RegExp(
          `^LIANSHU-EPOCH/1\ncase 9901\npart ${epoch.part}\nepoch ${epoch.epochId}\nkey [0-9a-f]{64}\n$`,
        ),
      );
    }
  });
});
