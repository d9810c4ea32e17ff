"""The facts of a verdict as lines for people: labels in both languages, and nothing that would steer a terminal."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List

LABELS = {
    "receipt": "收執 receipt",
    "promise": "承諾書 promise",
    "log": "公卷 log",
    "origin": "名稱 name",
    "caseNumber": "案號 case",
    "case": "案號 case",
    "act": "行為 act",
    "held": "待確認 held",
    "index": "件次 entry",
    "size": "件數 size",
    "root": "樹根 root",
    "commitment": "承諾 commitment",
    "signedBy": "簽章 signed by",
    "cosignedBy": "見證 cosigned by",
    "demo": "示範 demonstration",
    "serverMadeSecret": "亂數由伺服器產生 secret made by the server",
    "received": "收到 received",
    "publishBy": "最遲公布 publish by",
    "witnesses": "見證人 witnesses",
    "quorum": "達法定人數 quorum reached",
    "cosigned": "已副署 cosigned",
    "missing": "未副署 missing",
    "since": "達法定人數於 quorum since",
    "ageSeconds": "秒前 seconds ago",
    "tooOld": "過舊 too old to decide",
    "acts": "行為 acts",
    "signed": "簽署 signatures",
    "settledCounted": "確定計入 settled as counted",
    "settledRefused": "確定不計 settled as refused",
    "voided": "作廢 void",
    "counted": "計入 counted",
    "channels": "管道 channels",
    "electronic": "電子 electronic",
    "paper": "紙本 paper",
    "voidedByGround": "作廢事由 void by ground",
    "daily": "每日 daily",
    "statementsOnly": "僅為營運者陳述的件 statements only, entries",
    "differences": "數字不符 differs",
    "anomalies": "矛盾 contradiction",
    "malformed": "無法讀取的件 malformed entry",
    "exclusions": "作廢無據 exclusion without cover",
    "asOf": "時間 as of",
    "at": "由件次 by entry",
    "ground": "事由 ground",
    "reason": "代碼 code",
    "standing": "現況 standing",
    "detail": "細節 detail",
    "file": "檔案 file",
    "old": "先前 old",
    "new": "之後 new",
    "code": "代碼 code",
}

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
    return _UNSAFE.sub("?", text)


def lines_of(facts: Dict[str, Any]) -> List[str]:
    """Label and value, one a line; what belongs together below its own name. Empty lists are left out."""
    out = []
    if facts.get("acts") == {} and facts.get("code") != "case-unknown":
        out.append(f"{LABELS['counted']}: 0")
    for name, value in facts.items():
        label = LABELS.get(name, _UNSAFE.sub("?", name))
        if isinstance(value, dict):
            out += [f"{label}", *("  " + line for line in lines_of(value))] if value else []
        elif isinstance(value, list):
            deep = any(isinstance(item, (dict, list)) for item in value)
            out += [f"{label}: {_shown(item)}" for item in value] if deep else []
            out += [f"{label}: {', '.join(map(_shown, value))}"] if value and not deep else []
        else:
            out.append(f"{label}: {_shown(value)}")
    return out
