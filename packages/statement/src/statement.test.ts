import { describe, expect, it } from 'vitest';
import { signerCommitment } from './commitment.ts';
import { toBase64Url, toHex, utf8 } from './encoding.ts';
import { NationalId } from './national-id.ts';
import { nodePrimitives } from './node-primitives.ts';
import {
  type JointSignatureFields,
  renderAffidavitStatement,
  renderJointSignatureStatement,
  renderLoginStatement,
  renderOwnSignatureQuestion,
  renderProposalStatement,
  type StatementKind,
  statementKind,
} from './statement.ts';
import { StatementFault } from './statement-field.ts';

const { sha256 } = nodePrimitives;

function goldenCommitment(): string {
  const id = NationalId.parse('A123456789');
  if (!(id instanceof NationalId)) throw new Error(id.code);
  const salt = Uint8Array.from({ length: 16 }, (_, i) => i);
  return toBase64Url(signerCommitment(nodePrimitives, id, salt));
}

const golden: JointSignatureFields = {
  caseNumber: '9001',
  mainText: '你是否同意本測試案之主文？',
  textDigest: toHex(sha256(utf8('LIANSHU TEST TEXT\n'))),
  signerCommitment: goldenCommitment(),
  signedAt: '2026-11-21T12:00:00+08:00',
  transaction: 'AAAAAAAAAAAAAAAAAAAAAA',
};
const { caseNumber, ...petition } = golden;
const issued = { signedAt: golden.signedAt, transaction: golden.transaction };

/** One statement of each kind, as alike as their fields allow. */
const rendered: Readonly<Record<StatementKind, Uint8Array>> = {
  'joint-signature': renderJointSignatureStatement(golden),
  proposal: renderProposalStatement({ ...petition, draftId: caseNumber }),
  login: renderLoginStatement({ ...issued, site: 'demo.lianshu.invalid' }),
  'own-signature-question': renderOwnSignatureQuestion({
    ...issued,
    caseNumber,
    signerCommitment: golden.signerCommitment,
  }),
  affidavit: renderAffidavitStatement({ ...issued, caseNumber, textDigest: golden.textDigest }),
};
const kinds = Object.keys(rendered) as readonly StatementKind[];

