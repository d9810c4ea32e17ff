import type { VNode } from 'preact';
import { DateText, type Language, Layout, Notice, type PageFrame } from '../web/index.ts';
import {
  ageSentence,
  stateSentence,
  type WitnessesMessages,
  witnessesMessages,
} from './witnesses-messages.ts';

/** One witness as the page shows it. Times are ISO instants. */
export type WitnessView = Readonly<{
  /** The policy's word for it. */
  name: string;
  /** The name in its signatures. */
  key: string;
  state: string;
  /** Time of its cosignature on the public checkpoint. */
  time?: string;
  newest?: Readonly<{ size: number; time: string; ageMs: number }>;
  /** Where it shows its newest checkpoint of this log itself. */
  checkpointUrl?: string;
}>;

/** What `/witnesses` shows; without `record` the log has no witness policy. */
export type WitnessesView = Readonly<{
  record?: Readonly<{
    size: number;
    at: string;
    isWitnessed: boolean;
    cosigned: number;
    of: number;
    digest: string;
    /** The policy's groups that its quorum rests on; `quorum` names a group, a witness, or `none`. */
    quorum: string;
    groups: readonly Readonly<{ name: string; threshold: number; members: readonly string[] }>[];
    witnesses: readonly WitnessView[];
  }>;
  /** Commands that check without trusting this server. */
  command: string;
}>;

/** `/witnesses`: who cosigns the record, what they last said, and how to check it. No script. */
export const WitnessesPage = ({
  frame,
  view,
}: Readonly<{ frame: PageFrame; view: WitnessesView }>): VNode => {
  const { language, site } = frame;
  const t = witnessesMessages(language);
  const { record } = view;
  return (
    <Layout frame={frame} title={t.title}>
      <div class="wrap prose">
        <h1>{t.title}</h1>
        <p class="lede">{t.lede}</p>
        {record === undefined ? (
          <Notice>
            <p>{t.nobody}</p>
          </Notice>
        ) : (
          <>
            {site.demo ? (
              <Notice kind="strong">
                <p>{t.demo}</p>
              </Notice>
            ) : null}
            <Now language={language} record={record} />
          </>
        )}
        <h2>{t.check}</h2>
        <p>{t.checkText}</p>
        <pre class="command">
          <code>{view.command}</code>
        </pre>
        <ul>
          <li>
            <a href="/log/checkpoint">{t.checkpoint}</a>
          </li>
          {record === undefined ? null : (
            <>
              <li>
                <a href="/log/policy">{t.policy}</a>
              </li>
              <li>
                <a href="/log/witnessing.json">{t.machine}</a>
              </li>
            </>
          )}
        </ul>
        {record === undefined ? null : (
          <p class="hint">
            {t.digest}
            <br />
            <code class="break">{record.digest}</code>
          </p>
        )}
        <h2>{t.become}</h2>
        <p>{t.becomeText}</p>
      </div>
    </Layout>
  );
};

type Record = NonNullable<WitnessesView['record']>;

const Now = ({ language, record }: Readonly<{ language: Language; record: Record }>): VNode => {
  const t = witnessesMessages(language);
  const { size, cosigned, of, isWitnessed } = record;
  return (
    <>
      <h2>{t.now}</h2>
      <p data-witnessed={isWitnessed ? 'yes' : 'no'}>
        <strong>{isWitnessed ? t.reached(size, cosigned, of) : t.missed(size, cosigned, of)}</strong>
      </p>
      <dl class="facts">
        <dt>{t.rule}</dt>
        {rules(t, record).map((rule) => (
          <dd key={rule}>{rule}</dd>
        ))}
        <dt>{t.asOf}</dt>
        <dd>
          <DateText language={language} iso={record.at} clock />
        </dd>
      </dl>
      <h2>{t.each}</h2>
      {record.witnesses.map((witness) => (
        <section key={witness.name} aria-label={witness.name}>
          <h3>{witness.name}</h3>
          <One language={language} witness={witness} />
        </section>
      ))}
    </>
  );
};

/** The quorum's own rule first, then those it names, each with its name. */
function rules(t: WitnessesMessages, { quorum, groups }: Record): readonly string[] {
  if (quorum === 'none') return [t.ruleNone];
  const ruleOf = (group: Record['groups'][number]) =>
    t.ruleOf(group.threshold, group.members.join(t.separator));
  const main = groups.find(({ name }) => name === quorum);
  const others = groups.filter((group) => group !== main);
  return [
    main === undefined ? quorum : ruleOf(main),
    ...others.map((group) => t.ruleNamed(group.name, ruleOf(group))),
  ];
}

const One = ({ language, witness }: Readonly<{ language: Language; witness: WitnessView }>): VNode => {
  const t = witnessesMessages(language);
  const { newest, time, checkpointUrl } = witness;
  return (
    <dl class="facts facts-small">
      <dt>{t.keyName}</dt>
      <dd>
        <code class="break">{witness.key}</code>
      </dd>
      <dt>{t.state}</dt>
      <dd data-state={witness.state}>{stateSentence(t, witness.state)}</dd>
      <dt>{t.onThis}</dt>
      <dd>{time === undefined ? t.onThisNo : <DateText language={language} iso={time} clock />}</dd>
      <dt>{t.newest}</dt>
      <dd>
        {newest === undefined ? (
          t.never
        ) : (
          <>
            {t.newestOf(newest.size)} <DateText language={language} iso={newest.time} clock />{' '}
            {t.age(ageSentence(t, newest.ageMs))}
          </>
        )}
        {checkpointUrl === undefined ? null : (
          <>
            <br />
            <a href={checkpointUrl} rel="noreferrer">
              {t.ask}
            </a>
          </>
        )}
      </dd>
    </dl>
  );
};
