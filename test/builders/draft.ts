/** A draft that collects proposers on a test platform, and its lead proposer's pseudonym as the sealer makes it. */
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast, type Person } from '@lianshu/simulators';
import type { Opening } from '../../src/proposals/index.ts';
import type { TestPlatform } from '../platform.ts';

/** Electors of 2024 × 0.01 %, rounded up (公民投票法 §10 I). */
export const PROPOSERS_NEEDED = 1_955;

/** What a person's sign-in would have given the workspace. */
function personOf(platform: TestPlatform, person: Person): Uint8Array {
  const key = readFileSync(join(platform.directory, 'sealer', 'person-key', 'person.key'));
  const text = `LIANSHU-PERSON/1\0${person.nationalId}`;
  return new Uint8Array(createHmac('sha256', key).update(text).digest());
}

/** Everything in an opening; a test bends any of it. */
export const opening = (platform: TestPlatform, bend: Partial<Opening> = {}): Opening => ({
  subject: { 'zh-Hant-TW': '測試草案', en: 'Test draft' },
  leadProposer: { 'zh-Hant-TW': '測試領銜人（虛構）', en: 'Test lead (invented)' },
  subjectMatter: 'principle',
  rulePack: 'tw.referendum.national@2025-12-03',
  isInvented: true,
  text: {
    mainText: '你是否同意本測試草案之主文？',
    reasons: ['一、測試。', '', '二、空行之後。'],
    translation: { mainText: 'Do you agree with this test draft?', reasons: ['1. Test.'] },
  },
  leadPerson: personOf(platform, cast.jiahao),
  ...bend,
});

/** Opens a draft whose lead proposer is Jiahao; the sealer has its key when this resolves. */
export async function openDraft(platform: TestPlatform, bend: Partial<Opening> = {}): Promise<string> {
  const file = join(platform.directory, 'sealer', 'recipients', 'drafts.json');
  const { trustees, ministry } = platform.keys;
  const recipients = {
    evidence: [trustees.recipient],
    roster: [ministry.recipient, trustees.recipient],
  };
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(recipients), { mode: 0o600 });
  const opened = await platform.running.proposals.open(opening(platform, bend));
  if (!opened.ok) throw new Error(opened.refusal.code);
  await platform.sealer.openCase(opened.draft);
  return opened.draft;
}
