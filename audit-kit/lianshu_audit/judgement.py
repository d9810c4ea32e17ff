"""What a verdict is worth when witnesses are asked for, and what to beware of when a log was followed."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from .outcome import OUTCOMES, Outcome

# A log is cosigned every few seconds: what no quorum saw within an hour may hide what came since.
MAX_HEAD_AGE = 3600

Words = Tuple[str, str]

RECEIPT_LACKS = (
    "未證明：要求見證，但收執的檢查點副署未達法定人數",
    "Not proven: witnesses were required, and too few cosigned the receipt’s checkpoint",
)
HEAD_LACKS = (
    "未證明：要求見證，但公布的檢查點副署未達法定人數",
    "Not proven: witnesses were required, and too few cosigned the published checkpoint",
)
HEAD_OLD = ("尚無定論：所示的公卷是舊的", "Not decided: the log shown is old")

UNASKED = (
    "沒有見證政策，因此沒有檢查公布的檢查點是否經過見證：這份公卷可能只出示給您。",
    "No witness policy was given, so nobody checked who witnessed the published checkpoint: "
    "this log may be shown to you alone.",
)
UNWITNESSED = (
    "公布的檢查點未經見證人法定人數副署：以上只對出示給您的這份公卷成立，它可能只出示給您。",
    "The published checkpoint is not witnessed by the policy’s quorum: all this holds only for the log shown to you, "
    "which may be shown to nobody else.",
)


class Judgement(NamedTuple):
    outcome: Outcome
    cautions: List[Words]


def _old_caution(age: Optional[int]) -> Words:
    if age is None:
        return ("見證沒有說明時間：所示的公卷可能是舊的。", "The witnesses state no time: the log shown may be old.")
    minutes = age // 60
    return (
        f"尚無定論：所示的公卷在 {minutes} 分鐘前見證，之後的件看不到。",
        f"Not decided: the log shown was witnessed {minutes} minutes ago; entries since then are not seen.",
    )


def _cautions(verdict: Dict[str, Any]) -> List[Words]:
    if "log" not in verdict:
        return []
    head = verdict["log"].get("witnesses")
    if head is None:
        return [UNASKED]
    if not head["quorum"]:
        return [UNWITNESSED]
    return [_old_caution(head.get("ageSeconds"))] if head["tooOld"] else []


def judge(verdict: Dict[str, Any], strict: bool) -> Judgement:
    """With `strict`, nothing is proven unless the quorum cosigned the receipt's checkpoint and the head that decided.

    Whoever shows one reader a log of his own can sign its head too: only others can say that they saw it.
    """
    outcome, cautions = OUTCOMES[verdict["code"]], _cautions(verdict)
    if not strict or outcome.exit != 0:
        return Judgement(outcome, cautions)
    if "receipt" in verdict and not verdict.get("witnesses", {}).get("quorum"):
        return Judgement(Outcome(3, "not-proven", *RECEIPT_LACKS), cautions)
    if "log" not in verdict:
        return Judgement(outcome, cautions)
    head = verdict["log"].get("witnesses", {})
    if not head.get("quorum"):
        return Judgement(Outcome(3, "not-proven", *HEAD_LACKS), cautions)
    return Judgement(Outcome(9, "pending", *HEAD_OLD) if head["tooOld"] else outcome, cautions)
