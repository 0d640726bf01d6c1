"""The one list of measures, each with its formula and who proposed it; this loads no numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How a measure of two states is computed from how far their answers are apart.

    It is 1 less the mean distance of their answers, divided by what chance makes of that distance, or by
    a fixed one. ``kg.votes.measures`` does it.
    """

    steps: bool = False
    """Whether answers stand in a row, an abstention one step from a yes and from a no; else two answers
    are the same (0 apart) or not (1 apart)."""
    chance: Literal["none", "own", "pooled"] = "none"
    """What chance is estimated from: nothing, each state's own answers, or those of both together."""
    unit: int = 1
    """Without chance, the distance that the mean is divided by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A measure as the receipt of a number names it."""

    key: str
    """Such as ``kappa``; the ontology has a concept of that name in the scheme ``method``."""
    name: str
    formula: str
    """In words."""
    source: str
    """Who proposed it, and where."""
    range: str = ""
    """Which values it takes."""
    likeness: Likeness | None = None
    """How it is computed for two states; None for a measure of something else."""
    column: str = ""
    """Its column in a table, where that has another name than the key."""
    function: str = ""
    """Its name as a function of SPARQL, in the namespace of the ontology; empty where it is none."""

    @property
    def pairwise(self) -> bool:
        """Whether it is a measure of two states."""
        return self.likeness is not None


_ALL = (
    Method(
        key="kappa",
        name="Cohen's kappa",
        formula="1 - share of votes that differ / share expected from each state's own yes, abstentions "
        "and no",
        source="J. Cohen, Educational and Psychological Measurement 20(1), 1960; for states: F. Häge, "
        "Political Analysis 19(3), 2011",
        range="at most 1; 0 is what chance alone would give",
        likeness=Likeness(chance="own"),
        function="kappa",
    ),
    Method(
        key="weighted-kappa",
        name="Cohen's weighted kappa, absolute distance",
        formula="1 - observed distance / distance expected from each state's own yes, abstentions and no",
        source="J. Cohen, Psychological Bulletin 70(4), 1968; for states: F. Häge, "
        "Political Analysis 19(3), 2011",
        range="at most 1; 0 is what chance alone would give",
        likeness=Likeness(steps=True, chance="own"),
    ),
    Method(
        key="pi",
        name="Scott's pi",
        formula="1 - share of votes that differ / share expected from the votes of both states together",
        source="W. Scott, Public Opinion Quarterly 19(3), 1955; for states: F. Häge, "
        "Political Analysis 19(3), 2011",
        range="at most 1; 0 is what chance alone would give",
        likeness=Likeness(chance="pooled"),
    ),
    Method(
        key="agreement",
        name="Voeten's agreement",
        formula="mean of 1 - distance / 2",
        source="A. Lijphart, American Political Science Review 57(4), 1963; E. Voeten, "
        "DyadicAgreementScores",
        range="0 to 1",
        likeness=Likeness(steps=True, unit=2),
        function="agreement",
    ),
    Method(
        key="s",
        name="S, unweighted",
        formula="1 - 2 * sum of distances / largest possible sum",
        source="C. Signorino, J. Ritter, International Studies Quarterly 43(1), 1999",
        range="-1 to 1",
        likeness=Likeness(steps=True),
    ),
    Method(
        key="same",
        name="share of same votes",
        formula="roll calls in which both said the same / roll calls in which both took part",
        source="A. Lijphart, American Political Science Review 57(4), 1963",
        range="0 to 1",
        likeness=Likeness(),
    ),
    Method(
        key="agreement-index",
        name="agreement index",
        formula="(most - (all - most) / 2) / all, of yes, abstain and no, mean over roll calls",
        source="S. Hix, A. Noury, G. Roland, British Journal of Political Science 35(2), 2005",
        range="0 to 1",
    ),
    Method(
        key="rice",
        name="Rice index",
        formula="|yes - no| / (yes + no), mean over roll calls",
        source="S. Rice, Quantitative Methods in Politics, 1928",
        range="0 to 1; abstentions do not count",
    ),
    Method(
        key="points",
        name="ideal points, one dimension",
        formula="graded response model of yes, abstain, no, fitted by EM; mean 0, deviation 1",
        source="F. Samejima 1969; R. Bock, M. Aitkin, Psychometrika 46(4), 1981; for votes: "
        "K. Imai, J. Lo, J. Olmsted, American Political Science Review 110(4), 2016",
        column="point",
    ),
)
METHODS: dict[str, Method] = {method.key: method for method in _ALL}
MEASURES: tuple[str, ...] = tuple(key for key, method in METHODS.items() if method.pairwise)
"""The measures of two states."""
COUNTS = ("commonVotes", "sameVotes")
"""What SPARQL can count of two states: roll calls in which both took part, or both said the same."""
FUNCTIONS: dict[str, str] = {m.function: m.key for m in _ALL if m.function}
"""The name of a function of SPARQL to the measure that it gives."""
