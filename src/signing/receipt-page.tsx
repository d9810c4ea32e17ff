import type { VNode } from 'preact';
import {
  DateText,
  describedBy,
  Field,
  Layout,
  type LightState,
  Lights,
  type Localised,
  localPath,
  Notice,
  type PageFrame,
} from '../web/index.ts';
import { entryNumber, type ReceiptMessages, receiptMessages } from './receipt-messages.ts';
import { receiptQrMessages } from './receipt-qr-messages.ts';
import { pathOf } from './what-is-signed.ts';

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
  /** Who cosigned the checkpoint the entry was found under; absent where the log has no witnesses. */
  witnessed?: Readonly<{ names: readonly string[]; of: number; isWitnessed: boolean }>;
  /** Time of the checkpoint the facts come from. */
  checkedAt: string;
}>;

/** `/receipts/:commitment`: received, included, held, settled or excluded, in words and lights; no script. */
export const ReceiptPage = ({ frame, view }: Readonly<{ frame: PageFrame; view: ReceiptView }>): VNode => {
  const { language } = frame;
  const t = receiptMessages(language, view.case.caseNumber);
  const included: LightState = view.state === 'received' || view.state === 'held' ? 'waiting' : 'on';
  return (
    <Layout frame={frame} title={t.publicTitle} current="receipts">
      <article class="wrap prose receipt">
        <p class="case-meta">
          <a href={localPath(language, pathOf(view.case.caseNumber))}>{view.case.title[language]}</a>
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
              state: view.witnessed?.isWitnessed ? 'on' : view.witnessed ? 'waiting' : 'off',
              title: t.lights.witnessed,
              text: witnessedText(view, t),
            },
          ]}
        />
        {view.witnessed?.isWitnessed ? <Upgrade frame={frame} names={view.witnessed.names} /> : null}
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
        <ul class="print-hidden">
          <li>
            <a href={localPath(language, '/receipts')}>{t.checkLink}</a>
          </li>
          <li>
            <a href={localPath(language, '/receipts/sheet')}>{receiptQrMessages(language).link}</a>
          </li>
        </ul>
      </article>
    </Layout>
  );
};

function witnessedText({ witnessed, state }: ReceiptView, t: ReceiptMessages): string {
  if (witnessed?.isWitnessed) return t.witnessedBy(witnessed.names.length, witnessed.of);
  if (witnessed) return t.lightText.witnessedTooFew(witnessed.names.length, witnessed.of);
  return state === 'received' ? t.lightText.witnessedWaiting : t.lightText.witnessedNobody;
}

/** Gives the receipt one holds the witnessed proof of the same entry. Works without script. */
const Upgrade = ({ frame, names }: Readonly<{ frame: PageFrame; names: readonly string[] }>): VNode => {
  const { language, site } = frame;
  const t = receiptMessages(language);
  return (
    <section class="print-hidden" aria-labelledby="upgrade-title">
      <h2 id="upgrade-title">{t.upgradeTitle}</h2>
      <p>{t.upgradeText}</p>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <code class="break">{name}</code>
          </li>
        ))}
      </ul>
      {site.demo ? <p class="notice">{t.witnessesDemo}</p> : null}
      <form
        method="post"
        encType="multipart/form-data"
        action={localPath(language, '/receipts/witnessed')}
        class="drop"
      >
        <Field id="receipt" label={t.upgradeFile} hint={t.upgradeHint} language={language}>
          <input
            id="receipt"
            name="receipt"
            type="file"
            required
            aria-describedby={describedBy('receipt', { hint: true })}
          />
        </Field>
        <button class="button" type="submit">
          {t.upgradeButton}
        </button>
      </form>
      <p>
        <a href={localPath(language, '/witnesses')}>{t.witnessesLink}</a>
      </p>
    </section>
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
