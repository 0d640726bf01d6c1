"""The graph folder: what was published answers until the next one is whole, whatever happens."""

import contextlib
import errno
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.api import Graph
from kg.errors import GraphError
from kg.graph import folder
from kg.graph.build import build
from kg.graph.parts import Parts
from kg.graph.publish import publish
from tests import official

KG = [sys.executable, "-m", "kg"]
WHOLE = {"manifest.json", *Parts(Path("nowhere")).missing()}


@pytest.fixture
def old(graph_root, tmp_path):
    """A graph folder that something was published in."""
    return shutil.copytree(graph_root, tmp_path / "old")


@pytest.fixture
def half(tmp_path):
    """Facts that make another graph than the bundled ones."""
    from kg import resources

    facts = shutil.copytree(resources.data(), tmp_path / "facts")
    path = facts / "states" / "states.csv"
    path.write_bytes(path.read_bytes().replace(b"\nFRA,France,", b"\nFRA,Gaul,"))
    return facts


def is_whole(root):
    """Whether the folder answers, and holds nothing but whole versions."""
    version = folder.current(root)
    assert {path.name for path in version.iterdir()} == WHOLE
    with Graph(root) as graph:
        assert len(graph.snapshot.store) == graph.manifest["triple_count"]
        assert len(graph.votes.rollcalls) == 11
        assert graph.names.resolve("Russia") == "RUS"
    return True


def stray(root):
    """What lies about in a graph folder besides whole versions."""
    names = [path.name for path in root.iterdir() if path.name not in ("CURRENT", "v", ".lock")]
    names += [path.name for path in (root / "v").iterdir() if not path.name.isdigit()]
    newest = max(int(path.name) for path in (root / "v").iterdir() if path.name.isdigit())
    return names if newest == int(folder.current(root).name) else [*names, f"v/{newest}"]


def one_line(result, *parts):
    """The one line of a refusal: exit status 2, no traceback, with the parts in it."""
    assert result.exit_code == 2
    assert result.stdout == ""
    (told,) = result.stderr.splitlines()
    assert [part for part in parts if part not in told] == [], told


def test_a_folder_without_a_graph_says_how_to_build_one(tmp_path):
    with pytest.raises(GraphError, match=r"holds no graph; run: kg\.build\(root="):
        folder.current(tmp_path)


def write_manifest(version, built):
    """What tells that a folder is a version of kg."""
    fields = {
        "format": folder.FORMAT,
        "kg": kg.__version__,
        "built": f"day {built}",
        "datasets": {},
    }
    (version / "manifest.json").write_text(json.dumps(fields))


def tree(root):
    """All that lies in a folder, with what is in it."""
    return {p.relative_to(root): p.read_bytes() if p.is_file() else b"" for p in root.rglob("*")}


FOREIGN = {
    ("v/2021/a", "v/2022/a", "v/2023/a"): "v holds '2021', which is no version of a graph",
    ("v/readme.md",): "v holds 'readme.md'",
    ("v/1/manifest.json",): "v holds '1'",
    ("v/unfinished-business/a",): "v holds 'unfinished-business'",
    ("CURRENT", "v/2021/a"): "v holds '2021'",
    ("CURRENT", "v/1/manifest.json"): "v holds '1'",
    ("CURRENT", "MANIFEST-000001"): "CURRENT names no version of a graph",
    ("CURRENT/a",): "CURRENT names no version of a graph",
}
"""Files of someone else's to what is said of them."""


def test_a_folder_with_files_of_someone_else_is_refused_and_untouched(tmp_path, run):
    for number, (files, problem) in enumerate(FOREIGN.items()):
        root = tmp_path / f"proj{number}"
        for name in files:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text('{"name": "mine"}')
        before = tree(root)
        result = run("build", "-q", "--graph", root)
        one_line(result, problem, "nothing was written", "of its own for the graph with --graph")
        assert tree(root) == before, files


def test_files_of_someone_else_beside_our_versions_stay(tmp_path):
    foreign = [tmp_path / "v" / name for name in ("1000", "unfinished-business", "notes")]
    with publish(tmp_path) as aside:
        write_manifest(aside, 1)
    for path in foreign:
        path.mkdir()
        (path / "mine").write_text("mine")
    for n in range(3):
        with publish(tmp_path) as aside:
            write_manifest(aside, n)
    assert [(path / "mine").read_text() for path in foreign] == ["mine"] * 3
    kept = sorted(path.name for path in (tmp_path / "v").iterdir() if path not in foreign)
    assert kept == ["1002", "1003"]


