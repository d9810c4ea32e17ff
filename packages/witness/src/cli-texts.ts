import type { WitnessFaultCode } from './witness-fault.ts';

/** What `--help` prints. */
export const HELP = `lianshu-witness  日誌的見證人  a witness for tile logs (c2sp.org/tlog-witness)

  lianshu-witness keygen NAME --key FILE [--state FILE] [--ml-dsa-44]
      產生金鑰與狀態檔，印出公開金鑰  make the key and the state, print the verifier key
  lianshu-witness --log LOG [--log LOG …] --key FILE [options]
      開始見證  run the witness

  NAME            見證人名稱，例如 witness.example.org/lianshu  what it is called in its signatures
  --key FILE      金鑰檔；只有自己可讀，不可複製到另一台機器  the key file: secret, never on two machines
  --state FILE    狀態檔，預設為金鑰檔名加 .state  what it cosigned so far (default: FILE.state)
  --log LOG       要見證的日誌：公開金鑰、「ORIGIN VKEY」，或一行一個的檔案；可重複
                  a log to watch: a verifier key, "ORIGIN VKEY", or a file with one a line; may be repeated
  --policy FILE   見證 tlog-policy 檔案中的所有日誌  watch every log of a policy file
  --port N        預設 7380  default 7380; 0 takes a free one
  --host H        預設 127.0.0.1  default 127.0.0.1
  --name TEXT     首頁上的見證單位名稱  who runs this witness, for its front page
  --evidence DIR  保存日誌作弊的證據  keep what shows a log's misbehaviour
  --ml-dsa-44     另產生一把後量子金鑰  a post-quantum key as well
  --help          這份說明  this text

結束代碼 Exit codes
  0  正常結束  stopped as asked
  1  程式或系統的錯誤，例如連接埠被占用  a fault here or in the system, such as a port in use
  2  用法、金鑰檔或日誌清單有誤  usage, key file or list of logs
  3  狀態檔不存在、損壞、使用中、屬於別的金鑰，或已停止副署：拒絕啟動
     the state is missing, damaged, in use, of another key, or has halted: refuses to run
`;

/** What to tell a person about a fault, and what to do. */
export const FAULT_TEXTS: Readonly<Record<WitnessFaultCode, string>> = {
  'state-missing':
    '找不到狀態檔。請檢查路徑；如果真的遺失了，不可為舊金鑰重建狀態，請用 keygen 產生新的金鑰。\nThe state file is not there. Check the path. If it is lost, never make a new state for the old key: make a new key with keygen.',
  'state-exists': '狀態檔已存在。\nThe state file exists already.',
  'state-unreadable': '無法讀取狀態檔。\nThe state file cannot be read.',
  'state-malformed':
    '狀態檔損壞。請勿修改或刪除；請保存檔案，並用 keygen 產生新的金鑰。\nThe state file is damaged. Do not edit or delete it: keep it, and make a new key with keygen.',
  'state-locked': '另一個程序正在使用這個狀態檔。\nAnother process uses this state file.',
  'state-other-key':
    '這個狀態檔不屬於這把金鑰。\nThis state was not made with this key: it cannot know what the key has signed.',
  'state-halted':
    '這個見證人已停止副署：它發現自己的簽章而狀態檔沒有記錄，表示狀態曾被還原，或金鑰在別處使用。請產生新的金鑰並通知日誌與驗證者。\nThis witness has stopped for good: it met its own signature over something its state does not know, so the state was rolled back or the key is used elsewhere. Make a new key, and tell the logs and whoever trusted the old one.',
  'state-changed': '執行中狀態檔被替換。\nThe state file was replaced while the witness ran.',
  'state-not-saved': '無法寫入狀態檔（磁碟已滿？）。\nThe state could not be stored (disk full?).',
  'state-unknown': '無法確定狀態是否已寫入磁碟。\nIt is not certain that the state reached the disk.',
  'key-unreadable': '無法讀取或寫入金鑰檔。\nThe key file cannot be read or written.',
  'key-malformed': '這不是金鑰檔，或已損壞。\nNot a key file, or a damaged one.',
  'key-exposed': '其他使用者可以讀取金鑰檔：chmod 600。\nOthers can read the key file: chmod 600.',
  'key-exists': '金鑰檔已存在，不會覆寫。\nThe key file exists and is not replaced.',
};
