"""Runs the audit kit: `python3 audit-kit --help`."""

import sys

if sys.version_info < (3, 9):
    sys.stderr.write("lianshu-audit: 需要 Python 3.9 以上 / needs Python 3.9 or newer\n")
    sys.exit(1)

from lianshu_audit.cli import main  # noqa: E402  (after the version was looked at)

sys.exit(main(sys.argv[1:]))
