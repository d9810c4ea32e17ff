import type { VNode } from 'preact';
import { citation, type RulePack } from '../law/index.ts';
import { DateText, Layout, type Localised, type PageFrame } from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import type { Transition } from './transitions.ts';

/** The announced day of a national election. */
export interface ElectionDay {
  readonly day: string;
  readonly election: Localised;
  readonly source: Readonly<{ label: string; href: string }>;
  readonly index: number | undefined;
}

export interface LawView {
  readonly packs: readonly Readonly<{ pack: RulePack; digest: string; isInForce: boolean }>[];
  /** Newest first. */
  readonly transitions: readonly Transition[];
  readonly elections: readonly ElectionDay[];
}

const zh = {
  title: '適用的法規版本',
  lede: '門檻、期限、事由都記載於「規則包」：一版法規一包，每個數字附條文。案件依提出當日施行的規則包，之後修法或本平台更新都不改變它；另適用新包，須有援引過渡規定的決定並登錄於公卷，目前沒有這樣的決定。',
  packs: '規則包',
  inForce: '今日提出之案適用',
  from: '自',
  to: '至',
  fromUnknown: '施行日未確認',
  promulgated: '公布',
  unconfirmed: '施行日未確認',
  digest: '內容之 SHA-256',
  history: '登錄於公卷之啟用與變更',
  none: '公卷中尚無登錄。',
  cameIntoForce: (title: string) => `啟用：${title}。自此提出之案適用；先前提出者仍依原規則包。`,
  added: (n: number) => `本版程式首次載明 ${n} 個規則包之內容`,
  changed: '內容已變更：',
  removed: '已移除：',
  release: '程式版本',
  entry: (index: number) => `公卷第 ${index} 件`,
  elections: '已公告之全國性選舉投票日',
  electionsNote:
    '成立公告後三個月至六個月內有全國性選舉者，公民投票與其同日舉行（公民投票法 §23，2025 年修正）。',
  noElections: '公卷中尚無登錄。',
  source: '來源',
};

const en: typeof zh = {
  title: 'Versions of the law',
  lede: 'Thresholds, terms and grounds stand in rule packs: one text of the law each, every number with its article. A case is bound to the pack in force on the day it was filed; neither an amendment nor an update of this platform changes that. A newer pack applies to it only by a decision that cites the transitional rule and stands in the record; there is none so far.',
  packs: 'Rule packs',
  inForce: 'for cases filed today',
  from: 'from',
  to: 'to',
  fromUnknown: 'first day unconfirmed',
  promulgated: 'promulgated',
  unconfirmed: 'effective day unconfirmed',
  digest: 'SHA-256 of its content',
  history: 'Entries: packs that came into force, and changes',
  none: 'There is no entry yet.',
  cameIntoForce: (title) =>
    `In force: ${title}. Cases filed from here on are bound to it; those filed before stay under theirs.`,
  added: (n) => `this release states the content of ${n} packs for the first time`,
  changed: 'content changed: ',
  removed: 'removed: ',
  release: 'release',
  entry: (index) => `entry ${index} of the record`,
  elections: 'Announced days of national elections',
  electionsNote:
    'A case whose three to six months after establishment hold a national election is voted on that day (Referendum Act §23 as amended in 2025).',
  noElections: 'There is no entry yet.',
  source: 'Source',
};

/** `/law`: every rule pack with its days and digest, and what the record says of their coming into force. */
export const LawPage = ({ frame, view }: Readonly<{ frame: PageFrame; view: LawView }>): VNode => {
  const { language } = frame;
  const t = language === 'en' ? en : zh;
  const titleOf = (id: string) => view.packs.find(({ pack }) => pack.id === id)?.pack.title[language] ?? id;
  return (
    <Layout frame={frame} title={t.title}>
      <div class="wrap prose">
        <h1>{t.title}</h1>
        <p class="lede">{t.lede}</p>
        <h2>{t.packs}</h2>
        {view.packs.map(({ pack, digest, isInForce }) => (
          <section key={pack.id} data-pack={pack.id} data-in-force={isInForce ? 'yes' : 'no'}>
            <h3>
              {pack.title[language]} {isInForce ? <span class="tag">{t.inForce}</span> : null}
            </h3>
            <p class="course-meta">
              <span>
                <code class="break">{pack.id}</code>
              </span>
              {pack.effectiveFrom.value === undefined ? (
                <span>{t.fromUnknown}</span>
              ) : (
                <span>
                  {t.from} <DateText language={language} iso={pack.effectiveFrom.value} />
                  {pack.effectiveTo === undefined ? null : (
                    <>
                      {' '}
                      {t.to} <DateText language={language} iso={pack.effectiveTo} />
                    </>
                  )}
                </span>
              )}
              {pack.effectiveFrom.value !== undefined && pack.effectiveFrom.status === 'unconfirmed' ? (
                <span>{t.unconfirmed}</span>
              ) : null}
              <span>
                <QuotingChinese language={language} text={citation(pack.effectiveFrom.citation)[language]} />
              </span>
            </p>
            <p>
              {t.digest}
              <br />
              <code class="break">{digest}</code>
            </p>
          </section>
        ))}
        <h2>{t.history}</h2>
        {view.transitions.length === 0 ? <p>{t.none}</p> : null}
        <ol class="course" reversed>
          {view.transitions.map((one) => (
            <li key={`${one.at}${one.index ?? ''}`} data-transition={one.cameIntoForce ?? 'content'}>
              <p class="course-when">
                <DateText language={language} iso={one.at} />
              </p>
              <div class="course-what">
                {one.cameIntoForce === undefined ? null : (
                  <strong>{t.cameIntoForce(titleOf(one.cameIntoForce))}</strong>
                )}
                {one.changed.length === 0 ? null : (
                  <p>
                    {t.changed}
                    {one.changed.map(titleOf).join(language === 'en' ? ', ' : '、')}
                  </p>
                )}
                {one.removed.length === 0 ? null : (
                  <p>
                    {t.removed}
                    {one.removed.join(', ')}
                  </p>
                )}
                <p class="course-meta">
                  {one.added.length === 0 ? null : <span>{t.added(one.added.length)}</span>}
                  <span>
                    {t.release} {one.release}
                  </span>
                  {one.index === undefined ? null : <span>{t.entry(one.index)}</span>}
                </p>
              </div>
            </li>
          ))}
        </ol>
        <h2>{t.elections}</h2>
        <p>{t.electionsNote}</p>
        {view.elections.length === 0 ? <p>{t.noElections}</p> : null}
        <ul>
          {view.elections.map(({ day, election, source, index }) => (
            <li key={day} data-election={day}>
              <DateText language={language} iso={day} /> {election[language]}
              <span class="course-meta">
                <span>
                  {t.source}
                  {language === 'en' ? ': ' : '：'}
                  <a href={source.href}>{source.label}</a>
                </span>
                {index === undefined ? null : <span>{t.entry(index)}</span>}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Layout>
  );
};
