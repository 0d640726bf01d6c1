"""Small pages for tests: eight states, four organisations, and the same with hostile texts."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from itertools import count
from typing import Any

from kg.model.words import Option
from kg.views.drawing import Detail, Node, Tie
from kg.views.page import Page, SourceRef
from kg.views.pages import network as network_page
from kg.views.pages import path as path_page
from kg.views.pages.network import NetworkPage
from kg.views.pages.path import DrawnChain, PathPage
from kg.views.pages.vote import StateVote, Totals, VotePage, VoterGroup

SOURCES = (
    SourceRef(key="nato", title="North Atlantic Treaty", url="https://example.org/nato"),
    SourceRef(key="csto", title="Collective Security Treaty", publisher="Depositary"),
    SourceRef(key="brics", title="Declaration of Johannesburg", url="ftp://example.org/brics"),
    SourceRef(key="pact", title="Treaty of Friendship", url="javascript:window.__x='url'"),
)

STATES = {
    "BLR": ("Belarus", "Eastern European"),
    "RUS": ("Russia", "Eastern European"),
    "USA": ("United States", "Western"),
    "CAN": ("Canada", "Western"),
    "FRA": ("France", "Western"),
    "CIV": ("Côte d’Ivoire", "African"),
    "ZAF": ("South Africa", "African"),
    "DDR": ("East Germany", ""),
}


def state(key: str, **more: Any) -> Node:
    name, group = STATES[key]
    official = Detail(label="Official name", value=f"The {name}")
    return Node(
        id=f"state:{key}",
        label=name,
        kind="state",
        group=group,
        codes=(key,),
        details=(official,),
        **more,
    )


def member(key: str, org: str, start: str, end: str = "", **more: Any) -> Tie:
    return Tie(
        id=f"{org}-{key}",
        source=f"state:{key}",
        target=f"org:{org}",
        label="member",
        start=start,
        end=end,
        start_day=start if len(start) == 10 else f"{start}-12-31",
        end_day=end if len(end) in (0, 10) else f"{end}-01-01",
        **more,
    )


def network() -> NetworkPage:
    """On 2023-02-23: 6 ties with an obligation (NATO 3, CSTO 2, the pact), 2 without (BRICS)."""
    nodes = (
        *(state(key) for key in STATES if key != "DDR"),
        state("DDR", start_day="1949-10-07", end_day="1990-10-03"),
        Node(id="org:NATO", label="North Atlantic Treaty Organization", short="NATO",
             kind="organisation", codes=("NATO",), sources=("nato",)),
        Node(id="org:CSTO", label="Collective Security Treaty Organization", short="CSTO",
             kind="organisation", sources=("csto",), note="By the treaty of 1992."),
        Node(id="org:BRICS", label="BRICS", kind="grouping"),
        Node(id="org:WP", label="Warsaw Pact", kind="alliance", end_day="1991-07-01"),
    )  # fmt: skip
    nato = {"kind": "treaty", "obligations": ("defence", "consultation"), "sources": ("nato",)}
    csto = {"kind": "treaty", "obligations": ("nonaggression", "defence"), "sources": ("csto",)}
    brics = {"kind": "membership", "sources": ("brics",)}
    ties = (
        member("USA", "NATO", "1949-08-24", **nato),
        member("CAN", "NATO", "1949-08-24", **nato),
        member("FRA", "NATO", "1949-08-24", **nato),
        member("BLR", "CSTO", "1994-04-20", **csto),
        member("RUS", "CSTO", "1994-04-20", **csto, status="unchecked", note="Date from a list."),
        member("RUS", "BRICS", "2009-06-16", **brics),
        member("ZAF", "BRICS", "2010", **brics),
        member("DDR", "WP", "1956-01-28", "1990-09-24", kind="treaty", obligations=("defence",)),
        Tie(id="pact", source="state:RUS", target="state:BLR", kind="treaty",
            label="Treaty of Friendship", obligations=("consultation",), start="1995-02",
            start_day="1995-02-28", sources=("pact",)),
    )  # fmt: skip
    return network_page.placed(
        NetworkPage(
            title="Who is bound to whom",
            subtitle="Eight states",
            on="2023-02-23",
            known="2026-06-30",
            nodes=nodes,
            ties=ties,
            sources=SOURCES,
        )
    )


def path() -> PathPage:
    """Two chains from Belarus to South Africa; the shorter skips the column of the CSTO."""
    full = network()
    tail, tail_ties = ("org:BRICS", "state:ZAF"), ("BRICS-RUS", "BRICS-ZAF")
    straight = ("state:BLR", "state:RUS", *tail)
    around = ("state:BLR", "org:CSTO", "state:RUS", *tail)
    used = {*straight, *around}
    ties = ("pact", "CSTO-BLR", "CSTO-RUS", *tail_ties)
    return path_page.placed(
        PathPage(
            title="How is Belarus bound to South Africa?",
            on="2023-02-23",
            chains=(
                DrawnChain(
                    nodes=around, ties=("CSTO-BLR", "CSTO-RUS", *tail_ties), note="by defence"
                ),
                DrawnChain(nodes=straight, ties=("pact", *tail_ties)),
            ),
            nodes=tuple(node for node in full.nodes if node.id in used),
            ties=tuple(tie for tie in full.ties if tie.id in ties),
            sources=SOURCES,
        )
    )


def vote() -> VotePage:
    """Seven votes: France breaks from the West, Belarus from its own earlier vote."""

    def cast(key: str, option: Option, *groups: str, earlier: Any = "") -> StateVote:
        return StateVote(
            state=key,
            name=STATES[key][0],
            option=option,
            groups=(STATES[key][1], *groups),
            earlier=earlier,
            codes=(key[:2],),
        )

    return VotePage(
        title="A just and lasting peace",
        subtitle="General Assembly",
        rollcall="ES-11_6",
        symbol="A/RES/ES-11/6",
        date="2023-02-23",
        result="adopted",
        totals=Totals(yes=3, no=2, abstain=1, nonvoting=1),
        votes=(
            cast("USA", "yes", "NATO"),
            cast("CAN", "yes", "NATO"),
            cast("FRA", "abstain", "NATO"),
            cast("CIV", "yes"),
            cast("ZAF", "nonvoting", earlier="abstain"),
            cast("BLR", "no", earlier="abstain"),
            cast("RUS", "no", earlier="no"),
        ),
        groups=(
            *(
                VoterGroup(key=group, label=group, within="Regional groups")
                for group in ("African", "Eastern European", "Western")
            ),
            VoterGroup(key="NATO", label="NATO"),
        ),
        compared="A/RES/ES-11/1",
        sources=SOURCES[:1],
    )


def pages() -> list[Page]:
    """One page of each kind; what holds for any page is tried on these."""
    return [network(), path(), vote()]


PAYLOADS = (
    "</script><img src=x onerror=\"window.__x='close'\">",
    "\"><script>window.__x='attribute'</script> href=x",
    "<img src=x onerror=window.__x='img'>",
    "<svg/onload=window.__x='svg'>",
    "' onmouseover='window.__x=`over`' autofocus onfocus='window.__x=`focus`",
    "<!--<script>window.__x='comment'//",
    "{{ 7 * 7 }}{% set x = 1 %}${window.__x='template'}",
    "\u2028window.__x='line'//\u202e\x00\u2066]]>&lt;b&gt;",
)
_KEPT = {"id", "source", "target", "kind", "on", "known", "date", "option", "earlier", "status"}
_KEPT |= {"key", "sources", "cited", "groups", "obligations", "hide", "rollcall", "state", "ties"}
_KEPT |= {"start_day", "end_day"}


def hostile(page: Any) -> Any:
    """The same page with a payload in front of every text a reader may see."""
    numbers = count()

    def spoil(thing: Any) -> Any:
        if isinstance(thing, str):
            return f"{PAYLOADS[next(numbers) % len(PAYLOADS)]} {thing}"
        if isinstance(thing, tuple):
            return tuple(map(spoil, thing))
        if not is_dataclass(thing) or isinstance(thing, type):
            return thing
        if isinstance(thing, DrawnChain):
            return replace(thing, label=spoil("chain"), note=spoil("note"))
        texts = {}
        for field in fields(thing):
            value = getattr(thing, field.name)
            if field.name not in _KEPT or not _plain(value):
                texts[field.name] = spoil(value)
        return replace(thing, **texts)

    return spoil(page)


def _plain(value: Any) -> bool:
    """A text, or texts that name other things; not records."""
    return not (isinstance(value, tuple) and value and is_dataclass(value[0]))
