"""A file is written whole or not at all."""

import errno
import os
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import ExportError
from kg.output import files


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text("old")
    files.replace(path, lambda file: file.write(b"new"))
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), ZeroDivisionError()]
)
def test_a_writer_that_fails_half_way_leaves_the_old_file_and_nothing_else(error, tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text("old")

    def write(file):
        file.write(b"half")
        raise error

    told = ExportError if isinstance(error, OSError) else ZeroDivisionError
    with pytest.raises(told):
        files.replace(path, write)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("owner", "name"), [(Path, "replace"), (Path, "open")])
def test_a_step_that_fails_leaves_the_old_file_and_nothing_else(owner, name, tmp_path, monkeypatch):
    path = tmp_path / "graph.ttl"
    path.write_text("old")

    def fail(*args, **more):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        with pytest.raises(
            ExportError, match=r"graph\.ttl cannot be written: No space left on device"
        ):
            files.replace(path, lambda file: file.write(b"new"))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["nowhere/graph.ttl", "file/graph.ttl", "x" * 300])
def test_a_place_that_cannot_be_written_is_named(name, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written: "):
        files.replace(tmp_path / name, lambda file: file.write(b""))


def test_a_folder_is_not_replaced_by_a_file(tmp_path):
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(ExportError, match=r"graph\.ttl cannot be written: "):
        files.replace(tmp_path / "graph.ttl", lambda file: file.write(b""))
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_file_may_be_read_by_whom_the_user_lets_read(umask, tmp_path):
    before = os.umask(umask)
    try:
        files.replace(tmp_path / "a", lambda file: file.write(b""))
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~umask
    finally:
        os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
def test_writing_a_file_never_switches_what_other_threads_may_create(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "umask", lambda mask: pytest.fail("the process's umask was set"))
    files.replace(tmp_path / "a", lambda file: file.write(b"new"))
    assert (tmp_path / "a").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_written_into_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    files.replace(pipe, lambda file: file.write(b"text"))
    reader.join(timeout=300)
    assert got == [b"text"]
    assert pipe.is_fifo()


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path):
    (tmp_path / "file").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    files.replace(tmp_path / "link", lambda file: file.write(b"new"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"
