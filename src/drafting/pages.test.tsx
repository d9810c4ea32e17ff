import type { VNode } from 'preact';
import { describe, expect, it } from 'vitest';
import { rulePack } from '../law/index.ts';
import { renderPage } from '../web/index.ts';
import { redlineOf } from './compare-page.tsx';
import type { DraftFrame } from './draft-frame.tsx';
import { hintsOn } from './draft-hints.ts';
import { DraftPage } from './draft-page.tsx';
import { draftTextFrom, EMPTY_DRAFT } from './draft-text.ts';
import { EditPage } from './edit-page.tsx';
import { CountLine, Findings, LikeCases } from './text-parts.tsx';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const html = (page: VNode): string => renderPage(page);
const TEXT = draftTextFrom({
  subjectZh: '午餐',
  subjectEn: 'Lunch',
  mainText: '你是否同意，甲案？',
  reasons: '一、甲。',
});

const frame = (more: Partial<DraftFrame> = {}, frozen?: 'D00007'): DraftFrame => ({
  language: 'zh-Hant-TW',
  open: {
    draft: {
      id: 'AAAAAAAAAAAAAAAA',
      lead: 'lead-account-001',
      createdAtMs: 0,
      newest: 1,
      copiedFrom: undefined,
      frozen: frozen && { version: 1, atMs: 0, draftNumber: frozen },
    },
    role: 'lead',
    newest: { version: 1, author: 'lead-account-001', authorLabel: undefined, savedAtMs: 0, text: TEXT },
  },
  openComments: 0,
  publicUrl: 'https://public.invalid',
  current: 'text',
  ...more,
});
const view = { versions: [], hints: hintsOn(TEXT, PACK), like: [] };

describe('the count of a part', () => {
  const line = (mainText: string) => {
    const [count] = hintsOn({ ...EMPTY_DRAFT, mainText }, PACK).counts;
    return count === undefined ? '' : html(<CountLine language="zh-Hant-TW" count={count} />);
  };

  it('underlines what counts, leaves punctuation plain, and strikes through what is too much', () => {
    expect(line('甲，乙。')).toContain('<u>甲</u><span>，</span><u>乙</u><span>。</span>');
    const over = line(`${'字'.repeat(100)}，多出`);
    expect(over).toContain(`<u>${'字'.repeat(100)}</u><span>，</span><s>多出</s>`);
    expect(over).toContain('超過 2 字');
    expect(over).not.toContain('95%');
  });

  it('says from 95 per cent on that the limit is near', () => {
    expect(line('字'.repeat(94))).not.toContain('95%');
    expect(line('字'.repeat(95))).toContain('95%');
  });

  it('marks no more of a very long text than its beginning', () => {
    const long = line('字，'.repeat(9_000));
    expect(long.length).toBeLessThan(200_000);
    expect(long).toContain('只標示開頭');
  });
});

describe('hints', () => {
  it('each tell rule, reason, article and what they might become', () => {
    const text = draftTextFrom({ mainText: '你是否同意應廢止這部惡法？' });
    const said = html(<Findings language="en" findings={hintsOn(text, PACK).findings} text={text} />);
    expect(said).toContain('data-rule="L7"');
    expect(said).toContain('<mark>惡法</mark>');
    expect(said).toContain('Wording Regulation §4');
    expect(said).toContain('against the wording regulation (§10 III ②)');
  });

  it('are bounded, however many there are', () => {
    const text = draftTextFrom({ mainText: '惡法'.repeat(500) });
    const said = html(<Findings language="zh-Hant-TW" findings={hintsOn(text, PACK).findings} text={text} />);
    expect(said.match(/data-rule=/g)).toHaveLength(40);
    expect(said).toContain('另有');
  });
});

describe('similar cases', () => {
  const like = {
    caseNumber: '9001',
    path: '/initiatives/9001',
    title: { 'zh-Hant-TW': '舊案', en: 'Old case' },
    stage: { 'zh-Hant-TW': '視為放棄連署', en: 'deemed abandoned' },
    likeness: 61,
    shared: ['校內廚房'],
  };

  it('warn of a running bar with its article and last day, and of whom it binds', () => {
    const bar = {
      whom: 'the-original-proposers',
      citation: '公民投票法 §12 IV',
      until: '2028-01-31',
    } as const;
    const said = html(
      <LikeCases language="zh-Hant-TW" cases={[{ ...like, bar }]} publicUrl="https://public.invalid" />,
    );
    expect(said).toContain('data-rule="L14"');
    expect(said).toContain('2028-01-31');
    expect(said).toContain('其他人不受限');
    expect(said).toContain('https://public.invalid/initiatives/9001');
  });

  it('are only named where no bar runs', () => {
    expect(html(<LikeCases language="en" cases={[like]} publicUrl="" />)).not.toContain('L14');
  });
});

describe('the pages of a draft', () => {
  it('offer editing and collecting to its lead proposer, and editing only to a co-drafter', () => {
    const own = html(<DraftPage frame={frame()} view={view} />);
    for (const path of ['/edit', '/collect', '/delete'])
      expect(own).toContain(`/drafts/AAAAAAAAAAAAAAAA${path}"`);
    const helping = frame();
    const theirs = html(
      <DraftPage frame={{ ...helping, open: { ...helping.open, role: 'co-drafter' } }} view={view} />,
    );
    expect(theirs).toContain('/edit"');
    for (const path of ['/collect', '/delete']) expect(theirs).not.toContain(`${path}"`);
  });

  it('lead from a frozen one to its public page and its console, and offer no editing', () => {
    const said = html(<DraftPage frame={frame({ language: 'en' }, 'D00007')} view={view} />);
    expect(said).toContain('https://public.invalid/en/drafts/D00007');
    expect(said).toContain('/en/console/D00007');
    expect(said).not.toContain('/edit"');
    expect(said).toContain('/en/drafts/AAAAAAAAAAAAAAAA/copy');
  });

  it('show in a conflict what became of each field, with the difference', () => {
    const newest = {
      version: 4,
      author: 'x',
      authorLabel: '法律組',
      savedAtMs: 0,
      text: { ...TEXT, mainText: '他' },
    };
    const merge = {
      text: { ...TEXT, mainText: '我' },
      fields: [{ field: 'mainText', kind: 'conflict' } as const],
    };
    const said = html(
      <EditPage
        frame={frame({ current: 'edit' })}
        view={{ text: merge.text, base: 4, tooLong: [], conflict: { newest, merge } }}
      />,
    );
    expect(said).toContain('法律組已儲存第 4 版');
    expect(said).toContain('data-merge="mainText:conflict"');
    expect(said).toContain('name="base" value="4"');
    expect(said).toMatch(/<del>.*他.*<\/del><ins>.*我.*<\/ins>/);
  });

  it('name a chosen kind of matter in a redline, not its code', () => {
    const [difference] = redlineOf(
      'zh-Hant-TW',
      { ...TEXT, matter: 'statute' },
      { ...TEXT, matter: 'principle' },
    );
    expect(difference?.parts.map(({ text }) => text).join('')).not.toMatch(/statute|principle/);
  });
});
