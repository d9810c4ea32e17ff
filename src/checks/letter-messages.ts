import type { Language } from '../web/index.ts';

const zh = {
  letterTitle: '刪除名單',
  letterBack: (number: string) => `回到領銜人專區 ${number}`,
  letterLede:
    '提案人經查對後人數不足時，被刪除的提案人及理由只通知領銜人（施行細則 §9）。名單由戶政機關直接加密給您的金鑰：本系統、委員會、協作者都無法開啟。',
  letterKey: '您的公鑰（age）',
  letterKeyHint: '以 age 工具在自己的電腦產生：age-keygen -o 我的金鑰.txt；把以 age1 開頭的公鑰貼在這裡。',
  letterKeyButton: '使用這把公鑰',
  letterKeySaved: '已採用。之後函請的查對會把名單加密給這把公鑰。',
  letterKeyWrong: '不是 age 公鑰（應以 age1 開頭）',
  letterNow: '目前的公鑰',
  letterCompare:
    '函請查對提案人時，公卷會寫明名單加密給哪一把公鑰（以 SHA-256 表示）；若與此處不同，請立即告知主管機關。',
  letterList: '名單',
  letterNone: '目前沒有刪除名單。',
  letterDownload: '下載刪除名單（加密）',
  letterOpen: '以 age -d -i 我的金鑰.txt 刪除名單.age 開啟。',
};

type Messages = typeof zh;

const en: Messages = {
  letterTitle: 'Deleted proposers',
  letterBack: (number) => `Back to the console of ${number}`,
  letterLede:
    'When too few proposers pass the check, the deleted ones and the reasons are told to the lead proposer alone (Enforcement Rules §9). The registry encrypts the list to your own key: neither this system, nor the Commission, nor a co-drafter can open it.',
  letterKey: 'Your public key (age)',
  letterKeyHint:
    'Made on your own computer: age-keygen -o my-key.txt; paste the public key, which begins with age1.',
  letterKeyButton: 'Use this key',
  letterKeySaved: 'Taken. Checks ordered from now on encrypt the list to this key.',
  letterKeyWrong: 'is no age public key (it begins with age1)',
  letterNow: 'The key in use',
  letterCompare:
    'The order to check says in the public record to which key the list is encrypted, by this SHA-256. Should it differ, tell the authority at once.',
  letterList: 'The list',
  letterNone: 'There is no list of deleted proposers.',
  letterDownload: 'Download the list (encrypted)',
  letterOpen: 'Open it with age -d -i my-key.txt deleted.age',
};

export const letterMessages = (language: Language): Messages => (language === 'en' ? en : zh);
