"""UN document symbols: every form in which one text is cited means the same text.

The same resolution stands as ``A/RES/181(II)[A]`` in the UN Digital Library, as ``R/2/181A`` in older
data sets, as ``181 A (II)`` in prose. ``parse`` reads them all into one ``Symbol``, ``str`` writes the one
form that ``kg`` keeps, ``key`` the form that can stand in an IRI. Nothing is guessed: a text that is no
symbol gives None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_STEPS = {"L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
_ROMAN = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SECTIONS = ("I", "V", "X")
"""In brackets or after a slash these are numbers of sections; written on to the number, letters."""
_PART = re.compile(r"(?P<letters>[A-Z](?:-[A-Z](?![A-Z]))?)?(?:[-/]?(?P<section>[IVX]+))?")
_SERIES = r"(?:E?S-)?(?:[IVXL]+|\d+)(?:AND[IVXL]+)?"

_RESOLUTION = re.compile(
    r"""
    (?:(?P<organ>[AS])/)?(?P<kind>RES|DEC)/
    (?:
        (?P<session>(?:E?S-)?\d+)/+(?P<number>\d+)
      | (?P<old>\d+)(?P<before>[A-Z](?:-[A-Z])?)?\((?P<series>[^()]{1,20})\)
    )
    (?P<part>.*)
    """,
    re.VERBOSE | re.ASCII,
)
_OTHER = re.compile(r"[ASETDC]/[A-Z0-9][A-Z0-9()./\-]*")
_MARK = re.compile(r"(?<=/)(?:REV|ADD|CORR|AMEND)(?=\.)")
_LONGEST = 80
_NUMBER = 99_999_999


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol in its parts."""

    organ: str
    """``A`` for the General Assembly, ``S`` for the Security Council, other letters as printed."""
    kind: str
    """``RES``, ``DEC``, or empty for any other document."""
    session: str
    """``68``, ``ES-11``, ``S-9``; of an old series its Roman numeral, ``II``; of the Council the year."""
    number: int
    """The number within the session, the series, or of the Council since 1946; 0 for other documents."""
    part: str = ""
    """The part that is meant: ``A``, ``A-C``, ``[XI]``, ``A[IV]``, ``[PARA.1]``."""
    rest: str = ""
    """The whole text of any other document, such as ``A/ES-11/L.7/REV.1``."""

    def __str__(self) -> str:
        if not self.kind:
            return self.rest
        head = f"{self.organ}/{self.kind}/"
        if self.organ == "S" or not self.session[-1:].isdigit() or self.series:
            return f"{head}{self.number}({self.session}){self.part}"
        return f"{head}{self.session}/{self.number}{self.part}"

    @property
    def series(self) -> bool:
        """Whether it is of an old series, whose number goes on from one session to the next."""
        return (
            self.kind == "RES"
            and self.organ == "A"
            and (
                not self.session[-1:].isdigit()
                or (self.session in _EARLY and self.number > _EARLY_LAST)
            )
        )

    @property
    def key(self) -> str:
        """The symbol in the letters of a key, such as ``A_RES_181_II_A``."""
        text = re.sub(r"[)\]]$", "", str(self))
        text = re.sub(r"[)\]]+\[?", "_", text)
        return re.sub(r"[^A-Za-z0-9_.\-]", "_", text).strip(".-") or "_"

    @property
    def short(self) -> str:
        """The key without what every resolution of the Assembly begins with, such as ``ES-11_6``."""
        return self.key.removeprefix("A_RES_") if self.kind == "RES" else self.key

    @property
    def twin(self) -> Symbol:
        """The same text if what is taken for a section is a letter, or the other way round."""
        if self.part in _SECTIONS:
            part = f"[{self.part}]"
        else:
            part = self.part[1:-1] if self.part[1:-1] in _SECTIONS else self.part
        return Symbol(self.organ, self.kind, self.session, self.number, part, self.rest)

    @property
    def draft(self) -> Symbol:
        """The first text of which this document is a revision; itself where it is none."""
        head, mark, _ = self.rest.partition("/Rev.")
        return Symbol(self.organ, "", "", 0, "", head) if mark else self

    @property
    def whole(self) -> Symbol:
        """The text that this is a part of; itself where it is whole."""
        return Symbol(self.organ, self.kind, self.session, self.number, "", self.rest)


_EARLY = tuple(f"S-{n}" for n in range(1, 8)) + tuple(f"ES-{n}" for n in range(1, 6))
"""Special sessions that numbered on in the series of the Assembly: ``A/RES/106(S-1)``."""
_EARLY_LAST = 99


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Symbol | None:
    """The symbol that a text is, in whichever form; None where it is none.

    Args:
        text: Such as ``A/RES/34/222A``, ``A/RES/377(V)[A-C]``, ``181 A (II)``, ``R/70/15``, ``68/262``,
            ``ESS/1/34``, ``S/RES/2790(2025)``, ``A/ES-11/L.7``.
    """
    if not text or len(text) > _LONGEST:
        return None
    bare = _bare(text)
    if not bare:
        return None
    match = _RESOLUTION.fullmatch(_whole(bare))
    if match is None:
        if _OTHER.fullmatch(text.strip().upper()) and any(c.isdigit() for c in bare):
            return Symbol(bare[0], "", "", 0, "", _MARK.sub(lambda m: m[0].title(), bare))
        return None
    return _resolution(match)


