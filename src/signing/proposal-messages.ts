/** What the signing and receipt pages say of a draft where more than the words 連署 and 提案 differ. */

export const zhSigningProposal = {
  caseNumber: (number: string) => `草案 ${number}`,
  title: '簽署提案',
  intro: '三個步驟，約一分鐘。隨時可以離開；在您用卡片簽署之前，不會留下任何紀錄。',
  stepsLabel: '簽署提案的步驟',
  methodPhoneNeeds: '尚未開放：能否用於公投提案，主管機關尚無函釋（未確認）。請先不要為此去申辦。',
  methodNoneText:
    '可以向領銜人索取紙本提案人名冊簽名，或到戶政事務所申辦自然人憑證（規費 250 元，請先電話確認有無存卡）。健保卡不是電子簽章，不能用來提案。',
  readText: '您要共同提出的草案',
  noticeLines: [
    ['誰、為何', '依公民投票法第9條、第10條徵求提案人，由本平台蒐集（示範系統）。'],
    ['蒐集什麼', '身分證統一編號、簽章、憑證與簽署時間；收到即加密封存，公開紀錄只有無法回推身分的承諾值。'],
    [
      '誰會知道',
      '只交由戶政機關確認身分、查對戶籍；領銜人、其他人與公開資料都看不到您簽了哪一件草案。唯查對後人數不足時，被刪除者之姓名及理由依法只通知領銜人（公民投票法施行細則 §9）。',
    ],
    [
      '保存多久',
      '已提出者與該案一併保存，至不受理、駁回、撤回或後續結果後 2 年；未提出而結束者，期滿銷毀（專案預設）。',
    ],
    [
      '您的權利',
      '可依個資法第3條查詢、閱覽、製給複製本、補充或更正、請求停止蒐集處理利用或刪除；不提供資料就無法提案。提案一經簽署，法律未規定個別撤回，無法收回。',
    ],
  ],
  noticeEligibility:
    '這裡的「已驗證」是指技術上有效；年齡與居住期間，以提案提出之日的戶籍登記認定（公投法第8條）。',
  statement: '您的卡片將簽下|這份提案書，|一字不差',
  lastTryText:
    '再輸入錯誤，卡片就會鎖住。若不確定 PIN 碼，建議先重設，再回來簽署；徵求提案人的期間不會因此受影響。',
  statementUpload: '上傳並簽署提案',
};

export const enSigningProposal = {
  caseNumber: (number: string) => `Draft ${number}`,
  title: 'Sign this proposal',
  stepsLabel: 'Steps of signing the proposal',
  methodPhoneNeeds:
    'Not admitted yet: there is no ruling on whether it may be used for proposals (unconfirmed). Please do not apply for one just for this.',
  methodNoneText:
    'You can sign the lead proposer’s roster on paper, or apply for a card at a household office (NT$250; phone first to ask whether cards are in stock). A health insurance card is not an electronic signature and cannot be used.',
  idFaults: {
    'id-resident-certificate':
      'This is a resident certificate number. Proposers must be nationals (Referendum Act §7).',
  },
  readText: 'The draft you are about to propose with others',
  noticeLines: [
    [
      'Who and why',
      'Collected by this platform (a demonstration) to find proposers under Articles 9 and 10 of the Referendum Act.',
    ],
    [
      'What',
      'ID number, signature, certificate and time, sealed by encryption on arrival; the public record holds only a commitment that leads to nobody.',
    ],
    [
      'Who learns of it',
      'Only the household registry, to confirm your identity and check eligibility. Neither the lead proposer nor anyone else sees what you signed; only when too few remain after the check are those deleted, and why, told to the lead proposer alone (Referendum Enforcement Rules §9).',
    ],
    [
      'How long',
      'With its case once filed, until two years after the case is refused, rejected, withdrawn or later decided; of a draft that ends unfiled, until destruction when its time is over (project default).',
    ],
    [
      'Your rights',
      'Access and correction under Article 3 of the Personal Data Protection Act; without the data you cannot propose. A single proposer’s signature cannot be taken back.',
    ],
  ],
  noticeEligibility:
    '“Verified” here means technically verified; age and residence are judged by the household register on the day the proposal is filed (Referendum Act §8).',
  statementTranslationNote:
    'In English: electronic statement of proposal for a national referendum; draft number, main text, digest of the full text, my commitment; “I have read the main text and the reasons and agree to propose it”; time; transaction number.',
  lastTryText:
    'Another wrong PIN locks the card. If you are not sure, reset the PIN first and come back; the time to collect proposers is not affected.',
  statementUpload: 'Upload and sign the proposal',
};

export const zhReceiptProposal = {
  caseNumber: (number: string) => `草案 ${number}`,
  doneTitle: '提案已簽署',
  another: '看其他徵求提案人中的草案',
  technically: '此為技術上有效；是否具提案資格，以提案提出之日的戶籍登記認定。',
  publicTitle: '公卷中的一件提案',
  stateText: {
    included: '這一件在公卷中，並計入本草案的電子提案人數。',
    counted: '保留的提案已確認，並計入本草案的電子提案人數。',
  },
};

export const enReceiptProposal = {
  caseNumber: (number: string) => `Draft ${number}`,
  doneTitle: 'Proposal signed',
  caseLabel: 'Draft',
  another: 'See the other drafts that look for proposers',
  technically:
    'This is technically verified; eligibility to propose is judged by the household register on the day the proposal is filed.',
  publicTitle: 'One proposal signature in the public record',
  stateText: {
    included: 'This entry is in the public record and counts towards the electronic proposers of its draft.',
    counted: 'The held proposal was confirmed and counts towards the electronic proposers of its draft.',
  },
};
