/** 公告: what the Commission announced, of cases and of the platform, as the record holds it. Pure. */
import type { RecordedAct } from '../record/index.ts';
import type { Localised } from '../web/index.ts';

export interface Announcement {
  readonly on: string;
  readonly at: string;
  readonly caseNumber: string | undefined;
  readonly title: Localised;
  readonly text: Localised;
  readonly article: string;
  /** Position in the log; undefined while it waits for the sequencer. */
  readonly index: number | undefined;
  /** What it stands in the place of, and why. */
  readonly replaces: number | undefined;
  readonly why: Localised | undefined;
  /** A later one stands in its place; it stays in the list and says so. */
  readonly isReplaced: boolean;
  readonly replacedBy: number | undefined;
}

type Text = Readonly<{ 'zh-Hant-TW': string; en?: string | undefined }>;

/** Chinese stands where nobody translated. */
const both = (text: Text): Localised => ({
  'zh-Hant-TW': text['zh-Hant-TW'],
  en: text.en === undefined || text.en === '' ? text['zh-Hant-TW'] : text.en,
});

/** Newest first. A retraction of one is not listed; it marks what it retracts. */
export function announcementsIn(acts: readonly RecordedAct[]): readonly Announcement[] {
  const replacing = new Map(acts.map((act) => [act.replaces, act] as const));
  return acts
    .filter(({ kind }) => kind === 'announcement')
    .map((act): Announcement => {
      const { on, title, text, article } = act.body as unknown as Readonly<{
        on: string;
        title: Text;
        text: Text;
        article: string;
      }>;
      const newer = act.index === undefined ? undefined : replacing.get(act.index);
      return {
        on,
        at: act.at,
        caseNumber: act.case,
        title: both(title),
        text: both(text),
        article,
        index: act.index,
        replaces: act.replaces,
        why: act.why === undefined ? undefined : both(act.why),
        isReplaced: newer !== undefined,
        replacedBy: newer?.index,
      };
    })
    .sort((a, b) => (a.at === b.at ? (b.index ?? Infinity) - (a.index ?? Infinity) : a.at < b.at ? 1 : -1));
}