def roman(number: int) -> str:
    """A number below 90 in Roman numerals; empty for any other."""
    if not 0 < number < 90:
        return ""
    text = ""
    for letters, value in _STEPS.items():
        while number >= value:
            text, number = text + letters, number - value
    return text


def arabic(text: str) -> int:
    """The number that Roman numerals say; 0 where they are none."""
    if not text or not _ROMAN.fullmatch(text):
        return 0
    values = [_LETTERS[c] for c in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _bare(text: str) -> str:
    """Capitals, no spaces, plain hyphens, no words around the number; empty where it is no ASCII."""
    plain = re.sub("[\u2010\u2011\u2013]", "-", text)
    if not re.sub(r"\s+", "", plain).isascii():  # capitals of another script may be letters of ours
        return ""
    bare = re.sub(r"\s+", "", plain.upper())
    return re.sub(r"^(?:(?:THE)?(?:UN)?(?:GENERALASSEMBLY)?RESOLUTION)", "", bare)


def _whole(bare: str) -> str:
    """The full form of a short one: of older data sets, of prose, of a number alone."""
    if match := re.fullmatch(r"(ESS|SS|R)/(\d{1,3})/(\d+)(.*)", bare):
        prefix, session, number, part = match.groups()
        head = {"ESS": f"ES-{session}", "SS": f"S-{session}", "R": session}[prefix]
        if prefix == "R" and int(session) > 30:
            return f"A/RES/{head}/{number}{part}"
        old = head if prefix != "R" else roman(int(session))
        return f"A/RES/{number}({old}){part}"
    if re.fullmatch(rf"\d+(?:[A-Z](?:-[A-Z])?)?\({_SERIES}\).*", bare):
        return f"{'S' if re.search(r'[(](19|20)[0-9]{2}[)]', bare) else 'A'}/RES/{bare}"
    if re.fullmatch(r"(?:E?S-)?\d+/\d+.*", bare):
        return f"A/RES/{bare}"
    if re.fullmatch(r"S/RES/\d+", bare):
        return f"{bare}(0)"
    return bare if bare[:1] in ("A", "S") else f"?{bare}"


def _resolution(match: re.Match[str]) -> Symbol | None:
    organ, kind = match["organ"], match["kind"]
    number = int((match["number"] or match["old"])[:12])
    part = _part((match["before"] or "") + match["part"])
    if part is None or not 0 < number <= _NUMBER:
        return None
    if match["session"]:
        session = re.sub(r"(?<=-)0+|^0+", "", match["session"])
        known = organ == "A" and session[-1:].isdigit()
        return Symbol(organ, kind, session, number, part) if known else None
    series = match["series"]
    if organ == "S":
        year = int(series) if series.isdigit() and len(series) <= 4 else -1
        return Symbol(organ, kind, series, number, part) if year == 0 or year > 1945 else None
    if not re.fullmatch(_SERIES, series):
        return None
    prefix, dash, numeral = series.rpartition("-")
    if dash and (value := arabic(numeral) or (int(numeral) if numeral.isdigit() else 0)):
        return Symbol(organ, kind, f"{prefix}-{value}", number, part)
    if dash:
        return Symbol(organ, kind, series, number, part) if "AND" in series else None
    if numeral.isdigit():
        numeral = roman(int(numeral[:4]))
    return Symbol(organ, kind, numeral, number, part) if arabic(numeral) else None


def _part(text: str) -> str | None:
    """The part in its one form; None where it cannot be read."""
    if not text:
        return ""
    if match := re.fullmatch(r"([A-Z](?:-[A-Z])?)?[\[/](?:SECTION)?([^\[\]/]+)\]?", text):
        letters, inner = match[1] or "", match[2]
        if not letters and re.fullmatch(r"[A-Z](?:-[A-Z])?", inner) and inner not in _SECTIONS:
            return inner
        if (
            not letters
            and (both := re.fullmatch(r"([A-Z])-?([IVX]{2,})", inner))
            and not arabic(inner)
        ):
            return f"{both[1]}[{both[2]}]"
        return f"{letters}[{inner}]" if re.fullmatch(r"[A-Z0-9.,&\-]+", inner) else None
    match = _PART.fullmatch(text)
    if match is None:
        return None
    if len(text) > 1 and arabic(text):  # 36//235IX: a section, not a letter
        return f"[{text}]"
    return (match["letters"] or "") + (f"[{match['section']}]" if match["section"] else "")
