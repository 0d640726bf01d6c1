"""A draft that a permanent member's no decided: an account without single votes."""

from __future__ import annotations

from kg.model.accounts import Account, Text
from kg.model.dates import PartialDate
from kg.model.words import COUNCIL


def account(source: str, text: Text, on: PartialDate, vetoed_by: tuple[str, ...]) -> Account:
    """The account of a vetoed text, under the text's own key."""
    return Account(
        source=source,
        number=text.key,
        key=text.key,
        text=text,
        organ=COUNCIL,
        date=on,
        result="rejected",
        complete=False,
        vetoed_by=vetoed_by,
    )
