"""The closed sets of words, each once: options, obligations, organs, kinds of link, and the form of a key."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from kg.errors import RecordError

COVERAGE_START = date(1945, 10, 24)
"""The Charter of the United Nations in force: an empty start of a state means no later than this."""

Option = Literal["yes", "no", "abstain", "nonvoting"]
OPTIONS: tuple[Option, ...] = ("yes", "no", "abstain", "nonvoting")
"""What a member did in a vote; ``nonvoting`` does not tell absence from silence."""

Continuity = Literal["state", "seat"]
"""Whether a state's votes are its own alone, or those of all that held its seat one after the other."""
CONTINUITIES: tuple[Continuity, ...] = ("state", "seat")

Absence = Literal["skip", "own", "as-no"]
"""What an absence counts as where votes are measured: nothing, an answer of its own, or a no."""
ABSENCES: tuple[Absence, ...] = ("skip", "own", "as-no")

Unanimity = Literal["without", "with", "only"]
"""What becomes of unanimous roll calls where votes are measured: left out, kept, or taken alone."""
UNANIMITIES: tuple[Unanimity, ...] = ("without", "with", "only")

Obligation = Literal["defence", "offence", "neutrality", "nonaggression", "consultation"]
OBLIGATIONS: tuple[Obligation, ...] = (
    "defence",
    "offence",
    "neutrality",
    "nonaggression",
    "consultation",
)
"""What a treaty binds its parties to, in ATOP's terms, the weightiest first."""

Organ = Literal["UNGA", "UNSC"]
ASSEMBLY: Organ = "UNGA"
COUNCIL: Organ = "UNSC"
UNITED_NATIONS = "UN"
"""Key of the organisation of which all that hold a seat in the Assembly are members."""
UN_PARTS = ("organ", "regional-group")
"""Kinds of organisation that are parts of the United Nations: a seat in them binds to no one."""
ORGANS: tuple[Organ, ...] = (ASSEMBLY, COUNCIL)
"""Keys of the organs whose roll calls are read."""

DocumentKind = Literal[
    "resolution", "decision", "draft-resolution", "amendment", "paragraph", "document"
]
"""What a text is; ``document`` is any other."""

Question = Literal["whole-text", "paragraph", "amendment"]
"""What was voted on: a whole text, whether some words of it stay, or a change to it."""
Modality = Literal["vote", "without-vote", "unrecorded"]
"""How a text was adopted; ``unrecorded`` where the source has no roll call and does not say why."""

LINKS = ("treaty", "membership", "seat", "office", "statement", "sponsorship", "vote", "text")
"""Kinds of link of the network: bound by a treaty's obligation; member of what binds to none; sits in an
organ or a regional group of the United Nations; holds an office; said something of; put its name to; cast a
vote that few cast; is a text about another."""
UNASKED = ("seat",)
"""Kinds of link that a chain follows only where it is asked to: a seat by turn or by region ties to none."""

KEY = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?", re.ASCII)
"""The form of a key, which can stand in an IRI and needs no escape in Turtle."""


def check_key(key: str) -> None:
    """Refuse what cannot be a key.

    Raises:
        RecordError: It holds other characters, or ends in a dot.
    """
    if not KEY.fullmatch(key):
        raise RecordError(f"{key!r} is not a key; use letters, digits, '_', '-' and '.'")
