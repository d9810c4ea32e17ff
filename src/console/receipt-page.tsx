import type { VNode } from 'preact';
import { citation } from '../law/index.ts';
import { DateText } from '../web/index.ts';
import { type ConsoleFrame, ConsoleLayout, publicAddress, speak } from './console-frame.tsx';

/** One filing of the lead proposer as it stands in the record. */
export interface FiledAct {
  readonly name: string;
  readonly at: string;
  /** Position in the log; undefined while it waits for the sequencer. */
  readonly index: number | undefined;
  /** Hex SHA-256 of the entry's canonical bytes. */
  readonly sha256: string;
  readonly basis: string;
  /** For filings of a text: its digest. */
  readonly textDigest: string | undefined;
}

/** `/console/:case/receipt`: every filing with hash and time, for the folder on paper. */
export const ReceiptPage = ({
  frame,
  filings,
}: Readonly<{ frame: ConsoleFrame; filings: readonly FiledAct[] }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const title = t('提出收據', 'Receipts of filing');
  return (
    <ConsoleLayout frame={frame} title={title} path="/receipt">
      <p>
        {t(
          '每一筆都在公卷中，時間以系統收訖為準；雜湊是該筆公卷內容（RFC 8785）之 SHA-256，任何人可自公卷重算。本頁可列印存查。',
          'Every one of these stands in the public record, with its time of receipt. The hash is the SHA-256 of the entry’s bytes (RFC 8785); anybody can recompute it from the record. Print this page for your files.',
        )}
      </p>
      {filings.length === 0 ? <p>{t('尚無提出紀錄。', 'Nothing was filed yet.')}</p> : null}
      {filings.map((filing) => (
        <section key={filing.sha256} aria-label={filing.name} data-filing>
          <h2>{filing.name}</h2>
          <dl class="facts">
            <dt>{t('收訖時間', 'Received')}</dt>
            <dd>
              <DateText language={language} iso={filing.at} clock /> <code>{filing.at}</code>
            </dd>
            <dt>{t('公卷', 'Record')}</dt>
            <dd>
              {filing.index === undefined
                ? t('待入列（數秒）', 'being sequenced (seconds)')
                : t(`第 ${filing.index} 筆`, `entry ${filing.index}`)}
            </dd>
            <dt>SHA-256</dt>
            <dd>
              <code class="break" data-sha256>
                {filing.sha256}
              </code>
            </dd>
            {filing.textDigest === undefined ? null : (
              <>
                <dt>{t('全文 SHA-256', 'SHA-256 of the text')}</dt>
                <dd>
                  <code class="break">{filing.textDigest}</code>
                </dd>
              </>
            )}
            <dt>{t('依據', 'Article')}</dt>
            <dd>{citation(filing.basis)[language]}</dd>
          </dl>
        </section>
      ))}
      <p>
        <a href={publicAddress(frame)}>{t('公開案件頁', 'Public page of the case')}</a>
      </p>
    </ConsoleLayout>
  );
};
