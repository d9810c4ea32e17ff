import type { VNode } from 'preact';
import { citation } from '../law/index.ts';
import { DateText, type Language, type Localised } from '../web/index.ts';
import { DELIVERY_BASIS } from './case-filing.ts';
import { DELIVERING_BODIES, type DeliveredBody, type Paper } from './initiative-facts.ts';

/** What stands in the place of 領銜人. */
export const deliveredBy: Localised = { 'zh-Hant-TW': '交付機關', en: 'Delivered by' };

/** What the texts of a delivered case say in place of words about asking agencies, and about signing. */
export const deliveredTexts = {
  opinions: {
    'zh-Hant-TW':
      '公卷沒有本案的機關意見書。交付之案不適用公民投票法 §10 VIII 之函請；機關意見書於公告投票時載明（§17）。',
    en: 'The record holds no agency opinion on this case. Agencies are not asked under Referendum Act §10 VIII for a delivered case; their opinion stands in the announcement of the vote (§17).',
  },
  digest: {
    'zh-Hant-TW': '這串摘要指明公卷所存的檔案：文字只要改動一個字，摘要就不同。',
    en: 'This digest names the file the record holds: change one character of the text and it differs.',
  },
} as const;

const words = {
  title: { 'zh-Hant-TW': '本案係交付', en: 'This case was delivered' },
  lede: (by: Localised, article: Localised): Localised => ({
    'zh-Hant-TW': `由${by['zh-Hant-TW']}交付，依${article['zh-Hant-TW']}；無連署。不經提案與連署（§§9–13 不適用），故沒有領銜人、提案人與連署期間，收受後即待公告投票。`,
    en: `Delivered by the ${by.en} under ${article.en}; there is nothing to sign. It needs neither proposers nor signers (§§9–13 do not apply): no lead proposer, no signing period. Once received, its vote is to be announced.`,
  }),
  document: { 'zh-Hant-TW': '交付函', en: 'Paper' },
  received: { 'zh-Hant-TW': '收受日', en: 'Received on' },
  consent: { 'zh-Hant-TW': '立法院同意', en: 'Consent of the legislature' },
} as const;

/** 交付: what this case is, by whom it was delivered and with which paper. 公民投票法 §§14–16. */
export const CaseDelivered = ({
  language,
  delivered,
}: Readonly<{ language: Language; delivered: DeliveredBody }>): VNode => {
  const { route, document, consent, on } = delivered;
  const paper = ({ number, date }: Paper): VNode => (
    <dd>
      {number} · <DateText language={language} iso={date} />
    </dd>
  );
  return (
    <section aria-labelledby="delivered-title" data-delivered={route}>
      <h2 id="delivered-title">{words.title[language]}</h2>
      <p class="lede">{words.lede(DELIVERING_BODIES[route], citation(DELIVERY_BASIS[route]))[language]}</p>
      <dl class="facts">
        <dt>{words.document[language]}</dt>
        {paper(document)}
        {consent === undefined ? null : (
          <>
            <dt>{words.consent[language]}</dt>
            {paper(consent)}
          </>
        )}
        <dt>{words.received[language]}</dt>
        <dd>
          <DateText language={language} iso={on} />
        </dd>
      </dl>
    </section>
  );
};
