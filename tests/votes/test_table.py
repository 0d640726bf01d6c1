"""The votes are those of the official record, and they add up."""

import csv
import shutil

import pytest

import kg
from kg.model import records
from kg.model.dates import PartialDate
from kg.votes.table import CODES, NOT_A_MEMBER, UNKNOWN, VoteTable

OFFICIAL = {"Y": "yes", "N": "no", "A": "abstain", "X": "nonvoting"}


def roll(key, day, **totals):
    return records.RollCall(
        rollcall=key, document=f"D_{key}", organ="UNGA", date=PartialDate.parse(day),
        result="adopted", source=("s",), **{"yes": 0, "no": 0, "abstain": 0, **totals},
    )  # fmt: skip


def vote(key, state, option):
    return records.Vote(rollcall=key, state=state, vote=option, source=("s",))


@pytest.fixture
def tiny():
    return VoteTable.of(
        [roll("T", "2023-02-23"), roll("A", "2023-02-23"), roll("B", "2022-03-02")],
        [
            vote("B", "FRA", "yes"),
            vote("B", "RUS", "no"),
            vote("B", "SCG", "abstain"),
            vote("A", "RUS", "no"),
            vote("A", "FRA", "nonvoting"),
        ],
    )


def test_all_single_votes_equal_the_official_record(graph, shared):
    with (shared / "es11" / "roll_calls.csv").open(encoding="utf-8", newline="") as file:
        official = {
            (row["resolution"].removeprefix("A/RES/"), row["iso3"]): OFFICIAL[row["vote"]]
            for row in csv.DictReader(file)
        }
    ours = {
        (key.replace("_", "/"), state): option
        for key in graph.votes.rollcalls["rollcall"]
        for option in CODES
        for state in graph.votes.cast(key, option)
    }
    assert len(official) == 1544
    later = {key for key in ours if key[0] == "ES-11/9"}  # adopted after that file was made
    assert {key: option for key, option in ours.items() if key not in later} == official
    assert len(later) == 193


def test_all_nine_printed_totals_add_up_to_193_and_equal_the_votes_counted(graph):
    counted = {row["rollcall"]: row for row in graph.votes.counts().to_dicts()}
    found = {}
    for row in graph.snapshot.store.query(
        "PREFIX kg: <https://w3id.org/unkg/ontology#> SELECT ?key ?yes ?no ?abstain ?nonvoting {"
        "?r kg:key ?key; kg:yesCount ?yes; kg:noCount ?no; kg:abstainCount ?abstain;"
        " kg:nonvotingCount ?nonvoting }"
    ):
        key, *totals = (term.value for term in row)
        found[key] = dict(zip(("yes", "no", "abstain", "nonvoting"), map(int, totals), strict=True))
    assert sorted(found) == [f"ES-11_{n}" for n in range(1, 10)]
    assert {sum(totals.values()) for totals in found.values()} == {193}
    for key, totals in found.items():
        assert counted[key] == {"rollcall": key, **totals}


def test_the_vote_on_the_return_of_children_is_the_one_that_was_reported(graph):
    """Press release GA/12738, and Babel of 4 December 2025."""
    counts = [len(graph.votes.cast("ES-11_9", option)) for option in ("yes", "no", "abstain")]
    assert counts == [91, 12, 57]
    against = "BDI BFA BLR CUB ERI IRN MLI NER NIC PRK RUS SDN"
    assert graph.votes.cast("ES-11_9", "no") == tuple(against.split())
    assert {"CHN", "IND", "BRA"} <= set(graph.votes.cast("ES-11_9", "abstain"))
    assert {"GEO", "USA", "UKR"} <= set(graph.votes.cast("ES-11_9", "yes"))


def test_the_vote_of_23_february_2023_is_141_7_32_and_13(graph):
    counts = {option: len(graph.votes.cast("ES-11_6", option)) for option in CODES}
    assert counts == {"yes": 141, "no": 7, "abstain": 32, "nonvoting": 13}
    assert graph.votes.cast("ES-11_6", "no") == ("BLR", "ERI", "MLI", "NIC", "PRK", "RUS", "SYR")


def test_an_amendment_has_totals_and_no_single_vote(graph):
    table = graph.votes
    for amendment in ("ES-11_L.8", "ES-11_L.9"):
        row = table.rollcalls["rollcall"].to_list().index(amendment)
        assert set(table.matrix[row].tolist()) == {UNKNOWN}, amendment


def test_roll_calls_stand_by_date_and_key_and_states_by_key(tiny):
    assert tiny.rollcalls["rollcall"].to_list() == ["B", "A", "T"]
    assert tiny.states == ("FRA", "RUS", "SCG")


def test_the_matrix_tells_a_vote_no_seat_and_not_known_apart(tiny):
    assert tiny.matrix.tolist() == [[1, 3, 2], [8, 3, NOT_A_MEMBER], [UNKNOWN] * 3]


def test_counts_are_the_votes_added_up_again(tiny):
    assert tiny.counts().rows() == [("B", 1, 1, 1, 0), ("A", 0, 1, 0, 1), ("T", 0, 0, 0, 0)]


def test_cast_names_the_states_in_alphabetical_order(tiny):
    assert tiny.cast("A", "nonvoting") == ("FRA",)
    with pytest.raises(ValueError, match="'X' is not in list"):
        tiny.cast("X", "yes")


def test_a_table_read_back_is_the_table_that_was_written(tmp_path, tiny):
    bare = VoteTable.of([roll("A", "2022-03-02")], [])
    one = VoteTable.of([roll("A", "2022-03-02")], [vote("A", "FRA", "yes")])
    for n, table in enumerate([tiny, bare, one]):
        table.write(tmp_path / f"{n}.parquet")
        again = VoteTable.read(tmp_path / f"{n}.parquet")
        assert again.rollcalls.equals(table.rollcalls)
        assert again.states == table.states
        assert again.matrix.tolist() == table.matrix.tolist()
        assert again.counts().equals(table.counts())
        assert again.matrix.dtype == table.matrix.dtype


def test_a_table_without_roll_calls_can_be_written_and_read(tmp_path):
    VoteTable.of([], []).write(tmp_path / "empty.parquet")
    assert VoteTable.read(tmp_path / "empty.parquet").rollcalls.is_empty()


def test_a_damaged_table_is_one_line_with_a_remedy(graph_root, tmp_path):
    copy = tmp_path / "graph"
    shutil.copytree(graph_root, copy)
    version = (copy / "CURRENT").read_text(encoding="ascii").strip()
    (copy / "v" / version / "votes.parquet").write_text("not a table", encoding="utf-8")
    with kg.open(copy) as graph, pytest.raises(kg.KgError, match=r"damaged.*kg\.build\(root="):
        graph.votes  # noqa: B018  reading it is what is tried
