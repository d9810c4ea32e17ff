"""Where keys and policy come from when the command line names none; the same places as `lianshu-verify`."""

from __future__ import annotations

import os
from typing import Optional

#: The folder the kit lies in. In a checkout of the source the demonstration writes `.lianshu` there.
PROGRAM_FOLDER = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def checkout_of(folder: str) -> Optional[str]:
    """`folder` if it is a checkout of the source, else None: a copy of the kit alone trusts nothing beside it."""
    return folder if os.path.isfile(os.path.join(folder, "packages", "verify", "package.json")) else None


def told(variable: str, name: str, checkout: Optional[str]) -> Optional[str]:
    """The file an environment variable names, else `.lianshu/NAME` of the checkout the program lies in, else None.

    Never of the current folder or beside a receipt: whoever sends a forged receipt could send the keys along.
    """
    named = os.environ.get(variable)
    if named:
        return named
    own = os.path.join(checkout, ".lianshu", name) if checkout else ""
    return own if os.path.isfile(own) else None
