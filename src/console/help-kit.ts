/**
 * 諮詢手冊: what helpers answer signers. The lead proposer owes this help (電子連署及查對作業辦法 §4 III). Nothing in it asks a
 * helper to touch a card, a PIN or a number.
 */
import type { Localised } from '../web/index.ts';

export interface KitAnswer {
  readonly question: Localised;
  readonly answer: readonly Localised[];
}

export interface KitPart {
  readonly id: string;
  readonly title: Localised;
  readonly answers: readonly KitAnswer[];
}

const w = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });
const qa = (question: Localised, ...answer: readonly Localised[]): KitAnswer => ({ question, answer });

export const HELP_KIT: readonly KitPart[] = [
  {
    id: 'rules',
    title: w('協助者守則', 'Rules for helpers'),
    answers: [
      qa(
        w('協助者可以做什麼？', 'What may a helper do?'),
        w(
          '說明、示範、放大畫面、念出畫面文字。每一步由連署人自己按。',
          'Explain, demonstrate, enlarge, read the screen aloud. The signer presses every button.',
        ),
        w(
          '不得代持卡片、代輸 PIN 碼或身分證字號，不得抄寫、拍照或留存任何人的資料。',
          'Never hold the card, type the PIN or the ID number for somebody, and never note, photograph or keep anybody’s data.',
        ),
        w(
          '不得給予或承諾任何報酬、贈品（公民投票法 §37）；不得勸阻或強迫（§35、§39）。',
          'Give and promise nothing (Referendum Act §37); neither hinder nor press anybody (§§35, 39).',
        ),
      ),
      qa(
        w('怎麼確認是真的網站？', 'How to know the real site?'),
        w(
          '請連署人自己看網址列，與海報上的網址相同才繼續；不要點訊息裡的短網址。',
          'Let the signer read the address bar: it must be the address on the poster. No short links from messages.',
        ),
      ),
    ],
  },
  {
    id: 'readiness',
    title: w('出門前：準備好了嗎', 'Before the trip: ready?'),
    answers: [
      qa(
        w('需要什麼？', 'What is needed?'),
        w(
          '有效的自然人憑證（IC 卡）、PIN 碼、讀卡機、電腦，並自己記得身分證統一編號。',
          'A valid citizen certificate card, its PIN, a card reader, a computer, and one’s own national ID number.',
        ),
        w(
          '卡片自發卡起五年有效；到期日印在卡片正面。',
          'A card is valid for five years from issue; the date is printed on it.',
        ),
      ),
      qa(
        w('手機可以嗎？健保卡可以嗎？', 'A phone? The health card?'),
        w(
          '是否接受行動自然人憑證，以連署頁面當時所列方式為準（目前待主管機關認定，預設不接受）。',
          'Whether the mobile certificate counts is as the signing page lists (a ruling is pending; by default it does not).',
        ),
        w(
          '健保卡不行：依法不是電子簽章。銀行憑證、簡訊、電子郵件也不行。',
          'The health card does not: it is no electronic signature in law. Neither are bank certificates, text messages or e-mail.',
        ),
      ),
      qa(
        w('沒有卡怎麼辦？', 'No card?'),
        w(
          '向戶政事務所申辦（規費新臺幣 250 元）；先打電話問有沒有卡，近年曾缺卡。',
          'Apply at a household registration office (fee NT$250); phone first, cards have run out before.',
        ),
        w(
          '本案若也收紙本，可改簽紙本；紙本與電子都簽只算一次，以電子為準。',
          'If this case also collects on paper, paper will do. Who signs both ways counts once, electronically.',
        ),
      ),
      qa(
        w('誰可以連署？', 'Who may sign?'),
        w(
          '中華民國國民，於名冊提出日年滿十八歲、在中華民國繼續居住六個月以上、未受監護宣告。輔助宣告或褫奪公權不影響。',
          'Citizens who on the day the roster is filed are 18 or over, resident for six months, and not under guardianship. Assistance or loss of civil rights is no bar.',
        ),
      ),
    ],
  },
  {
    id: 'pin',
    title: w('PIN 碼', 'The PIN'),
    answers: [
      qa(
        w('忘記 PIN 碼？', 'PIN forgotten?'),
        w(
          '連續輸錯三次會鎖卡，請不要猜。內政部憑證管理中心網站可用申辦時設定的資料線上重設；否則本人帶身分證到戶政事務所辦理。',
          'Three wrong tries lock the card: do not guess. The MOICA site resets it online with the data set at issue; otherwise go to a registration office in person with the ID card.',
        ),
      ),
      qa(
        w('卡片被鎖？', 'Card locked?'),
        w(
          '同上：線上解鎖或到戶政事務所。鎖卡時沒有送出任何連署。',
          'The same: unlock online or at a registration office. Nothing was signed while it was locked.',
        ),
      ),
    ],
  },
  {
    id: 'reader',
    title: w('讀卡機', 'The reader'),
    answers: [
      qa(
        w('抓不到讀卡機？', 'Reader not found?'),
        w(
          '重新插拔，換一個 USB 孔；不要接在沒有供電的集線器。燈亮後再插卡，晶片朝上、朝內。',
          'Unplug and plug in again, another USB port, no unpowered hub. Insert the card once the light is on, chip up and first.',
        ),
      ),
      qa(
        w('抓不到卡片？', 'Card not found?'),
        w(
          '擦拭晶片，確認插到底；換一張卡仍不行就是讀卡機問題。健保卡讀卡機多半可以讀自然人憑證。',
          'Wipe the chip and push it home; if another card fails too it is the reader. Most health-card readers read it.',
        ),
      ),
    ],
  },
  {
    id: 'component',
    title: w('跨平台網頁元件', 'The card component'),
    answers: [
      qa(
        w('頁面說沒有安裝元件？', 'The page says the component is missing?'),
        w(
          '只從內政部憑證管理中心官方網站下載「HiPKI 跨平台網頁元件」，安裝後重開瀏覽器。',
          'Download the HiPKI component only from the MOICA site, install it, and restart the browser.',
        ),
      ),
      qa(
        w('按下後沒有跳出視窗？', 'No window opens?'),
        w(
          '允許本站的彈出式視窗後再按一次；沒有重複送出的問題。',
          'Allow pop-ups for this site and press again; nothing is ever counted twice.',
        ),
      ),
    ],
  },
  {
    id: 'after',
    title: w('簽完之後', 'After signing'),
    answers: [
      qa(
        w('怎麼知道成功了？', 'How does one know it worked?'),
        w(
          '頁面會給收執檔，請本人保存；收執可在「查驗收執」頁驗證。協助者不要代為保存。',
          'The page gives a receipt file for the signer to keep; “Check a receipt” verifies it. Helpers keep no copies.',
        ),
      ),
      qa(
        w('可以撤回嗎？會被公開嗎？', 'Can it be taken back? Is it public?'),
        w(
          '送出後不得撤回（法律未定撤回連署）。姓名與身分證字號不會公開，領銜人也看不到是誰。',
          'It cannot be taken back (the law knows no withdrawal of a signature). Names and numbers are never public, and the lead proposer does not see who signed.',
        ),
      ),
      qa(
        w('顯示「等待確認」？', '“Waiting for confirmation”?'),
        w(
          '已收到、待身分確認服務回覆，不必重簽；稍後用收執查結果。',
          'It was received and waits for the identity service. No need to sign again; look later with the receipt.',
        ),
      ),
    ],
  },
];
