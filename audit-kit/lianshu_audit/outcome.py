"""Exit codes and words of every verdict. The numbers mean the same in both implementations."""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple


class Outcome(NamedTuple):
    exit: int
    # proven, pending, not-proven or alarm.
    tone: str
    zh: str
    en: str


MARKS = {"proven": "✔", "pending": "…", "not-proven": "✘", "alarm": "⚠"}

OUTCOMES: Dict[str, Outcome] = {
    "included": Outcome(0, "proven", "已證明：收錄在公卷中", "Proven: included in the public record"),
    "counted": Outcome(0, "proven", "已證明：已計入", "Proven: counted"),
    "promise-kept": Outcome(0, "proven", "已證明：承諾已履行", "Proven: the promise was kept"),
    "consistent": Outcome(0, "proven", "已證明：公卷只增不改", "Proven: the log only grew"),
    "recounted": Outcome(0, "proven", "重算完成", "Recounted"),
    "no-trusted-key": Outcome(3, "not-proven", "未證明：沒有可信任的金鑰", "Not proven: no trusted key"),
    "unknown-signer": Outcome(
        3, "not-proven", "未證明：簽章者不是您信任的公卷", "Not proven: signed by no log you trust"
    ),
    "bad-signature": Outcome(3, "not-proven", "未證明：簽章錯誤", "Not proven: a signature is wrong"),
    "other-log": Outcome(3, "not-proven", "未證明：不是這份公卷的簽章", "Not proven: not signed by this log"),
    "not-included": Outcome(
        3, "not-proven", "未證明：紀錄不在樹中", "Not proven: the entry is not in the tree"
    ),
    "file-too-large": Outcome(4, "not-proven", "不是收執：檔案過大", "Not a receipt: the file is too large"),
    "not-a-receipt": Outcome(4, "not-proven", "不是收執", "Not a receipt"),
    "line-ends-changed": Outcome(
        4, "not-proven", "檔案的換行被改過，請用原始檔案", "The line ends were changed: use the original file"
    ),
    "proof-malformed": Outcome(
        4, "not-proven", "索引或雜湊路徑無法讀取", "The index or the path cannot be read"
    ),
    "extra-malformed": Outcome(
        4, "not-proven", "用來重算紀錄的資料無法讀取", "The data to recompute the entry cannot be read"
    ),
    "note-malformed": Outcome(4, "not-proven", "簽章部分無法讀取", "The signed part cannot be read"),
    "checkpoint-malformed": Outcome(4, "not-proven", "檢查點無法讀取", "The checkpoint cannot be read"),
    "excluded": Outcome(5, "alarm", "不予計算", "Excluded from the count"),
    "refused": Outcome(5, "alarm", "確認後未計入", "Settled as refused, not counted"),
    "promise-broken": Outcome(6, "alarm", "承諾未履行：請保存這份檔案", "The promise was broken: keep this file"),
    "log-unreachable": Outcome(7, "not-proven", "公卷無法讀取", "The log cannot be read"),
    "log-answer-too-large": Outcome(7, "not-proven", "公卷的檔案過大", "A file of the log is too large"),
    "log-bad-checkpoint": Outcome(
        7, "not-proven", "公卷的檢查點未經您信任的金鑰簽章", "The log’s checkpoint is not signed by a key you trust"
    ),
    "log-other-origin": Outcome(7, "not-proven", "這是另一份公卷", "This is another log"),
    "log-files-wrong": Outcome(
        7, "alarm", "公卷的檔案與它簽章的樹根不符", "The log’s files are not the tree that it signed"
    ),
    "log-contradicts-receipt": Outcome(
        8, "alarm", "公卷與檔案矛盾：兩份簽章不是同一棵樹，請都保存", "The log contradicts the file: keep both"
    ),
    "promised": Outcome(9, "pending", "承諾書有效，尚非收錄證明", "A valid promise, not yet proof of inclusion"),
    "held": Outcome(9, "pending", "已收到，待確認，尚未計入", "Received and held, not counted yet"),
    "log-behind": Outcome(9, "pending", "公布的公卷尚未到這個大小", "The published log is not that large yet"),
    "promise-not-due": Outcome(9, "pending", "承諾尚未到期", "The promise is not due yet"),
    "promise-undecided": Outcome(
        9, "pending", "這份副本無法證明承諾是否履行", "This copy cannot show whether the promise was kept"
    ),
    # Of the whole log: `recount` and `consistency`.
    "checkpoint-signature-missing": Outcome(
        3, "alarm", "檢查點缺少公卷另一把金鑰的簽章", "A key of this log has not signed the checkpoint"
    ),
    "policy-other-log": Outcome(
        3, "not-proven", "信任政策沒有列出這份公卷", "The policy does not list this log"
    ),
    "quorum-missing": Outcome(
        3, "not-proven", "見證人副署未達法定人數", "Too few witnesses cosigned the checkpoint"
    ),
    "tile-length": Outcome(7, "alarm", "雜湊磚長度錯誤", "A tile has the wrong length"),
    "tile-differs": Outcome(7, "alarm", "雜湊磚與件不符", "A tile differs from what the entries give"),
    "shown-missing": Outcome(7, "not-proven", "沒有公布這一案的計數檔", "No counts file of this case is published"),
    "case-unknown": Outcome(7, "not-proven", "公卷沒有這一案", "The record has no such case"),
    "shown-malformed": Outcome(7, "not-proven", "計數檔格式錯誤", "The counts file is malformed"),
    "entry-not-canonical": Outcome(4, "alarm", "有一件不是正規 JSON", "An entry is not canonical JSON"),
    "entry-unknown-kind": Outcome(4, "alarm", "有一件的類型不明", "An entry is of an unknown kind"),
    "entry-shape": Outcome(4, "alarm", "有一件的內容不合其類型", "An entry has not the shape of its kind"),
    "log-forked": Outcome(
        8, "alarm", "公卷分岔：請保存兩份檢查點並公開", "The log has forked: keep both checkpoints and make them public"
    ),
    "needs-log": Outcome(
        9, "pending", "大小不同：請用 --log 提供公卷", "Of different sizes: give the log with --log"
    ),
    "different-logs": Outcome(9, "pending", "兩份檢查點屬於不同的公卷", "The checkpoints are of two logs"),
    "numbers-differ": Outcome(
        10, "alarm", "公布的數字與重算的不同", "A published number differs from the recounted one"
    ),
    "entries-contradict": Outcome(
        10, "alarm", "這一案的件彼此矛盾", "The entries of the case contradict each other"
    ),
    "exclusions-uncovered": Outcome(
        10, "alarm", "作廢沒有戶政機關簽署的結果為據", "Signatures excluded without a result that the registry signed"
    ),
}

NOT_PROVED: Dict[str, Tuple[str, str]] = {
    "included": (
        "未證明：之後是否作廢（要加 --log）；也不證明是誰簽署、是否符合資格。",
        "Not proved: whether a later entry excludes it (add --log); nor who signed, nor eligibility.",
    ),
    "counted": (
        "未證明：公卷對其他人出示的是否為同一份（由見證人負責）；也不證明是誰簽署。",
        "Not proved: that the log shows the same tree to others (the witnesses’ part); nor who signed.",
    ),
    "promised": (
        "未證明：承諾是否已履行（要加 --log）。期限過後仍不在公卷中，這份檔案就是營運者違約的證據。",
        "Not proved: whether it was kept (add --log). If the entry is missing later, this file is evidence.",
    ),
    "consistent": (
        "未證明：兩份檢查點是否也是別人看到的（由見證人負責）。",
        "Not proved: that others were shown the same checkpoints (the witnesses’ part).",
    ),
    "recounted": (
        "未證明：簽署者的資格；縣市與驗證方式的統計不能由公卷重算，只是營運者的陳述。",
        "Not proved: who is eligible. Figures by county or by means cannot follow from the log: they are statements.",
    ),
}
