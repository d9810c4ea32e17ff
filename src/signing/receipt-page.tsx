import type { VNode } from 'preact';
import {
  DateText,
  Layout,
  type LightState,
  Lights,
  type Localised,
  localPath,
  Notice,
  type PageFrame,
} from '../web/index.ts';
import { entryNumber, receiptMessages } from './receipt-messages.ts';

/** What the public record says about one commitment. */
export type ReceiptState = 'received' | 'included' | 'held' | 'counted' | 'refused' | 'excluded';

/** The public facts about one commitment `L`: nothing that only the signer knows. */
export type ReceiptView = Readonly<{
  /** Base64url of `L`. */
  commitment: string;
  state: ReceiptState;
  case: Readonly<{ caseNumber: string; title: Localised }>;
  /** The entry and the size of the published checkpoint it was found under. */
  entry?: Readonly<{ index: number; size: number }>;
  /** Index of the `settled` entry of a held signature. */
  settledIndex?: number;
  /** Present when `state` is `excluded` or `refused`. */
  exclusion?: Readonly<{ index: number; ground: Localised; remedy?: Localised }>;
  /** How many outside witnesses cosigned the checkpoint. */
  witnesses: number;
  /** Time of the checkpoint the facts come from. */
  checkedAt: string;
}>;

/** `/receipts/:commitment`: received, included, held, settled or excluded, in words and lights; no script. */
export const ReceiptPage = ({ frame, view }: Readonly<{ frame: PageFrame; view: ReceiptView }>): VNode => {
  const { language } = frame;
  const t = receiptMessages(language);
  const included: LightState = view.state === 'received' || view.state === 'held' ? 'waiting' : 'on';
  return (
    <Layout frame={frame} title={t.publicTitle} current="receipts">
      <article class="wrap prose receipt">
        <p class="case-meta">
          <a href={localPath(language, `/initiatives/${view.case.caseNumber}`)}>
            {view.case.title[language]}
          </a>
          <span class="case-number">{t.caseNumber(view.case.caseNumber)}</span>
        </p>
        <h1>{t.states[view.state]}</h1>
        <p class="lede">{t.stateText[view.state]}</p>
        <Lights
          lights={[
            { key: 'received', state: 'on', title: t.lights.received, text: t.lightText.receivedOn },
            {
              key: 'included',
              state: included,
              title: t.lights.included,
              text:
                view.state === 'held'
                  ? t.lightText.includedHeld
                  : included === 'on'
                    ? t.lightText.includedOn
                    : t.lightText.includedWaiting,
            },
            {
              key: 'witnessed',
              state: view.witnesses > 0 ? 'on' : 'off',
              title: t.lights.witnessed,
              text: view.witnesses > 0 ? t.lightText.witnessedOn : t.lightText.witnessedWaiting,
            },
          ]}
        />
        {view.exclusion === undefined ? null : (
          <Notice kind="strong" title={view.state === 'refused' ? t.refusedBecause : t.ground}>
            <p>{view.exclusion.ground[language]}</p>
            {view.exclusion.remedy === undefined ? null : (
              <p>
                <strong>{t.remedy}</strong>
                {language === 'en' ? ': ' : '：'}
                {view.exclusion.remedy[language]}
              </p>
            )}
          </Notice>
        )}
        <dl class="facts">
          {view.entry === undefined ? null : (
            <>
              <dt>{t.index}</dt>
              <dd>{entryNumber(view.entry.index)}</dd>
              <dt>{t.size}</dt>
              <dd>
                {entryNumber(view.entry.size)} · <DateText language={language} iso={view.checkedAt} clock />
              </dd>
            </>
          )}
          {view.settledIndex === undefined ? null : (
            <>
              <dt>{t.settledAt}</dt>
              <dd>{entryNumber(view.settledIndex)}</dd>
            </>
          )}
          {view.exclusion === undefined || view.state === 'refused' ? null : (
            <>
              <dt>{t.voidAt}</dt>
              <dd>{entryNumber(view.exclusion.index)}</dd>
            </>
          )}
          <dt>{t.commitment}</dt>
          <dd>
            <code class="break">{view.commitment}</code>
          </dd>
        </dl>
        <p class="hint">{t.publicIntro}</p>
        {view.state === 'included' || view.state === 'counted' ? <p class="hint">{t.technically}</p> : null}
        <p class="print-hidden">
          <a href={localPath(language, '/receipts')}>{t.checkLink}</a>
        </p>
      </article>
    </Layout>
  );
};

/** The same address when the published record does not hold the commitment (404). */
export const UnknownReceiptPage = ({ frame }: Readonly<{ frame: PageFrame }>): VNode => {
  const t = receiptMessages(frame.language);
  return (
    <Layout frame={frame} title={t.unknownTitle} current="receipts">
      <div class="wrap prose">
        <h1>{t.unknownTitle}</h1>
        <p class="lede">{t.unknownText}</p>
        <p>
          <a href={localPath(frame.language, '/receipts')}>{t.checkLink}</a>
        </p>
      </div>
    </Layout>
  );
};