def test_what_a_first_build_left_that_was_killed_is_cleared_away(tmp_path):
    for names in [(".kg-unfinished", "store/x"), (), ("manifest.json", "store/x")]:
        left = tmp_path / "v" / "unfinished-1-00000000"  # killed at work, at once, or at the end
        left.mkdir(parents=True)
        for name in names:
            (left / name).parent.mkdir(exist_ok=True)
            (left / name).write_text("x")
        if "manifest.json" in names:
            write_manifest(left, 1)
        with publish(tmp_path) as aside:
            write_manifest(aside, 2)
        assert not left.exists(), names
        shutil.rmtree(tmp_path / "v")
        (tmp_path / "CURRENT").unlink()


def test_a_first_version_that_was_never_published_is_kept_as_the_former(tmp_path):
    (tmp_path / "v" / "1").mkdir(parents=True)
    write_manifest(tmp_path / "v" / "1", 1)
    with publish(tmp_path) as aside:
        write_manifest(aside, 2)
    assert sorted(path.name for path in (tmp_path / "v").iterdir()) == ["1", "2"]


def test_publishing_replaces_the_version_and_keeps_the_one_before(tmp_path):
    for n in range(1, 5):
        with publish(tmp_path) as aside:
            write_manifest(aside, n)
        assert str(n) in (folder.current(tmp_path) / "manifest.json").read_text()
        kept = sorted(path.name for path in (tmp_path / "v").iterdir())
        assert kept == [str(k) for k in range(max(1, n - 1), n + 1)]


def test_a_version_that_is_being_read_stays_readable_after_the_next_is_published(old):
    with Graph(old) as reader:
        before = len(reader.snapshot.store)
        build(old)
        assert len(reader.snapshot.store) == before
        assert reader.names.resolve("Russia") == "RUS"


def test_a_build_that_raises_leaves_nothing_behind(tmp_path):
    with contextlib.suppress(ZeroDivisionError), publish(tmp_path) as aside:
        (aside / "part").write_text("x")
        raise ZeroDivisionError
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".lock", "v"]


@pytest.mark.skipif(sys.platform == "win32", reason="files have no numbers there")
def test_every_file_is_on_the_disk_before_a_version_is_published(old, monkeypatch):
    synced, published, sync, replace = set(), [], os.fsync, Path.replace

    def syncing(handle):
        sync(handle)
        synced.add(os.fstat(handle).st_ino)

    def replacing(path, target):
        published.append(set(synced))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(Path, "replace", replacing)
    build(old)
    (before,) = published
    version = folder.current(old)
    lost = [
        path.name for path in (version, *version.rglob("*")) if path.stat().st_ino not in before
    ]
    assert lost == []
    assert {(old / "CURRENT").stat().st_ino} <= before
    assert {path.stat().st_ino for path in (old, old / "v")} <= synced


def test_a_second_builder_refuses_in_one_line_while_the_first_is_at_work(old, run):
    with publish(old) as aside:
        one_line(run("build", "-q", graph=old), f"another build is at work in {old}", "wait for it")
        shutil.copytree(folder.current(old), aside, dirs_exist_ok=True)
    assert is_whole(old)
    assert stray(old) == []


