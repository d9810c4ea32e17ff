import type { Language } from '../web/index.ts';

const zh = {
  collectTitle: '徵求提案人',
  collectLede: '確認後，下列文字立即公開並凍結，開始徵求提案人。這個步驟無法復原。',
  collectFrozen: '凍結的文字',
  collectFrozenText: (n: number) => `第 ${n} 版，完全如下。簽署者簽的就是這些文字；之後一個字都不能改。`,
  collectLaw: '法律怎麼說',
  collectThreshold: (n: string, base: string) =>
    `提案人須達 ${n} 人：最近一次總統選舉選舉人 ${base} 人的萬分之一，分數進位（公投法 §10 I）。`,
  collectTime: (months: number) => `法無明文規定徵求提案人的期間；本平台預設 ${months} 個月（專案預設）。`,
  collectLeadMust: '領銜人必須是提案人之一：開始後請以自然人憑證簽署自己的提案（公投法 §9 I）。',
  collectNoCure: '提出時人數不足者不予受理，不得補正（公投法 §10 II）；達到人數後，由您決定何時提出。',
  collectWithdraw: '提出之後，僅得於通知連署前，經提案人二分之一以上書面同意撤回（公投法 §11）。',
  collectElectronic: '電子提案的依據',
  collectOff: '目前不能開始電子提案',
  collectPublic: '公開的姓名與資料',
  collectPublicText: '領銜人的姓名會公開並永久記載於公卷。協作者、提案人與連署人的姓名永遠不會公開。',
  nameZh: '領銜人姓名',
  nameZhHint: '與您登入所用自然人憑證上的姓名相同，系統會核對；將公開。',
  nameEn: '領銜人姓名（羅馬字）',
  nameEnHint: '英文頁面顯示在憑證姓名之前，不經核對；可不填。',
  collectSure: '我已讀過上列文字，了解開始徵求後文字凍結且公開，不能更改。',
  collectSureMissing: '請勾選確認。',
  collectButton: '公開並開始徵求提案人',
  collectFaults: '開始之前，請先補正下列各點',
  faultMissing: (label: string) => `請填寫「${label}」。`,
  faultTooLong: (label: string) => `「${label}」太長，無法記載於公卷，請縮短。`,
  faultPersonal: (label: string) => `「${label}」含有像身分證字號的內容，不能公開。`,
  collectChanged: (n: number) => `在您閱讀時，已有人儲存第 ${n} 版。下面是最新的文字，請重新確認。`,
  lawRefuses: '目前不能開始徵求提案人',
};

type CollectMessages = typeof zh;

const en: CollectMessages = {
  collectTitle: 'Collect proposers',
  collectLede:
    'Once confirmed, the text below becomes public and frozen at once, and starts to collect proposers. This cannot be undone.',
  collectFrozen: 'The text that is frozen',
  collectFrozenText: (n) =>
    `Version ${n}, exactly as follows. This is what is signed; not a character of it can change afterwards.`,
  collectLaw: 'What the law says',
  collectThreshold: (n, base) =>
    `${n} proposers are needed: one in ten thousand of the ${base} electors of the last presidential election, rounded up (Referendum Act §10 I).`,
  collectTime: (months) =>
    `The law sets no time for collecting proposers; this platform allows ${months} months (project default).`,
  collectLeadMust:
    'The lead proposer must be one of the proposers: afterwards, sign your own proposal with your certificate (§9 I).',
  collectNoCure:
    'A proposal filed with too few is inadmissible and cannot be cured (§10 II); once there are enough, you decide when to file.',
  collectWithdraw:
    'After filing it can be withdrawn only before the notice to collect, with the written consent of at least half of the proposers (§11).',
  collectElectronic: 'What allows electronic proposals',
  collectOff: 'Electronic proposals cannot be started now',
  collectPublic: 'Names and data that become public',
  collectPublicText:
    'The lead proposer’s name becomes public and stays in the public record. Co-drafters, proposers and signers are never named in public.',
  nameZh: 'Name of the lead proposer',
  nameZhHint: 'As on the certificate you signed in with, which is checked; it becomes public.',
  nameEn: 'Name of the lead proposer in Latin letters',
  nameEnHint: 'Stands before the name of the certificate on English pages; not checked, may be left empty.',
  collectSure:
    'I have read the text above and understand that it becomes public and frozen, and cannot be changed.',
  collectSureMissing: 'Please confirm.',
  collectButton: 'Make public and collect proposers',
  collectFaults: 'Please mend the following first',
  faultMissing: (label) => `Please fill in “${label}”.`,
  faultTooLong: (label) => `“${label}” is too long for the public record; please shorten it.`,
  faultPersonal: (label) => `“${label}” holds something like a national ID and cannot become public.`,
  collectChanged: (n) =>
    `While you were reading, somebody saved version ${n}. Below is the newest text; please confirm again.`,
  lawRefuses: 'Proposers cannot be collected now',
};

/** What beginning to collect proposers says. */
export const collectMessages = (language: Language): CollectMessages => (language === 'en' ? en : zh);
