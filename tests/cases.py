"""Many cases in one test, where they differ in a character, a name or a file and not in what they guard."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any


def each(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[..., Callable[..., None]]:
    """As ``pytest.mark.parametrize``, in one item: the test runs once a case, a failure says which.

    Fixtures are made once for all cases.
    """
    fields = (names,) if isinstance(names, str) else names
    rows = [(case,) if isinstance(names, str) else tuple(case) for case in cases]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def run(**fixtures: Any) -> None:
            for row in rows:
                try:
                    test(**fixtures, **dict(zip(fields, row, strict=True)))
                except BaseException as error:
                    shown = ", ".join(f"{n}={v!r:.200}" for n, v in zip(fields, row, strict=True))
                    error.add_note(f"in the case {shown}")
                    raise

        signature = inspect.signature(test)
        left = [p for name, p in signature.parameters.items() if name not in fields]
        run.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return run

    return decorate
