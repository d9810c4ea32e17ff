"""The command line. Exit codes: see README.md; the same numbers as `lianshu-verify`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any, Dict, List, Optional

from . import receipt
from .fact_lines import lines_of
from .follow import follow
from .judgement import Judgement, judge
from .logfiles import open_log
from .notes import Key, open_note, parse_keys
from .outcome import MARKS, NOT_PROVED, OUTCOMES
from .policy import BadPolicy, Policy, parse_policy
from .selftest import run as selftest
from .trust import Trust
from .trust_files import PROGRAM_FOLDER, checkout_of, told
from .whole_log import MAX_CHECKPOINT_FILE, consistency, is_case, recount

USAGE = 2
MAX_KEY_FILE = 1_000_000
MAX_POLICY_FILE = 1_000_000

DESCRIPTION = """連署稽核工具：只靠 Python 驗證公卷  the audit kit: verifies the public record with nothing but Python

  receipt FILE         驗證收執或承諾書              check a receipt or a signed promise
  consistency OLD NEW  公卷從一份檢查點到另一份只增不改   the log only grew from one checkpoint to another
  recount CASE         由公卷的每一件重算一案的數字      recount a case's numbers from every entry
  selftest             用內附的已知答案檢查這份工具      check this tool against known answers
"""

EXITS = """結束代碼 exit codes  0 已證明 proven   1 程式錯誤 fault in this program   2 用法 usage   3 未證明 not proven
  4 不是收執或格式錯誤 malformed   5 不予計算 excluded or refused   6 承諾未履行 promise broken
  7 公卷無法讀取或檔案不符 log unreadable or its files wrong   8 矛盾 the log contradicts itself or the file
  9 尚無結論 not decided yet   10 數字不符或件彼此矛盾 a number differs, or entries contradict each other

