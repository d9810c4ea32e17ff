import { formatNumber, type Language } from '../web/index.ts';
import type { WitnessFailure } from './witness-client.ts';

type State = Exclude<WitnessFailure, `http-${number}`> | 'cosigned' | 'not-asked' | 'fault';

const zh = {
  title: '見證人',
  lede: '見證人是本站以外的獨立單位。公卷每次公布，各自確認它只有增加、沒有改寫，才在檢查點上副署。要讓兩個人看到不同的公卷，得先騙過足夠多的見證人。',
  demo: '示範的見證人都在同一台機器上，由同一個程式啟動：只展示機制，不證明任何事。',
  nobody: '這份公卷目前沒有見證人，沒有任何外部單位副署檢查點。',
  now: '目前公布的檢查點',
  reached: (size: number, n: number, of: number) =>
    `公卷前 ${formatNumber(size)} 件，已由 ${formatNumber(n)} 位見證人見證（共 ${formatNumber(of)} 位）。`,
  missed: (size: number, n: number, of: number) =>
    `公卷前 ${formatNumber(size)} 件，副署尚未達到法定人數：目前 ${formatNumber(n)} 位（共 ${formatNumber(of)} 位）。檢查點照常公布，之後每次公布都會再請求。`,
  asOf: '查詢時間',
  rule: '法定人數',
  ruleOf: (threshold: number, members: string) => `${members} 之中至少 ${formatNumber(threshold)} 位`,
  ruleNone: '不要求副署',
  ruleNamed: (name: string, rule: string) => `${name}＝${rule}`,
  separator: '、',
  each: '每一位見證人',
  state: '最近一次請求',
  onThis: '副署目前檢查點',
  onThisNo: '沒有',
  newest: '最新副署',
  newestOf: (size: number) => `前 ${formatNumber(size)} 件`,
  never: '尚未副署過',
  age: (text: string) => `（${text}）`,
  seconds: (n: number) => `${formatNumber(n)} 秒前`,
  minutes: (n: number) => `${formatNumber(n)} 分鐘前`,
  hours: (n: number) => `${formatNumber(n)} 小時前`,
  ask: '直接問這位見證人',
  keyName: '簽章上的名稱',
  unknownState: (code: string) => `沒有副署（${code}）`,
  states: {
    cosigned: '已副署',
    'not-asked': '尚未請求',
    timeout: '逾時沒有回應',
    unreachable: '連不上',
    redirected: '要求轉址，未跟隨',
    'too-large': '回應過大，未讀取',
    malformed: '回應不合格式',
    'bad-signature': '簽章不符，未採用',
    'bad-time': '副署的時間與實際相差超過一小時，未採用',
    fault: '本站無法處理它的回應，未採用',
    'unknown-log': '不認得這份公卷',
    forbidden: '不認得這份公卷的金鑰',
    'proof-refused': '不接受一致性證明',
    ahead: '聲稱看過更新的公卷，但沒有提出由公卷金鑰簽署的證據',
    conflict: '聲稱看過不同的公卷，但沒有提出由公卷金鑰簽署的證據',
  } satisfies Record<State, string>,
  check: '怎麼自己查核',
  checkText:
    '收執與檢查點上的副署，離線就能驗算。誰算見證人、要幾位，寫在信任政策 policy.txt 裡。請從見證人自己的網頁，或您信任的人那裡取得：用本站給的政策查本站，等於讓受檢的人自己出題。',
  policy: '本站目前使用的信任政策（tlog-policy），只供比對',
  checkpoint: '目前的檢查點與副署',
  machine: '同樣的內容，供程式讀取',
  digest: '信任政策的 SHA-256',
  become: '怎麼成為見證人',
  becomeText:
    '一台小機器、一個指令、一個檔案就夠了。步驟在原始碼的 docs/guides/run-a-witness.zh-TW.md；選定見證人時，應讓立場不同的陣營都有人在內。',
};

/** Every string of the page `/witnesses`; the Chinese catalogue is the type. */
export type WitnessesMessages = typeof zh;

