/** Switches in plain words. */
import { citation } from '../law/index.ts';
import type { Localised } from '../web/index.ts';
import type { SwitchBody, SwitchName } from './switch-record.ts';

const words = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

export const SWITCH_WORDS: Readonly<Record<SwitchName, Readonly<{ name: Localised; says: Localised }>>> = {
  'electronic-proposal': {
    name: words('電子提案', 'Electronic proposals'),
    says: words(
      '公民投票法 §9 VI 課主管機關建置提案與連署之電子系統，方式與開始日期由主管機關公告；開啟後，草案得電子連署為提案人。',
      'The Act, §9 VI, has the authority build an electronic system for proposals and signatures, and announce manner and starting day. When on, drafts collect proposers electronically.',
    ),
  },
  'mobile-certificate': {
    name: words('行動自然人憑證', 'Mobile certificate'),
    says: words(
      '電子連署及查對作業辦法 §5 僅稱自然人憑證；是否包含行動自然人憑證，待主管機關函釋或修法。',
      'The E-petition Regulation, §5, says citizen certificate only; whether the mobile one is included needs an interpretation or amendment.',
    ),
  },
  'reflection-period': {
    name: words('送出連署前之反思期間', 'Reflection period before a signature is sent'),
    says: words(
      '法律未規定。開啟後，簽署與送出之間須隔若干分鐘。',
      'The law is silent. When on, some minutes must pass between signing and sending.',
    ),
  },
};

export const STATUS_WORDS: Readonly<Record<SwitchBody['status'], Localised>> = {
  cited: words('依據', 'basis'),
  'project-default': words('專案預設（法律未規定）', 'project default (the law is silent)'),
  demonstration: words('示範（不具法律效力）', 'demonstration (no legal effect)'),
};

/** What an entry says. Its body was checked when it was entered, or is about to be. */
export function switchWords(body: unknown): Readonly<{ what: Localised; detail: Localised }> {
  const { name, state, minutes, from, status, citation: recorded } = body as SwitchBody;
  const basis = citation(recorded);
  const { name: called } = SWITCH_WORDS[name];
  const isOn = state === 'on';
  const long = minutes === undefined ? words('', '') : words(`（${minutes} 分鐘）`, ` (${minutes} minutes)`);
  return {
    what: words(
      `功能開關：${called['zh-Hant-TW']}${long['zh-Hant-TW']}${isOn ? '開啟' : '關閉'}`,
      `Switch: ${called.en}${long.en} ${isOn ? 'on' : 'off'}`,
    ),
    detail: words(
      `自 ${from} 起。${STATUS_WORDS[status]['zh-Hant-TW']}：${basis['zh-Hant-TW']}`,
      `From ${from}. ${STATUS_WORDS[status].en}: ${basis.en}`,
    ),
  };
}
