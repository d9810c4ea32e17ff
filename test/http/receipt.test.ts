/** The receipt of a signature, its entry in the published files, and its sealed evidence opened elsewhere. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatExport, generateCaseKey, openEvidence, openRoster } from '@lianshu/seal';
import { cast, citizen, signStatement } from '@lianshu/simulators';
import {
  canonicalJson,
  renderLoginStatement,
  renderOwnSignatureQuestion,
  renderProposalStatement,
} from '@lianshu/statement';
import { parseTlogProof } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listSealed, listWrappedEpochs } from '../../src/signing/index.ts';
import { keysOf, publishedIndex, readPublishedLog } from '../builders/published-log.ts';
import {
  type Answer,
  bytesOf,
  offer,
  prepare,
  requestBody,
  send,
  sign,
  storedRows,
} from '../builders/signer.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer'], publishEveryMs: 1_500 });
  await platform.openCase(CASE);
});
afterAll(() => platform?.close());

const receiptOf = (answer: Answer) => {
  expect(answer.status).toBe(201);
  return checkReceipt(nodeNotePrimitives, String(answer.body['receipt']), { keys: keysOf(platform) });
};

test('a case just entered has its pages before anything of it is published', async () => {
  await platform.openCase('9903');
  for (const path of ['/', '/en', '/initiatives/9903', '/en/initiatives/9903', '/v1/initiatives/9903']) {
    const response = await fetch(`${platform.url}${path}`, { headers: { accept: 'text/html' } });
    expect([path, response.status]).toEqual([path, 200]);
  }
  const api = await (await fetch(`${platform.url}/v1/initiatives/9903`)).json();
  expect(api).toMatchObject({ state: 'open', count: { electronic: 0 } });
});

describe('收執', () => {
  test('holds under the log’s keys, before its checkpoint is public', async () => {
    const person = citizen(1);
    // Right after a publication: the next is a second and a half away.
    const first = await sign(platform, citizen(0), CASE);
    await publishedIndex(platform, String(first.body['commitment']));
    const answer = await sign(platform, person, CASE);
    const sizeNow = readPublishedLog(platform)?.size ?? 0;
    const verdict = receiptOf(answer);
    expect(verdict).toMatchObject({
      code: 'included',
      receipt: {
        origin: 'test.lianshu.invalid/log',
        caseNumber: CASE,
        act: 'joint-signature',
        held: false,
        commitment: answer.body['commitment'],
        demo: true,
        serverMadeSecret: false,
      },
    });
    if (verdict.code !== 'included') throw new Error(verdict.code);
    expect(verdict.receipt.signedBy).toHaveLength(2);
    expect(verdict.receipt.size).toBeGreaterThan(sizeNow);
    expect(verdict.receipt.index).toBeGreaterThanOrEqual(sizeNow);
    const page = await fetch(`${platform.url}/receipts/${String(answer.body['commitment'])}`, {
      headers: { accept: 'text/html' },
    });
    expect(await page.text()).toContain('已收下，等待寫入公卷');

    const index = await publishedIndex(platform, String(answer.body['commitment']));
    expect(index).toBe(verdict.receipt.index);
    const later = await fetch(`${platform.url}/en/receipts/${String(answer.body['commitment'])}`, {
      headers: { accept: 'text/html' },
    });
    expect(await later.text()).toMatch(/<h1>In the record/);
  });

  test('a changed commitment, opening or path proves nothing', async () => {
    const answer = await sign(platform, citizen(2), CASE);
    const file = String(answer.body['receipt']);
    const proof = parseTlogProof(file);
    expect(receiptOf(answer).code).toBe('included');
    expect(checkReceipt(nodeNotePrimitives, file, { keys: [] }).code).toBe('no-trusted-key');
    const otherIndex = file.replace(/^index .*$/m, `index ${(proof?.index ?? 0) - 1}`);
    expect(checkReceipt(nodeNotePrimitives, otherIndex, { keys: keysOf(platform) }).code).toBe(
      'not-included',
    );
    const otherCase = file.replace(/^extra (.*)$/m, (_line, extra: string) => {
      const opening = Buffer.from(extra, 'base64').toString().replace('"9901"', '"9902"');
      return `extra ${Buffer.from(opening).toString('base64')}`;
    });
    expect(otherCase).not.toBe(file);
    expect(checkReceipt(nodeNotePrimitives, otherCase, { keys: keysOf(platform) }).code).toBe('not-included');
  });

  test('the published entry is the canonical JSON with L and a tag that is not t', async () => {
    const answer = await sign(platform, citizen(3), CASE);
    const commitment = String(answer.body['commitment']);
    const index = await publishedIndex(platform, commitment);
    const log = readPublishedLog(platform);
    const tag = String(log?.entries[index]?.['tag']);
    const expected = canonicalJson({ case: CASE, commitment, kind: 'joint-signature', tag, v: 1 });
    expect(new TextDecoder().decode(log?.bytes[index])).toBe(
      typeof expected === 'string' ? expected : new TextDecoder().decode(expected),
    );
    const { rows } = await platform.database.pool.query<{ tag: Buffer }>(
      'select tag from joint_signature where commitment = $1',
      [Buffer.from(bytesOf(commitment))],
    );
    expect(rows).toHaveLength(1);
    expect(bytesOf(tag)).toHaveLength(32);
    expect(Buffer.from(rows[0]?.tag ?? []).toString('base64url')).not.toBe(tag);
    const files = new TextDecoder('latin1').decode(Buffer.concat(log?.bytes.map(Buffer.from) ?? []));
    expect(files).not.toContain(Buffer.from(rows[0]?.tag ?? []).toString('base64url'));
  });

  test('asked for again with the same body, also after the token expired: the same entry', async () => {
    const prepared = await prepare(platform, citizen(4), CASE);
    const one = receiptOf(await send(platform, CASE, prepared));
    platform.clock.moveBy(11 * 60_000);
    const two = receiptOf(await send(platform, CASE, prepared));
    if (one.code !== 'included' || two.code !== 'included') throw new Error('no receipt');
    expect(two.receipt.index).toBe(one.receipt.index);
    expect(two.receipt.commitment).toBe(one.receipt.commitment);
  });

  test('GET /v1/receipts/:L gives the same proof and names nobody', async () => {
    const answer = await sign(platform, citizen(5), CASE);
    const url = `${platform.url}/v1/receipts/${String(answer.body['commitment'])}`;
    await expect.poll(async () => (await fetch(url)).status, { timeout: 30_000 }).toBe(200);
    const response = await fetch(url);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = (await response.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ state: 'included', case: CASE, act: 'joint-signature' });
    expect(body['proof']).toMatchObject({ index: body['index'] });
    expect(Object.keys(body).sort()).toEqual(['act', 'case', 'index', 'proof', 'state']);
  });

  test('uploaded for checking without script: proven, a promise, or nothing; in both languages', async () => {
    const answer = await sign(platform, citizen(6), CASE);
    const upload = async (language: '' | '/en', text: string) => {
      const form = new FormData();
      form.set('file', new Blob([text]), 'r.tlog-proof');
      const response = await fetch(`${platform.url}${language}/receipts`, {
        method: 'POST',
        body: form,
        headers: { accept: 'text/html' },
      });
      return { status: response.status, html: await response.text() };
    };
    const outcome = async (language: '' | '/en', text: string) => {
      const { status, html } = await upload(language, text);
      expect(status).toBe(200);
      expect(html).toContain(language === '' ? '<html lang="zh-Hant-TW"' : '<html lang="en"');
      return /class="verdict verdict-([a-z-]+)"/.exec(html)?.[1];
    };
    const receipt = String(answer.body['receipt']);
    const promise = String(answer.body['promise']);
    const keys = await (await fetch(`${platform.url}/v1/keys`)).text();
    expect(keys).toContain((await platform.sealer.health()).promiseKey);
    expect(await outcome('', receipt)).toBe('proven');
    expect(await outcome('', promise)).toBe('promise');
    expect(await outcome('/en', receipt)).toBe('proven');
    expect(await outcome('/en', promise)).toBe('promise');
    expect(await outcome('/en', receipt.replace('index ', 'index 9'))).toBe('not-proven');
    expect(await outcome('', promise.replace('case 9901', 'case 9902'))).toBe('not-proven');
    expect(await outcome('/en', 'nonsense')).toBe('not-proven');
  });
});

describe('statements of other kinds are no joint signature', () => {
  const issued = () => ({ signedAt: '2026-11-21T12:00:00+08:00' });
  const kinds = ['proposal', 'login', 'own-signature-question'] as const;
  const render = (
    kind: (typeof kinds)[number],
    transaction: string,
    signerCommitment: string,
  ): Uint8Array => {
    const common = { ...issued(), transaction };
    if (kind === 'login') return renderLoginStatement({ ...common, site: 'lianshu.invalid' });
    if (kind === 'own-signature-question')
      return renderOwnSignatureQuestion({ ...common, caseNumber: CASE, signerCommitment });
    const text = { mainText: '你是否同意本測試案之主文？', textDigest: 'a'.repeat(64), signerCommitment };
    return renderProposalStatement({ ...common, ...text, draftId: 'D-1' });
  };

  test.each(kinds)('%s', async (kind) => {
    const person = cast.guoqiang;
    const offered = await offer(platform, CASE, person.nationalId);
    const line = /^連署人承諾：(.{43})$/m.exec(new TextDecoder().decode(offered.statement))?.[1] ?? '';
    const statement = render(kind, offered.transaction, line);
    const before = await storedRows(platform, CASE);
    for (const form of ['cms-attached', 'cms-detached'] as const) {
      const signed = signStatement(await cardOf(platform, person), statement, {
        form,
        nonce: offered.transaction,
        nowMs: platform.clock.nowMs(),
      });
      const answer = await send(platform, CASE, { body: requestBody(CASE, offered, signed, form), offered });
      expect([form, answer.status]).toEqual([form, 422]);
      expect(answer.body['code']).toBe(form === 'cms-attached' ? 'E_CONTENT_MISMATCH' : 'E_DIGEST_MISMATCH');
    }
    expect(await storedRows(platform, CASE)).toBe(before);
  });
});

describe('封存', () => {
  const exported = async (part: 'evidence' | 'roster'): Promise<string[]> => {
    const header = { caseNumber: '9902', act: 'joint-signature', part } as const;
    const { db } = platform.database;
    const lines: string[] = [];
    for await (const line of formatExport(
      header,
      await listWrappedEpochs(db, header),
      listSealed(db, header),
    ))
      lines.push(line);
    return lines;
  };
  const collect = async (ids: AsyncIterable<string>) => {
    const found: string[] = [];
    for await (const id of ids) found.push(id);
    return found;
  };

  test('evidence opens with the trustees’ key and openssl verifies it; the roster with the ministry’s', async () => {
    await platform.openCase('9902');
    const [one, two] = [citizen(20), citizen(21)];
    const answer = await sign(platform, one, '9902');
    // Another epoch of both chains: the export must carry both.
    await platform.restartSealer();
    expect((await sign(platform, two, '9902')).status).toBe(201);
    const L = bytesOf(String(answer.body['commitment']));
    const { trustees, ministry } = platform.keys;

    const evidence = await openEvidence(await exported('evidence'), [trustees.identity], L);
    expect(evidence).toMatchObject({ nationalId: one.nationalId, caseNumber: '9902', form: 'cms-attached' });
    const folder = mkdtempSync(join(tmpdir(), 'lianshu-opened-'));
    try {
      const pem = (der: Uint8Array) =>
        `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
      const issuers = platform.authority.anchors().map(({ name }) => platform.authority.authority(name));
      writeFileSync(join(folder, 'issuers.pem'), issuers.map(({ certificate }) => pem(certificate)).join(''));
      writeFileSync(join(folder, 'envelope.p7m'), evidence?.signature ?? new Uint8Array());
      const verify = () =>
        spawnSync(
          'openssl',
          [
            'cms',
            '-verify',
            '-binary',
            '-inform',
            'DER',
            '-in',
            'envelope.p7m',
            '-CAfile',
            'issuers.pem',
          ].concat(['-purpose', 'any', '-out', 'signed.txt']),
          { cwd: folder, encoding: 'utf8' },
        );
      const verified = verify();
      expect(verified.status, verified.stderr).toBe(0);
      const cut = Buffer.from(evidence?.signature ?? []);
      cut.writeUInt8((cut.at(-1) ?? 0) ^ 1, cut.length - 1);
      writeFileSync(join(folder, 'envelope.p7m'), cut);
      expect(verify().status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }

    const roster = await exported('roster');
    const ids = [one.nationalId, two.nationalId].sort();
    expect((await collect(openRoster(roster, [ministry.identity]))).sort()).toEqual(ids);
    expect((await collect(openRoster(roster, [trustees.identity]))).sort()).toEqual(ids);
  });

  test('no other key opens either, and the ministry’s key opens no evidence', async () => {
    const answer = await sign(platform, citizen(22), '9902');
    const L = bytesOf(String(answer.body['commitment']));
    const stranger = await generateCaseKey('x25519');
    const evidence = await exported('evidence');
    await expect(openEvidence(evidence, [stranger.identity], L)).rejects.toThrow('no-identity');
    await expect(openEvidence(evidence, [platform.keys.ministry.identity], L)).rejects.toThrow('no-identity');
    await expect(collect(openRoster(await exported('roster'), [stranger.identity]))).rejects.toThrow(
      'no-identity',
    );
  });
});