const ago = (unit: string) => (n: number) => `${formatNumber(n)} ${unit}${n === 1 ? '' : 's'} ago`;

const en = {
  title: 'Witnesses',
  lede: 'Witnesses are independent organisations outside this site. At each publication each of them makes sure that the record only grew and was not rewritten, and only then cosigns the checkpoint. Whoever wants to show two people different records has to deceive enough of them first.',
  demo: 'The witnesses of this demonstration run on the same machine, started by the same program: it shows the mechanism, proves nothing.',
  nobody: 'This record has no witnesses at present: nobody outside cosigns its checkpoints.',
  now: 'The published checkpoint',
  reached: (size: number, n: number, of: number) =>
    `The first ${formatNumber(size)} entries, witnessed by ${formatNumber(n)} of ${formatNumber(of)}.`,
  missed: (size: number, n: number, of: number) =>
    `The first ${formatNumber(size)} entries, not yet witnessed: ${formatNumber(n)} of ${formatNumber(of)} have cosigned, which is too few. The checkpoint is public all the same; the others are asked again at each publication.`,
  asOf: 'Asked at',
  rule: 'What is needed',
  ruleOf: (threshold: number, members: string) => `at least ${formatNumber(threshold)} of ${members}`,
  ruleNone: 'no cosignature is required',
  ruleNamed: (name: string, rule: string) => `${name} = ${rule}`,
  separator: ', ',
  each: 'Each witness',
  state: 'When last asked',
  onThis: 'Cosigned this checkpoint',
  onThisNo: 'no',
  newest: 'Newest cosignature',
  newestOf: (size: number) => `over ${formatNumber(size)} entries`,
  never: 'none yet',
  age: (text: string) => `(${text})`,
  seconds: ago('second'),
  minutes: ago('minute'),
  hours: ago('hour'),
  ask: 'Ask this witness directly',
  keyName: 'Name in its signatures',
  unknownState: (code: string) => `did not cosign (${code})`,
  states: {
    cosigned: 'cosigned',
    'not-asked': 'not asked yet',
    timeout: 'no answer in time',
    unreachable: 'cannot be reached',
    redirected: 'redirected us, which we do not follow',
    'too-large': 'answered with too much, not read',
    malformed: 'answered in no known form',
    'bad-signature': 'a signature that does not hold, not used',
    'bad-time': 'states a time more than an hour off, not used',
    fault: 'an answer that this site could not deal with, not used',
    'unknown-log': 'does not know this record',
    forbidden: 'does not know this record’s keys',
    'proof-refused': 'did not accept the consistency proof',
    ahead: 'claims to have seen a newer record, without evidence signed by the record’s key',
    conflict: 'claims to have seen another record, without evidence signed by the record’s key',
  },
  check: 'How to check this yourself',
  checkText:
    'The cosignatures on receipts and checkpoints can be verified offline. Who counts as a witness, and how many are needed, stands in the trust policy, policy.txt. Get it from the witnesses’ own pages or from people you trust: whoever checks this site with the policy of this site lets the examined set the questions.',
  policy: 'The trust policy that this site uses now (tlog-policy), to compare with yours',
  checkpoint: 'The checkpoint with its cosignatures',
  machine: 'The same for programs',
  digest: 'SHA-256 of the trust policy',
  become: 'How to become a witness',
  becomeText:
    'One small machine, one command and one file are enough. The steps are in docs/guides/run-a-witness.md of the source; a good policy needs witnesses from opposing camps.',
} satisfies WitnessesMessages;

/** The catalogue of `/witnesses` in one language. */
export const witnessesMessages = (language: Language): WitnessesMessages => (language === 'en' ? en : zh);

/** What became of the last request to a witness, in words. */
export function stateSentence(t: WitnessesMessages, state: string): string {
  return state in t.states ? t.states[state as State] : t.unknownState(state);
}

/** How long ago, in the largest unit that fits. */
export function ageSentence(t: WitnessesMessages, ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 120) return t.seconds(seconds);
  return seconds < 7_200 ? t.minutes(Math.floor(seconds / 60)) : t.hours(Math.floor(seconds / 3_600));
}
