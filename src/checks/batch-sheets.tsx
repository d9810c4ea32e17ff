import type { JsonValue } from '@lianshu/statement';
import { Fragment, type VNode } from 'preact';
import type { Language } from '../web/index.ts';
import type { Checks } from './checks-contract.ts';
import { deskMessages } from './desk-messages.ts';
import { paperMessages } from './paper-messages.ts';

/** An act that waits for two officers, of a case or a draft. */
type Waiting = Readonly<{ case: string; act: Readonly<{ kind: string; body: JsonValue }> }>;

/** What both officers are shown beside a batch sheet before they sign it: every sheet it names, and the digest. */
export const batchSheets =
  ({ paper }: Pick<Checks, 'paper'>) =>
  async ({ case: of, act }: Waiting, language: Language): Promise<VNode | undefined> => {
    if (act.kind !== 'paper-proposers') return undefined;
    const sheets = await paper.named(of, act.body);
    const { sheets: digest } = act.body as Readonly<{ sheets?: string }>;
    if (sheets === undefined || digest === undefined) return undefined;
    const t = paperMessages(language);
    const townships = new Map<string, number[]>();
    for (const { township, sheet } of sheets)
      townships.set(township, [...(townships.get(township) ?? []), sheet]);
    return (
      <section aria-labelledby="batch-sheets-title">
        <h2 id="batch-sheets-title">{t.batchNames(sheets.length)}</h2>
        <p class="hint">{t.batchNamesNote}</p>
        <dl class="facts facts-small" data-batch-sheets={sheets.length}>
          <dt>{t.batchDigest}</dt>
          <dd>
            <code class="break">{digest}</code>
          </dd>
          {[...townships].map(([township, numbers]) => (
            <Fragment key={township}>
              <dt>{t.batchTownship(township)}</dt>
              <dd data-township={township}>
                {t.sheet}
                {deskMessages(language).colon}
                {numbers.join(language === 'en' ? ', ' : '、')}
              </dd>
            </Fragment>
          ))}
        </dl>
      </section>
    );
  };
