import type { VNode } from 'preact';
import {
  type DraftMaterial,
  type ProposalRefusal,
  type ProposersStanding,
  type SupplementStanding,
  SupplementSum,
} from '../proposals/index.ts';
import { Bar, DateText, formatNumber, localPath, Notice } from '../web/index.ts';
import {
  Article,
  Confirm,
  type ConsoleFrame,
  ConsoleLayout,
  consolePath,
  Day,
  publicAddress,
  speak,
} from './console-frame.tsx';

export interface DraftConsoleView {
  readonly draft: DraftMaterial;
  readonly standing: (ProposersStanding & Readonly<{ refusal: ProposalRefusal | undefined }>) | undefined;
  /** Of a draft that was opened again after a shortfall. */
  readonly supplement: (SupplementStanding & Readonly<{ held: number }>) | undefined;
  readonly mayAct: boolean;
  /** What is about to be confirmed. */
  readonly preview: 'file' | 'withdraw' | undefined;
  readonly refusal: ProposalRefusal | undefined;
  /** Set once filed. */
  readonly receipt: Readonly<{ caseNumber: string; textDigest: string; at: string }> | undefined;
}

const STATES = {
  collecting: { zh: '徵求提案人中', en: 'collecting proposers' },
  ended: { zh: '期間已屆滿', en: 'the period has ended' },
  filed: { zh: '已提出', en: 'filed' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  expired: { zh: '期滿未提出', en: 'expired' },
  supplementing: { zh: '補提提案人中', en: 'supplement of proposers' },
  supplemented: { zh: '已補提', en: 'supplement filed' },
  lapsed: { zh: '補提期間已結束，未補提', en: 'the supplement ended without being filed' },
} as const;

/** `/console/:draft`: proposers so far, what is missing, filing and withdrawing. */
export const DraftConsolePage = ({
  frame,
  view,
}: Readonly<{ frame: ConsoleFrame; view: DraftConsoleView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const { draft, standing, receipt, refusal, supplement } = view;
  const title = t('徵求提案人', 'Collecting proposers');
  const { opened, closed, reopened } = draft.facts;
  const filedAs = closed?.case ?? reopened?.case;
  const firstDay = reopened?.firstDay ?? opened.firstDay;
  return (
    <ConsoleLayout frame={frame} title={title} path="" refusal={refusal}>
      {receipt === undefined ? null : <Filed frame={frame} receipt={receipt} />}
      <p>
        <a href={publicAddress(frame)}>{t('公開草案頁', 'Public page of the draft')}</a>
      </p>
      <dl class="facts">
        <dt>{t('狀態', 'State')}</dt>
        <dd data-state={draft.state}>
          <strong>{t(STATES[draft.state].zh, STATES[draft.state].en)}</strong>
          {filedAs === undefined ? null : (
            <>
              {t('：', ': ')}
              <a href={localPath(language, `/console/${filedAs}`)}>{t(`案 ${filedAs}`, `case ${filedAs}`)}</a>
            </>
          )}
        </dd>
        <dt>{t('徵求期間', 'Period')}</dt>
        <dd>
          <Day language={language} iso={firstDay} /> – <Day language={language} iso={draft.lastDay} />
        </dd>
        <dt>{t('依據', 'Basis')}</dt>
        <dd>{(reopened ?? opened).allowedBy[language]}</dd>
      </dl>
      {supplement === undefined ? null : (
        <section aria-labelledby="supplement-title">
          <h2 id="supplement-title">{t('補提提案人', 'Supplement of proposers')}</h2>
          <SupplementSum language={language} standing={supplement} />
          {supplement.held === 0 ? null : (
            <p>
              {t(
                `另有 ${formatNumber(supplement.held)} 件待確認身分，確認後計入。`,
                `${formatNumber(supplement.held)} more wait for their identity to be confirmed and count then.`,
              )}
            </p>
          )}
          {draft.state !== 'supplementing' || reopened === undefined ? null : (
            <p>
              <a class="button" href={localPath(language, `/console/${reopened.case}/supplement-proposers`)}>
                {t('提出補提（先預覽）', 'File the supplement (preview first)')}
              </a>
            </p>
          )}
        </section>
      )}
      {standing === undefined || supplement !== undefined ? null : (
        <section aria-labelledby="standing-title">
          <h2 id="standing-title">{t('提案人', 'Proposers')}</h2>
          <Bar value={standing.electronic + standing.paper} threshold={standing.required} />
          <dl class="facts">
            <dt>{t('電子', 'Electronic')}</dt>
            <dd data-electronic={standing.electronic}>{formatNumber(standing.electronic)}</dd>
            <dt>{t('紙本（承辦人員登錄）', 'Paper (recorded by the Commission)')}</dt>
            <dd>{formatNumber(standing.paper)}</dd>
            <dt>{t('門檻（萬分之一，進位）', 'Threshold (0.01 %, rounded up)')}</dt>
            <dd>
              {formatNumber(standing.required)} <Article language={language} text={draft.citation} />
            </dd>
            {/* The count beside it would tell everybody who looks which entry is the lead proposer's. */}
            {view.mayAct ? (
              <>
                <dt>{t('領銜人本人', 'The lead proposer')}</dt>
                <dd>
                  {standing.hasLead
                    ? t('已列為提案人', 'is among the proposers')
                    : standing.hasLead === undefined
                      ? t(
                          '目前無法確認（封存程序沒有回應，請稍後再看）',
                          'cannot be told now (the sealer does not answer; look again later)',
                        )
                      : t(
                          '尚未簽署提案（提案人名冊應包含領銜人）',
                          'has not signed yet (the roster must hold the lead proposer)',
                        )}
                </dd>
              </>
            ) : null}
          </dl>
        </section>
      )}
      {view.preview === undefined ? null : (
        <Confirm
          language={language}
          action={consolePath(frame, `/${view.preview === 'file' ? 'file' : 'withdraw'}`)}
          article={view.preview === 'file' ? '公民投票法 §9、§10 II' : '平台規則'}
          what={
            view.preview === 'file'
              ? t('提出公民投票案', 'File the proposal')
              : t('停止徵求，撤下草案', 'Stop collecting and withdraw the draft')
          }
          consequence={
            view.preview === 'file'
              ? [
                  t(
                    '停止徵求提案人，給予案號；主文與理由書即為所簽署之文字，不得再改。',
                    'Collecting ends and a case number is given; the text is the one that was signed.',
                  ),
                  t(
                    '選務機關六十日內審核；提案人資格以今天為準（公民投票法 §8）。',
                    'The commission reviews within 60 days; proposers must qualify as of today (Referendum Act §8).',
                  ),
                  t(
                    '人數或格式不符者不受理，不得補正。',
                    'Too few or badly formed: inadmissible, without cure.',
                  ),
                ]
              : [
                  t(
                    '停止徵求；已簽署之提案不再有效。之後可另開新草案。',
                    'Collecting stops and what was signed no longer counts. A new draft may follow.',
                  ),
                ]
          }
          hidden={{}}
          button={
            view.preview === 'file' ? t('確認提出', 'File the proposal') : t('確認撤下', 'Withdraw the draft')
          }
          back={consolePath(frame)}
        />
      )}
      {view.mayAct && view.preview === undefined && draft.state === 'collecting' ? (
        <NextActs frame={frame} standing={standing} />
      ) : null}
    </ConsoleLayout>
  );
};

/** What the lead proposer may do while a draft collects: their own signature first, and filing once the law allows it. */
const NextActs = ({
  frame,
  standing,
}: Readonly<{ frame: ConsoleFrame; standing: DraftConsoleView['standing'] }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const refusal = standing?.refusal;
  return (
    <section aria-labelledby="draft-acts">
      <h2 id="draft-acts">{t('現在可以做什麼', 'What can be done now')}</h2>
      {standing?.hasLead === false ? (
        <p class="buttons">
          <a class="button" href={`${publicAddress(frame)}/sign`}>
            {t('簽署我自己的提案', 'Sign my own proposal')}
          </a>
        </p>
      ) : null}
      {refusal === undefined ? null : (
        <p data-waits={refusal.code}>
          <strong>{t('尚不能提出公民投票案：', 'The proposal cannot be filed yet: ')}</strong>
          {refusal.instead[language]} <Article language={language} text={refusal.citation} />
        </p>
      )}
      <p class="buttons">
        {refusal === undefined ? (
          <>
            <a class="button" href={consolePath(frame, '/file')}>
              {t('提出公民投票案（先預覽）', 'File the proposal (preview first)')}
            </a>{' '}
          </>
        ) : null}
        <a class="button button-quiet" href={consolePath(frame, '/withdraw')}>
          {t('撤下草案（先預覽）', 'Withdraw the draft (preview first)')}
        </a>
      </p>
    </section>
  );
};

const Filed = ({
  frame,
  receipt,
}: Readonly<{ frame: ConsoleFrame; receipt: Exclude<DraftConsoleView['receipt'], undefined> }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  return (
    <Notice kind="strong" title={t('提出收據', 'Receipt of filing')}>
      <dl class="facts" data-filed={receipt.caseNumber}>
        <dt>{t('案號', 'Case number')}</dt>
        <dd>
          <a href={localPath(language, `/console/${receipt.caseNumber}`)}>{receipt.caseNumber}</a>
        </dd>
        <dt>{t('收訖時間', 'Received')}</dt>
        <dd>
          <DateText language={language} iso={receipt.at} clock />
        </dd>
        <dt>{t('全文 SHA-256', 'SHA-256 of the text')}</dt>
        <dd>
          <code class="break">{receipt.textDigest}</code>
        </dd>
      </dl>
    </Notice>
  );
};
