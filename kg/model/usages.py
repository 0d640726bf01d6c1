"""Whose names and codes there are, and what each falls back on."""

from __future__ import annotations

from kg.errors import UnknownNameError

ANYONE = ("key", "name", "iso3", "iso2", "symbol")
"""The usages that a text is looked up in where none is named."""
_NAMES = ("key", "name")
_FALLBACK: dict[str, tuple[tuple[str, ...], ...]] = {
    "undl": (_NAMES,),
    "undl-code": (("iso3",),),
    "unvotes": (_NAMES,),
    "unvotes-code": (("iso2",),),
    "cow-name": (_NAMES,),
    "cow-abbr": (),
    "crosswalk": (_NAMES,),
    "iso2": (),
    "iso3": (),
    "m49": (),
    "cow": (("cow-column",),),
    "atop": (("cow",), ("cow-column",)),
}
"""Usage to what it falls back on, step by step, where it has no row of its own on that date."""

USAGES: tuple[str, ...] = tuple(_FALLBACK)
"""The usages one can ask for, besides anyone's."""
NUMBERED = ("cow", "atop", "m49")
"""Usages whose codes are numbers, with or without leading zeros."""


def steps(usage: str | None) -> tuple[tuple[str, ...], ...]:
    """The usages to look in, each step only where the ones before it have nothing.

    Raises:
        UnknownNameError: There is no such usage.
    """
    if usage is None:
        return (ANYONE,)
    if usage not in _FALLBACK:
        raise UnknownNameError(usage, f"is no known usage of names; known: {', '.join(USAGES)}")
    return ((usage,), *_FALLBACK[usage])
