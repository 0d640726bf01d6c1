"""Roll calls and documents by any form of their symbol, for the many that no index of names lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from kg.model import symbols
from kg.model.symbols import Symbol


class RollCallSymbols:
    """Roll calls by symbol.

    Args:
        keys: Canonical symbol to the key of the roll call.
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = keys

    def find(self, text: str, kind: str | None) -> tuple[str, str] | None:
        """Kind and key of a roll call or a document by any form of its symbol, or by its key."""
        if not self._keys or kind not in (None, "rollcall", "document"):
            return None
        symbol = symbols.parse(text)
        for form in (symbol, symbol.twin) if symbol else ():
            key = self._keys.get(str(form)) or self._council.get(str(form))
            if key:
                return (kind or "rollcall"), key if kind != "document" else form.key
        return ("rollcall", text) if text in self._rollcalls else None

    def parts(self, symbol: Symbol) -> tuple[str, ...]:
        """Symbols of the roll calls on parts of the text that a symbol stands for, sorted."""
        whole = symbol.whole
        known = [form for form in self._keys if form.startswith(str(whole))]
        return tuple(sorted(f for f in known if (s := symbols.parse(f)) and s.whole == whole))

    @cached_property
    def _rollcalls(self) -> set[str]:
        return set(self._keys.values())

    @cached_property
    def _council(self) -> dict[str, str]:
        """Symbols of the Council without their year, which their number does without."""
        return {
            re.sub(r"\(\d+\)", "(0)", symbol): key
            for symbol, key in self._keys.items()
            if symbol.startswith("S/")
        }
