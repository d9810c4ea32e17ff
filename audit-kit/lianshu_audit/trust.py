"""Whom a reader trusts, and for what: keys of logs and promises, and a policy's witnesses, which are kept apart."""

from __future__ import annotations

from typing import List, NamedTuple, Optional

from .notes import Key
from .policy import Policy


# Names of keys that prove a registry's word end so, as a promise's key ends in `/promise`.
REGISTRY_SUFFIX = "/registry"


class Trust(NamedTuple):
    """Keys that may speak for a log or promise for it, and the policy that names witnesses and quorum."""

    keys: List[Key]
    policy: Optional[Policy] = None

    def cosigners(self) -> List[Key]:
        """Witnesses: they vouch for a checkpoint, and never make one, whatever their name."""
        return [] if self.policy is None else list(self.policy.witnesses.values())

    def log_keys(self) -> List[Key]:
        """Keys that may speak for the log whose name they bear, each once: never a witness, though it be listed here too."""
        listed = self.keys if self.policy is None else self.keys + self.policy.logs
        witnesses = self.cosigners()
        return [key for key in dict.fromkeys(listed) if key not in witnesses and not key.name.endswith(REGISTRY_SUFFIX)]

    def registry_keys(self) -> List[Key]:
        """Keys of the registry: they prove its results, and speak for no log."""
        return [key for key in dict.fromkeys(self.keys) if key.name.endswith(REGISTRY_SUFFIX)]

    def all_keys(self) -> List[Key]:
        return self.log_keys() + list(dict.fromkeys(self.cosigners()))