金鑰必須來自您信任的地方，不可來自給您收執的人或公卷本身。
Keys must come from a place you trust, never from whoever gave you the receipt or serves the log.
未指定時依序採用 without --key, --keys, --policy: LIANSHU_KEYS, LIANSHU_POLICY; 否則為本工具所在的程式碼目錄裡的
else, of the checkout this program lies in, .lianshu/keys.txt, .lianshu/policy.txt (示範 the demonstration's).
"""


class Usage(Exception):
    """What is wrong with the arguments or with a file they name."""


def read_file(path: str, limit: int) -> bytes:
    """At most `limit` + 1 bytes of a file: one beyond the limit is enough to know."""
    try:
        with open(path, "rb") as file:
            return file.read(limit + 1)
    except OSError as cause:
        raise Usage(f"{path}: {cause.strerror}") from None


def _read_keys(path: str) -> List[Key]:
    data = read_file(path, MAX_KEY_FILE)
    if len(data) > MAX_KEY_FILE:
        raise Usage(f"{path}: 不是金鑰檔，過大 too large for a key file")
    keys, bad = parse_keys(data.decode("utf-8", "replace"))
    if bad:
        raise Usage(f"{path}: 第 {bad[0]} 行不是公開金鑰 line {bad[0]} is no verifier key")
    return keys


def trust_of(asked: argparse.Namespace, checkout: Optional[str]) -> Trust:
    """The keys and the policy named on the command line; for what is not named, those of `told`."""
    keys: List[Key] = []
    for text in asked.key or []:
        found, bad = parse_keys(text)
        if bad:
            raise Usage("--key: 不是公開金鑰 not a verifier key")
        keys += found
    files = list(asked.keys or [])
    fallback = None if keys or files else told("LIANSHU_KEYS", "keys.txt", checkout)
    if fallback is not None:
        files = [fallback]
    for path in files:
        keys += _read_keys(path)
    return Trust(keys, _policy_of(asked, keys, checkout))


def _policy_of(asked: argparse.Namespace, keys: List[Key], checkout: Optional[str]) -> Optional[Policy]:
    """The policy to apply. Keys named on the command line alone speak for the log: its logs are then left out, and
    one that was not named applies only to a log it lists."""
    path = asked.policy or told("LIANSHU_POLICY", "policy.txt", checkout)
    if not path:
        return None
    try:
        policy = parse_policy(read_file(path, MAX_POLICY_FILE))
    except BadPolicy as fault:
        raise Usage(f"{path}: 信任政策無法讀取 not a policy: {fault}") from None
    if not asked.key and not asked.keys:
        return policy
    lists = any(log.name == key.name for log in policy.logs for key in keys)
    return policy._replace(logs=[]) if asked.policy or lists else None


def _progress(done: int, total: int) -> None:
    if total < 5_000 or not sys.stderr.isatty():
        return
    filled = done * 30 // total
    end = "\r" if done < total else "\r" + " " * 60 + "\r"
    sys.stderr.write(f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{total}{end if done == total else ''}")
    sys.stderr.flush()


def show(verdict: Dict[str, Any], asked: argparse.Namespace, judgement: Optional[Judgement] = None) -> int:
    """Prints a verdict and gives its exit code, or those of the judgement on it."""
    outcome, cautions = judgement or Judgement(OUTCOMES[verdict["code"]], [])
    if asked.json:
        full = {**verdict, "exit": outcome.exit, "tone": outcome.tone}
        print(json.dumps(full, ensure_ascii=False, indent=2))
        return outcome.exit
    zh, en = asked.lang != "en", asked.lang != "zh"
    print(MARKS[outcome.tone], " · ".join(word for word, wanted in ((outcome.zh, zh), (outcome.en, en)) if wanted))
    for caution in cautions:
        for text, wanted in zip(caution, (zh, en)):
            if wanted:
                print("  ⚠ " + text)
    for text, wanted in zip(NOT_PROVED.get(verdict["code"], ()), (zh, en)):
        if wanted:
            print("  " + text)
    print()
    for line in lines_of(verdict):
        print("  " + line)
    return outcome.exit


def _witnesses(verdict: Dict[str, Any], data: bytes, trust: Trust) -> Dict[str, Any]:
    """Adds which witnesses of the policy stand behind a receipt's checkpoint."""
    if "receipt" not in verdict:
        return verdict
    proof = receipt.parse_proof(data.decode("utf-8"))
    _, signed = open_note(proof.checkpoint, trust.all_keys())
    reached, cosigned, missing = trust.policy.witnessed(key for key, _ in signed)
    return {**verdict, "witnesses": {"quorum": reached, "cosigned": cosigned, "missing": missing}}


def run_receipt(asked: argparse.Namespace, trust: Trust) -> int:
    if asked.require_witnesses and trust.policy is None:
        raise Usage("--require-witnesses: 需要信任政策 needs a policy (--policy)")
    data = read_file(asked.file, receipt.MAX_RECEIPT_BYTES)
    verdict = receipt.check(data, trust)
    if asked.log is not None:
        verdict = follow(open_log(asked.log), trust, verdict, _progress)
    if trust.policy is not None:
        verdict = _witnesses(verdict, data, trust)
    return show(verdict, asked, judge(verdict, asked.require_witnesses))


def run_consistency(asked: argparse.Namespace, trust: Trust) -> int:
    old, new = (read_file(path, MAX_CHECKPOINT_FILE) for path in (asked.old, asked.new))
    log = None if asked.log is None else open_log(asked.log)
    return show(consistency(old, new, log, trust, _progress), asked)


def run_recount(asked: argparse.Namespace, trust: Trust) -> int:
    if not is_case(asked.case):
        raise Usage("CASE: 案號四到六位數字，或草案編號 a case number of four to six digits, or a draft number D00001")
    return show(recount(asked.case, open_log(asked.log), trust, _progress), asked)


def run_selftest(asked: argparse.Namespace, _: Trust) -> int:
    return selftest(asked.json)


def run_batch(asked: argparse.Namespace, trust: Trust) -> int:
    """Files from standard input, each after its length (four bytes, big-endian); one line of JSON for each."""
    source = sys.stdin.buffer
    while True:
        head = source.read(4)
        if len(head) < 4:
            return 0
        data = source.read(int.from_bytes(head, "big"))
        sys.stdout.write(json.dumps(receipt.check(data, trust), ensure_ascii=True) + "\n")


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--key", action="append", metavar="VKEY", help="信任這把公開金鑰 trust this verifier key")
    shared.add_argument("--keys", action="append", metavar="FILE", help="信任檔案內的金鑰 trust the keys in FILE")
    shared.add_argument("--policy", metavar="FILE", help="見證人與法定人數 witnesses and quorum (c2sp.org/tlog-policy)")
    shared.add_argument("--json", action="store_true", help="機器可讀 machine-readable")
    shared.add_argument("--lang", choices=("zh", "en"), help="只用一種語言 one language only")
    parser = argparse.ArgumentParser(
        prog="python3 audit-kit", description=DESCRIPTION, epilog=EXITS, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=summary, description=summary, epilog=EXITS, parents=[shared],
                                   formatter_class=argparse.RawTextHelpFormatter)

    log_help = "含 checkpoint 的網址或資料夾 the URL or directory that contains \"checkpoint\""
    one = command("receipt", "驗證收執或承諾書 check a receipt or a signed promise")
    one.add_argument("file", metavar="FILE")
    one.add_argument("--log", metavar="URL|DIR", help=log_help)
    one.add_argument("--require-witnesses", action="store_true", help="收執與公布的檢查點都須達見證法定人數，否則 3；一小時內，否則 9 without quorum: exit 3; seen over an hour ago: 9")
    one.set_defaults(run=run_receipt)
    two = command("consistency", "公卷從一份檢查點到另一份只增不改 the log only grew between two checkpoints")
    two.add_argument("old", metavar="OLD", help="先前保存的檢查點或收執 a checkpoint or receipt kept from earlier")
    two.add_argument("new", metavar="NEW", help="之後的檢查點或收執 a later one")
    two.add_argument("--log", metavar="URL|DIR", help=log_help)
    two.set_defaults(run=run_consistency)
    count = command("recount", "由公卷的每一件重算一案的數字 recount a case's numbers from every entry")
    count.add_argument("case", metavar="CASE", help="案號 case number")
    count.add_argument("--log", metavar="URL|DIR", required=True, help=log_help)
    count.set_defaults(run=run_recount)
    known = command("selftest", "用內附的已知答案檢查這份工具 check this tool against known answers")
    known.set_defaults(run=run_selftest)
    batch = command("batch", "自標準輸入逐檔驗證 check length-prefixed files from standard input")
    batch.set_defaults(run=run_batch)
    return parser


def main(argv: List[str], folder: str = PROGRAM_FOLDER) -> int:
    """Runs the command line; `folder` is where the kit lies. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    asked = _parser().parse_args(argv)
    try:
        return asked.run(asked, Trust([]) if asked.run is run_selftest else trust_of(asked, checkout_of(folder)))
    except Usage as problem:
        sys.stderr.write(f"lianshu-audit: {problem}\n")
        return USAGE
    except BrokenPipeError:
        sys.stderr.close()
        return 1
