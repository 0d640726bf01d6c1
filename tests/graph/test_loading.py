"""Text to store, in parts: all of it is there, and nothing else stays."""

from itertools import pairwise

import pyoxigraph as ox
import pytest

from kg.graph import loading
from kg.graph.loading import Loading


def pieces(count):
    for n in range(count):
        yield b"".join(
            b"<urn:s%d> <urn:p%d> <urn:o%d> .\n" % (n, i, i * (n % 7)) for i in range(10)
        )


@pytest.mark.parametrize(("small", "parts"), [(10_000, 1), (100, 4)])
def test_parts_make_the_same_store_as_one(small, parts, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_SMALL", small)
    loads = []
    real = Loading._load

    def spied(self, path, lines):
        loads.append(path.read_bytes().count(b"\n"))
        assert loads[-1] == lines
        return real(self, path, lines)

    monkeypatch.setattr(Loading, "_load", spied)
    filling = Loading(tmp_path, tmp_path / "store", 1000)
    assert list(filling.put(pieces(100))) == [10] * 100
    assert list(filling.finish())[-1] == 1000
    assert len(loads) == parts
    assert sum(loads) == 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store"]
    told = {str(quad) for quad in ox.Store.read_only(str(tmp_path / "store"))}
    alone = ox.Store()
    alone.bulk_load(b"".join(pieces(100)), format=ox.RdfFormat.N_QUADS)
    assert told == {str(quad) for quad in alone}


def test_a_large_graph_is_loaded_in_parts_that_do_not_grow_with_it():
    for lines, parts in (
        (200_000, 1),
        (2_000_000, 4),
        (3_000_000, 4),
        (3_100_000, 7),
        (16_000_000, 32),
    ):
        ends = [0, *loading._ends(lines), lines]
        sizes = [b - a for a, b in pairwise(ends)]
        assert (len(sizes), max(sizes) < 900_000) == (parts, True), lines


def test_more_lines_than_were_foreseen_are_loaded_too(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "_SMALL", 100)
    filling = Loading(tmp_path, tmp_path / "store", 200)
    assert sum(filling.put(pieces(100))) == 1000
    list(filling.finish())
    assert len(ox.Store.read_only(str(tmp_path / "store"))) == 1000


def test_what_fails_within_the_engine_or_the_pieces_is_told(tmp_path):
    filling = Loading(tmp_path, tmp_path / "one", 10)
    list(filling.put([b"<urn:s> <urn:p> nothing .\n"]))
    with pytest.raises(SyntaxError):
        list(filling.finish())

    def ending():
        yield from pieces(2)
        raise OSError("gone")

    filling = Loading(tmp_path, tmp_path / "two", 10)
    with pytest.raises(OSError, match="gone"):
        list(filling.put(ending()))