def test_two_builders_started_at_once_leave_one_whole_graph(tmp_path):
    root = tmp_path / "graph"
    both = [
        subprocess.Popen([*KG, "build", "--graph", root], stderr=subprocess.PIPE, text=True,
                         stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]  # fmt: skip
    told = [process.communicate()[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 2])  # the second may have begun when the first was done
    assert "Traceback" not in "".join(told)
    assert ("another build is at work" in "".join(told)) == (codes == [0, 2])
    assert is_whole(root)
    assert stray(root) == []


def damage_manifest(**changed):
    def change(root):
        path = folder.current(root) / "manifest.json"
        told = json.loads(path.read_text(encoding="utf-8")) | changed
        told = {name: value for name, value in told.items() if value is not None}
        path.write_text(json.dumps(told), encoding="utf-8")

    return change


def damage(name, content):
    """Put other content in a file of the version that answers, or remove it."""

    def change(root):
        path = root / name.replace("V", f"v/{folder.current(root).name}")
        if content is None:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        else:
            path.write_bytes(content)

    return change


DAMAGED = {
    "an older layout": (damage_manifest(format=0), "in layout 0, and this kg reads layout 2"),
    "a newer layout": (damage_manifest(format=99), "in layout 99, and this kg reads layout 2"),
    "another program's": (damage("V/manifest.json", b"[]"), "built by kg another program"),
    "half a manifest": (damage("V/manifest.json", b'{"form'), "manifest.json is damaged"),
    "a manifest that lacks a field": (damage_manifest(digest=None), "it lacks digest"),
    "a manifest of bytes": (damage("V/manifest.json", b"\xff\xfe"), "manifest.json is damaged"),
    "no manifest": (damage("V/manifest.json", None), "cannot be read: No such file"),
    "no store": (damage("V/store", None), "v/1 is damaged: it lacks store"),
    "no names": (damage("V/names.json", None), "v/1 is damaged: it lacks names.json"),
    "no votes": (damage("V/votes.parquet", None), "v/1 is damaged: it lacks votes.parquet"),
    "no such version": (damage("CURRENT", b"7\n"), "CURRENT names version '7', which is not there"),
    "an empty CURRENT": (damage("CURRENT", b""), "CURRENT names version ''"),
    "a foreign CURRENT": (damage("CURRENT", b"../../etc\n"), "names version '../../etc'"),
    "a CURRENT of bytes": (damage("CURRENT", b"\xff\xfe\x00"), "CURRENT is damaged"),
    "no version at all": (damage("v", None), "CURRENT names version '1', which is not there"),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_folder_says_in_one_line_how_to_mend_it_and_that_mends_it(what, old, run):
    change, told = DAMAGED[what]
    change(old)
    question = ["query", "ASK { ?vote kg:votedNo state:RUS }"]
    one_line(run(*question, "--graph", old), told, f"build it again: kg build --graph {old}")
    assert run("build", "-q", "--graph", old).exit_code == 0
    assert run(*question, "--graph", old).exit_code == 0
    assert is_whole(old)


def test_the_users_own_graph_of_an_older_layout_is_built_again_by_itself(tmp_path, run):
    env = {"XDG_DATA_HOME": str(tmp_path), "KG_GRAPH": None}
    assert run("info", env=env).exit_code == 0
    own = tmp_path / "kg" / "graph"
    damage_manifest(format=0)(own)
    assert run("info", env=env).exit_code == 0
    assert folder.manifest(own)["format"] == folder.FORMAT
    assert folder.current(own).name == "2"


def test_the_users_own_graph_is_built_again_when_the_bundled_facts_changed(tmp_path, run):
    env = {"XDG_DATA_HOME": str(tmp_path), "KG_GRAPH": None}
    assert run("info", env=env).exit_code == 0
    own = tmp_path / "kg" / "graph"
    assert run("info", env=env).exit_code == 0
    assert folder.current(own).name == "1"
    damage_manifest(digest="0" * 64)(own)
    assert run("info", env=env).exit_code == 0
    assert folder.current(own).name == "2"


def test_a_graph_of_facts_of_ones_own_is_never_built_over(tmp_path, half, run):
    env = {"XDG_DATA_HOME": str(tmp_path), "KG_GRAPH": None}
    assert run("build", "-q", "--data", half, env=env).exit_code == 0
    assert "Gaul" in run("query", "state-names", "state=FRA", env=env).stdout
    assert folder.current(tmp_path / "kg" / "graph").name == "1"


@pytest.mark.parametrize(
    ("env", "where"),
    [
        ({"KG_GRAPH": "/a/b"}, Path("/a/b")),
        ({"XDG_DATA_HOME": "/x"}, Path("/x/kg/graph")),
        ({"HOME": "/home/me"}, Path("/home/me/.local/share/kg/graph")),
        ({"HOME": "/home/me", "XDG_DATA_HOME": "", "KG_GRAPH": ""}, None),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the folders of Windows are others")
def test_the_default_folder_is_what_is_named_else_the_users_data_folder(env, where, monkeypatch):
    for name in ("KG_GRAPH", "XDG_DATA_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert folder.default() == (where or Path("/home/me/.local/share/kg/graph"))


def test_a_folder_that_cannot_be_written_is_named_with_the_reason(tmp_path, run):
    (tmp_path / "file").write_text("no folder")
    one_line(
        run("build", "-q", "--graph", tmp_path / "file" / "graph"),
        f"{tmp_path / 'file' / 'graph'} cannot be written",
        "name another folder with --graph",
    )


@pytest.fixture
def powerless(run, graph_root, tmp_path, old):
    """Run without the powers of root, in which a folder's permissions mean nothing."""
    if sys.platform == "win32":
        pytest.skip("needs the permissions of POSIX")
    if os.geteuid() != 0:
        yield
        return
    assert (
        run("build", "-q", "--graph", tmp_path / "warm").exit_code == 0
    )  # loads all that is needed
    assert run("info").exit_code == 0
    modes = {path: path.stat().st_mode for path in tmp_path.parents}
    for path in list(tmp_path.parents)[:-1]:
        path.chmod(modes[path] | 0o055)
    for path in (tmp_path, old, *old.rglob("*")):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.mark.usefixtures("powerless")
@pytest.mark.parametrize(
    ("mode", "command", "told"),
    [
        (0o555, "build", "cannot be written: Permission denied; free space or name another folder"),
        (0o000, "build", "cannot be "),
        (0o000, "info", "cannot be read: Permission denied; name another folder with --graph"),
    ],
)
def test_a_folder_without_permission_is_refused_in_one_line(mode, command, told, old, run):
    quiet = ["-q"] if command == "build" else []
    for path in (old / "v", old):
        path.chmod(mode)
    try:
        one_line(run(command, *quiet, "--graph", old), str(old), told)
    finally:
        for path in (old, old / "v"):
            path.chmod(0o755)
    assert is_whole(old)


@pytest.mark.usefixtures("powerless")
def test_a_read_only_folder_answers(old):
    folders = [path for path in (old, *old.rglob("*")) if path.is_dir()]
    for path in folders:
        path.chmod(0o555)
    try:
        assert is_whole(old)
    finally:
        for path in folders:
            path.chmod(0o755)


class Failing:
    """The n-th call of a group of file-system functions finds the disk full."""

    def __init__(self, patch):
        self.patch, self.calls, self.at = patch, 0, 0

    def on(self, owner, name):
        real = getattr(owner, name)

        def call(*args, **more):
            self.calls += 1
            if self.calls == self.at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **more)

        self.patch.setattr(owner, name, call)


@pytest.mark.parametrize(
    "calls",
    [
        [(os, "fsync")],
        [(Path, "rename"), (Path, "replace")],
        [(Path, "mkdir"), (Path, "write_text")],
        [(Path, "open"), (os, "open")],
    ],
    ids=["sync", "rename", "write", "open"],
)
def test_whichever_call_finds_the_disk_full_a_whole_graph_answers(
    calls, old, graph_root, monkeypatch
):
    whole = folder.current(graph_root)

    def copying(root):
        """Publish a copy of the store that is there: the facts are not what is tried here."""
        with publish(root) as aside:
            shutil.copytree(whole / "store", aside / "store")
            for name in ("votes.parquet", "observations.parquet", "things.nt.gz"):
                shutil.copyfile(whole / name, aside / name)
            for name in ("names.json", "symbols.json", "seats.json", "manifest.json"):
                (aside / name).write_text((whole / name).read_text(encoding="utf-8"))

    told = []
    for n in itertools.count(1):
        before = folder.current(old).name
        with monkeypatch.context() as patch:
            failing = Failing(patch)
            for owner, name in calls:
                failing.on(owner, name)
            failing.at = n
            try:
                copying(old)
            except GraphError as error:
                told.append(str(error))
        assert is_whole(old)
        assert stray(old) == []
        if failing.calls < n:
            break
        assert int(folder.current(old).name) - int(before) in (0, 1)
        if len(list((old / "v").iterdir())) > 2:  # what could not be deleted is deleted by the next
            copying(old)
            assert len(list((old / "v").iterdir())) == 2
    assert len(told) >= 2
    assert [t for t in told if "No space left on device; free space" not in t or "\n" in t] == []
    assert int(folder.current(old).name) > 1


def kill(old, steps, pauses, *files):
    """Builds killed within each step, after which a whole graph answers."""
    for step, pause in itertools.product(steps, pauses):
        before = folder.current(old).name
        with subprocess.Popen(
            [*KG, "build", "--graph", old, *files],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        ) as process:
            assert process.stderr is not None
            for line in process.stderr:
                if step.encode() in line:
                    break
            else:
                pytest.fail(f"the build never said {step!r}")
            if pause:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(pause)
            process.send_signal(signal.SIGKILL)
        assert int(folder.current(old).name) - int(before) in (0, 1)
        with Graph(old) as graph:
            assert len(graph.snapshot.store) == graph.manifest["triple_count"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_build_killed_at_any_moment_leaves_the_old_graph_and_the_next_clears_up(old):
    steps = "reading the facts", "writing the graph", "writing the vote table", "checking and"
    kill(old, steps, (0, 0.02, 0.1))
    build(old)
    assert is_whole(old)
    assert stray(old) == []


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A file whose graph is loaded in parts."""
    path = tmp_path_factory.mktemp("large") / "ga.csv"
    path.write_text(official.ga(official.many(1700)))
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_build_of_official_files_killed_at_any_moment_leaves_the_old_graph(old, large):
    steps = "reading the files", "writing the graph", "loading the graph", "checking and"
    kill(old, steps, (0, 0.2), large)
    build(old, files=[large])
    assert stray(old) == []
    build(old)
    assert is_whole(old)


def test_a_version_that_was_never_published_is_cleared_away_by_the_next_build(old):
    shutil.copytree(old / "v" / "1", old / "v" / "2")  # killed between the rename and the swap
    (old / "v" / "unfinished-3").mkdir()
    (old / ".kg-CURRENT").write_text("2")
    assert folder.current(old).name == "1"
    build(old)
    assert sorted(path.name for path in (old / "v").iterdir()) == ["1", "2"]
    assert stray(old) == []
    assert is_whole(old)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of a few megabytes, where mounting one is permitted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)]
    if mount is None or subprocess.run([mount, *options], capture_output=True).returncode:
        pytest.skip("mounting a tmpfs is not permitted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_is_one_line_and_the_old_graph_answers(small_disk, run):
    root = small_disk / "graph"
    assert run("build", "-q", "--graph", root).exit_code == 0
    filler = small_disk / "filler"
    refused = 0
    for left in (0, 4096, 100_000, 500_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000):
        disk = os.statvfs(small_disk)
        filler.write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - left)))
        before = folder.current(root).name
        result = run("build", "-q", "--graph", root)
        if result.exit_code:
            refused += 1
            one_line(result, f"{root} cannot be written", "free space or name another folder")
            assert folder.current(root).name == before
        assert is_whole(root)
        assert stray(root) == []
        filler.unlink()
    assert refused >= 3
    assert run("build", "--graph", root).stderr.endswith("publishing ...\n")
    assert is_whole(root)


def test_official_files_on_a_full_disk_are_one_line_and_the_old_graph_answers(
    small_disk, large, run
):
    root = small_disk / "graph"
    assert run("build", "-q", "--graph", root).exit_code == 0
    filler = small_disk / "filler"
    refused = 0
    for left in (1_000_000, 4_000_000, 8_000_000, 16_000_000, 24_000_000, 32_000_000):
        disk = os.statvfs(small_disk)
        filler.write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - left)))
        before = folder.current(root).name
        result = run("build", "-q", "--graph", root, large)
        if result.exit_code:
            refused += 1
            one_line(result, f"{root} cannot be written", "free space or name another folder")
            assert folder.current(root).name == before
        assert stray(root) == []
        with Graph(root) as graph:
            assert len(graph.snapshot.store) == graph.manifest["triple_count"]
        filler.unlink()
    assert refused >= 3
    run("build", "-q", "--graph", root)
    assert is_whole(root)


def test_a_damaged_index_of_names_is_named_as_the_file_it_is(graph_root, tmp_path):
    root = tmp_path / "graph"
    shutil.copytree(graph_root, root)
    for name in ("names", "symbols"):
        part = getattr(Parts(folder.current(root)), name)
        kept = part.read_bytes()
        part.write_bytes(b"")
        with Graph(root) as graph, pytest.raises(GraphError, match=rf"{name}\.json is damaged"):
            _ = graph.names
        part.write_bytes(kept)
