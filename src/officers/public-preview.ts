/** 公開內容預覽: what the public pages will say of an act, in both languages, before anybody has signed it. */
import {
  type Deed,
  deedOf,
  type FiledBody,
  type foldInitiative,
  mendingWords,
  type RecordedAct,
} from '../initiatives/index.ts';
import { switchWords } from '../switches/index.ts';
import type { ActionAct } from './approval-record.ts';

type Facts = NonNullable<ReturnType<typeof foldInitiative>>;

const NOWHERE: Facts = {
  caseNumber: '',
  filed: { subject: { 'zh-Hant-TW': '', en: '' } } as FiledBody & { readonly at: string },
  versions: [],
  isClosed: false,
};

/** The words of the course of the case, or of the public page of the act's kind. */
export function publicDeed(act: ActionAct, facts: Facts | undefined): Deed | undefined {
  const { kind, body, replaces, why } = act;
  const recorded: RecordedAct = { kind, at: '', basis: '', body };
  const deed =
    kind === 'switch'
      ? switchWords(body)
      : kind === 'paper-proposers'
        ? paperProposers(body)
        : deedOf(recorded, facts ?? NOWHERE);
  if (deed === undefined || replaces === undefined || why === undefined) return deed;
  const mended = mendingWords.replaces(replaces, why);
  return {
    ...deed,
    detail: {
      'zh-Hant-TW': [mended['zh-Hant-TW'], deed.detail?.['zh-Hant-TW']].filter(Boolean).join('\n'),
      en: [mended.en, deed.detail?.en].filter(Boolean).join('\n'),
    },
  };
}

const paperProposers = (body: unknown): Deed => {
  const { count, on } = body as Readonly<{ count: number; on: string }>;
  return {
    what: { 'zh-Hant-TW': '登錄紙本提案人', en: 'Proposers on paper entered' },
    detail: { 'zh-Hant-TW': `${on}：${count} 人`, en: `${on}: ${count} persons` },
  };
};
