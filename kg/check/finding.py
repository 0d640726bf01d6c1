"""``Finding``: one thing that does not add up, or that is worth a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["finding", "remark"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that does not add up, or that a reader should know."""

    level: Level
    """``finding`` is wrong somewhere; ``remark`` is not, and worth a look."""
    kind: str
    """One of ``kg.check.kinds.KINDS``."""
    thing: str
    """What it is about, as ``kind:key``."""
    text: str
    """What does not add up."""
