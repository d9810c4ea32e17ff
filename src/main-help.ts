/** What `lianshu --help` says: commands, environment, exit codes. */
export const HELP = `lianshu — 連署

  lianshu demo [--port N] [--data DIR] [--fresh]   示範：模擬的外部世界與範例案件
                                                   everything, with simulators and example cases
  lianshu serve [public,sequencer,jobs,office,workspace]   啟動指定的部分（預設前三個）
                                                   the given surfaces (default: the first three)
  lianshu serve office                             只啟動承辦介面：沒有封存程序，也沒有公卷金鑰
                                                   the officers' surface alone: no sealer, no key of the log
  lianshu serve workspace                          只啟動工作臺：領銜人草擬、徵求提案人、看進度
                                                   the lead proposers' surface alone; asks the sealer who signs in
  lianshu serve sealer                             封存程序：獨立的程序與使用者，不碰資料庫
                                                   the sealer: its own process and user, no database
  lianshu migrate                                  把資料庫結構更新到這一版
                                                   bring the database to this release's schema
  lianshu keys                                     產生公卷與權杖的金鑰，只做一次
                                                   make the log's keys and the token key, once
  lianshu rotate-log --to NAME --new-keys STORE    公卷更名換鑰；先顯示計畫
                                                   another name and other keys for the log; shows a plan first
  lianshu ceremony log-keys|rotation               金鑰儀式：逐步提示並記錄
                                                   prompts and records a key ceremony
  lianshu export PART CASE [--out FILE]            匯出一案封存的證據或名冊，供 lianshu-open 開啟
                                                   sealed evidence or roster of a case, for lianshu-open
  lianshu doctor [--deep] [--json]                 檢查啟動時會發現什麼；不更動任何東西
                                                   what a start would find; changes nothing
  lianshu officers invite|list|end-mandate         誰可以登入承辦介面
                                                   who may sign in to the office
  lianshu law explain CASE [--on DATE]             一案現在可以做什麼、為什麼、到什麼時候
                                                   what may happen to a case, why, and until when
  lianshu past-cases import FILE [--dry-run]       匯入歷次公民投票，供查閱與比對
                                                   past referendums, to look up and to compare with
  lianshu --help

環境變數：沒設的都取安全的預設，缺少的在啟動時指名。
Environment (every variable has a safe absence; what is missing is named at start):
  NODE_ENV=production        refuses simulated authorities and demonstration data
  DATABASE_URL               PostgreSQL 15 or newer; the demonstration brings its own
  LIANSHU_PUBLIC_DATABASE_URL  the public surface's own login, a member of lianshu_intake and no more
  LIANSHU_OFFICE_DATABASE_URL  the office's own login, a member of lianshu_office and no more
  LIANSHU_WORKSPACE_DATABASE_URL  the workspace's, of lianshu_workspace; in production \`serve office\` and
                             \`serve workspace\` refuse to start without, or with a login that is more
  LIANSHU_DATA               data folder (keys, published log, checkpoint journal)
  PORT, HOST, PUBLIC_ORIGIN  where the public surface listens, and its address as citizens see it
  LIANSHU_OFFICE_PORT, LIANSHU_OFFICE_ORIGIN   the officers' surface; passkeys are bound to its origin
  LIANSHU_WORKSPACE_PORT, LIANSHU_WORKSPACE_ORIGIN   the lead proposers' surface; cards and passkeys sign its name
  LIANSHU_LOG_ORIGIN         the log's name, for example lianshu.example/log
  LIANSHU_PUBLISH_SECONDS    publication clock, 60 unless told
  LIANSHU_WITNESS_POLICY     tlog-policy file: who cosigns this log, and how many must (sequencer)
  LIANSHU_PUBLIC_STORE       s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME: a copy of the published log
  LIANSHU_PUBLIC_STORE_CREDENTIALS   its file, mode 0600: access key id and secret, a line each
  LIANSHU_KEY_STORE          file:DIR or pkcs11:module=/PATH.so;token=LABEL[;files=DIR] (sequencer)
  LIANSHU_KEY_STORE_PIN_FILE the token's PIN, mode 0600
  LIANSHU_SEALER             the sealer's socket for intake
  LIANSHU_SEALER_CONTROL     its socket for jobs and operators; not for a public process
  LIANSHU_TRUSTED_PROXIES    addresses or networks whose X-Forwarded-For is believed
  LIANSHU_TRUST_DIRECTORY    pins.json, pinned certificates, crl/ (sealer)
  LIANSHU_CRL_URLS           complete revocation lists, separated by spaces (sealer)
  LIANSHU_OCSP_URLS          ISSUER-KEY-ID=URL pairs, separated by spaces: asked where no list is fresh;
                             others by their certificate, if it names a government host (sealer)
  LIANSHU_ICS_URL, LIANSHU_ICS_CLIENT   identity service and the client's certificate and key (sealer)
  LIANSHU_REGISTRY_URL, LIANSHU_REGISTRY_KEYS   household registry and its pinned public keys: the check of
                             proposers (office), and totals by county (sealer asks, workspace shows); without
                             them neither, and the sealer says so at start
  LIANSHU_ADOPT_LOG=1        for one start: no later state of the log exists anywhere, although its journal is
                             not here or all its witnesses are new (sequencer)
  LIANSHU_WITHOUT_WITNESSES=1  production runs with no witness configured (sequencer; said at start)
  LIANSHU_PAST_CASES         CSV file of past referendums (demo): imported at start
  LIANSHU_LOG_LEVEL          trace … error, silent

結束代碼 Exit codes: 0 完成 done · 1 故障 fault · 2 用法 usage · 3 拒絕：不安全 refused, because it would run unsafely`;