describe('LIANSHU-TBS/1', () => {
  it('is the golden vector of identity.md §9, with the wallet nonce', () => {
    const bytes = rendered['joint-signature'];
    expect(golden.signerCommitment).toBe('KMzAvLYcj9W1Alv3fDkkYUDzLMln5dlKrH7jCB7nj9A');
    expect(golden.textDigest).toBe('65d9a0149b906571ab4280db75e5f996caec11b29f7f85fd4047d48c509cd3d5');
    expect(bytes.length).toBe(420);
    expect(toHex(sha256(bytes))).toBe('fe4b7665858e1d936909e157aaf1e437cb896f4453724bfc60c8cf3fb1cfbc3d');
    expect(toBase64Url(sha256(bytes))).toBe('_kt2ZYWOHZNpCeFXqvHkN8uJb0RTckv8YMjPP7HPvD0');
  });

  it('has 681 bytes, 908 base64 characters, with a main text of 100 three-byte characters', () => {
    const bytes = renderJointSignatureStatement({ ...golden, mainText: '字'.repeat(100) });
    expect(bytes.length).toBe(681);
    expect(Buffer.from(bytes).toString('base64').length).toBe(908);
  });

  it.each<[Partial<JointSignatureFields>, string]>([
    [{ caseNumber: '' }, 'statement-case-number'],
    [{ caseNumber: '09001' }, 'statement-case-number'],
    [{ caseNumber: '9001\n' }, 'statement-case-number'],
    [{ mainText: '  ' }, 'statement-main-text-empty'],
    [{ mainText: '一\n聲明：二' }, 'statement-main-text-line-break'],
    [{ mainText: '一\u2028二' }, 'statement-main-text-line-break'],
    [{ mainText: '一\u202e二' }, 'statement-main-text-control'],
    [{ mainText: '一\u200b二' }, 'statement-main-text-control'],
    [{ mainText: '一\ud800' }, 'statement-main-text-control'],
    [{ mainText: 'cafe\u0301' }, 'statement-main-text-nfc'],
    [{ mainText: '字'.repeat(130) }, 'statement-too-long'],
    [{ textDigest: golden.textDigest.toUpperCase() }, 'statement-text-digest'],
    [{ textDigest: golden.textDigest.slice(1) }, 'statement-text-digest'],
    [{ signerCommitment: golden.signerCommitment.slice(1) }, 'statement-commitment'],
    [{ signerCommitment: `${golden.signerCommitment.slice(0, 42)}B` }, 'statement-commitment'],
    [{ transaction: `${'A'.repeat(21)}B` }, 'statement-transaction'],
    [{ transaction: `${'A'.repeat(22)}==` }, 'statement-transaction'],
    [{ signedAt: '2026-11-21T12:00:00Z' }, 'statement-time'],
    [{ signedAt: '2026-02-30T12:00:00+08:00' }, 'statement-time'],
    [{ signedAt: '2026-11-21T24:00:00+08:00' }, 'statement-time'],
    [{ signedAt: '2026-11-21T12:00+08:00' }, 'statement-time'],
  ])('refuses %j as %s', (change, code) => {
    expect(() => renderJointSignatureStatement({ ...golden, ...change })).toThrow(StatementFault);
    expect(() => renderJointSignatureStatement({ ...golden, ...change })).toThrow(code);
  });

  it('names the draft in a proposal and refuses one that is none', () => {
    const text = new TextDecoder().decode(renderProposalStatement({ ...petition, draftId: 'D-2026-07' }));
    expect(text).toContain('電子提案書');
    expect(text).toContain('草案編號：D-2026-07\n');
    expect(text).not.toContain('連署');
    for (const draftId of ['', 'a', '-A', 'A--B', 'A'.repeat(33)]) {
      expect(() => renderProposalStatement({ ...petition, draftId })).toThrow('statement-draft-id');
    }
  });

  it('names case and text in an affidavit, and says that it supports nothing', () => {
    const text = new TextDecoder().decode(rendered.affidavit);
    expect(text.split('\n').slice(0, 4)).toEqual([
      '使用電子連署系統切結書',
      '規格：LIANSHU-AFFIDAVIT/1',
      '案號：9001',
      `切結書全文SHA256：${golden.textDigest}`,
    ]);
    expect(text).toContain('本件不是提案書，也不是連署書');
    const affidavit = { ...issued, caseNumber, textDigest: golden.textDigest };
    expect(() => renderAffidavitStatement({ ...affidavit, caseNumber: 'D00001' })).toThrow(
      'statement-case-number',
    );
    expect(() => renderAffidavitStatement({ ...affidavit, textDigest: 'x' })).toThrow(
      'statement-text-digest',
    );
  });

  it('refuses a site that is no host name', () => {
    for (const site of ['', 'Demo.example', 'a b', 'demo.example/x', 'demo.example\n']) {
      expect(() => renderLoginStatement({ ...issued, site })).toThrow('statement-site');
    }
  });
});

describe('sibling statements', () => {
  for (const asked of kinds) {
    for (const offered of kinds) {
      it(`${offered} in the place of ${asked} is ${asked === offered ? 'taken' : 'refused'}`, () => {
        expect(statementKind(rendered[offered]) === asked).toBe(asked === offered);
        expect(Buffer.compare(rendered[asked], rendered[offered]) === 0).toBe(asked === offered);
      });
    }
  }

  it('differ within their first 40 bytes', () => {
    expect(new Set(kinds.map((kind) => toHex(rendered[kind].slice(0, 40)))).size).toBe(kinds.length);
  });

  it('are known only from their whole first lines', () => {
    for (const kind of kinds) {
      expect(statementKind(rendered[kind].slice(0, 14))).toBeUndefined();
      expect(statementKind(utf8(`\ufeff${new TextDecoder().decode(rendered[kind])}`))).toBeUndefined();
    }
    expect(statementKind(new Uint8Array())).toBeUndefined();
  });
});
