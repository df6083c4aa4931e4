"""Whatever interrupts the indexer, the index is the old state or the new one, and the next run completes.

The runs are in :mod:`tests.trust.crashing`; a power cut is played here, over what was synced and what was not.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index import generation, publishing
from index.build import build_index
from index.search import Index
from tests.fakes import BagEncoder

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.timeout(1200)  # a minute at most on a core of its own
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="forks, and kills what it forked")


def troubles(scratch: Path, kind: str, trouble: str, points: int, *, within: tuple[str, ...] = ()):
    """What :mod:`tests.trust.crashing` tells of each point."""
    program = [sys.executable, "-m", "tests.trust.crashing", kind, trouble]
    options = ["--points", str(points), "--seed", "7", "--scratch", str(scratch)]
    ran = subprocess.run([*within, *program, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(told) == points
    assert not ran.stderr, "a run ended with a traceback"
    return told


def assert_nothing_lost(told) -> None:
    wrong = [
        one for one in told if one["left"] not in ("old", "new") or one["next run"] or one["then"] != "new"
    ]
    assert not wrong, json.dumps(wrong, indent=1)


def can_mount() -> bool:
    attempt = "mount -t tmpfs tmpfs /mnt"
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(
            ["unshare", "-rm", "sh", "-c", attempt], capture_output=True, check=False
        ).returncode
    )


@linux_only
@pytest.mark.trust
@pytest.mark.parametrize(
    ("kind", "points"), [("full", 40), ("incremental", 70), ("deleting", 50), ("rebuild", 40), ("kept", 70)]
)
def test_a_killed_run_leaves_the_old_state_or_the_new_one(scratch, kind, points):
    told = troubles(scratch, kind, "kill", points)
    assert_nothing_lost(told)
    assert {one["left"] for one in told} == {"old", "new"}, "the points do not reach beyond the switch"


@linux_only
@pytest.mark.trust
@pytest.mark.parametrize(("kind", "points"), [("full", 8), ("incremental", 12), ("rebuild", 8), ("kept", 12)])
def test_a_run_under_a_quota_leaves_the_old_state_or_the_new_one(scratch, kind, points):
    told = troubles(scratch, kind, "limit", points)
    assert_nothing_lost(told)
    assert any("IndexUnavailable" in one["place"] for one in told)


@linux_only
@pytest.mark.trust
@pytest.mark.parametrize(
    ("kind", "points"), [("full", 8), ("incremental", 16), ("deleting", 8), ("kept", 16)]
)
def test_a_disk_that_fills_up_leaves_the_old_state_or_the_new_one(scratch, kind, points):
    if not can_mount():
        pytest.skip("this system lets nobody but root mount a disk")
    told = troubles(scratch, kind, "room", points, within=("unshare", "-rm"))
    assert_nothing_lost(told)
    assert any("IndexUnavailable" in one["place"] for one in told)


@linux_only
@pytest.mark.trust
@pytest.mark.parametrize(("kind", "points"), [("incremental", 12), ("deleting", 8), ("kept", 12)])
def test_permissions_that_are_revoked_leave_the_old_state_or_the_new_one(scratch, kind, points):
    within: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may write everywhere, and there is no setpriv to change that")
        within = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    told = troubles(scratch, kind, "permission", points, within=within)
    assert_nothing_lost(told)
    assert any("IndexUnavailable" in one["place"] for one in told)


class Disk:
    """What of a folder is sure to be on the disk, from the calls of ``fsync`` and the names at each of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.contents: dict[int, bytes] = {}
        self.names: dict[int, dict[str, int]] = {}
        for path in (folder, *folder.rglob("*")):
            self.synced(path)

    def synced(self, path: Path) -> None:
        number = path.stat().st_ino
        if path.is_dir():
            self.names[number] = {one.name: one.stat().st_ino for one in path.iterdir()}
        else:
            self.contents[number] = path.read_bytes()

    def after_power_cut(self, target: Path, *, names_kept: bool) -> None:
        """The worst that a power cut leaves: what was not synced is empty; new names are lost or are not."""
        now = {
            path.stat().st_ino: {one.name: one.stat().st_ino for one in path.iterdir()}
            for path in (self.folder, *self.folder.rglob("*"))
            if path.is_dir()
        }
        self._write(self.folder.stat().st_ino, target, now if names_kept else self.names)

    def _write(self, number: int, target: Path, names: dict[int, dict[str, int]]) -> None:
        if number in names:
            target.mkdir()
            for name, inside in names[number].items():
                self._write(inside, target / name, names)
        else:
            target.write_bytes(self.contents.get(number, b""))


def no_links(*_):
    raise OSError("no links here")


@linux_only  # /proc tells what is synced
@pytest.mark.parametrize("names_kept", [True, False])
@pytest.mark.parametrize("base", ["written", "linked", "copied"])
def test_a_power_cut_leaves_the_old_state_or_the_new_one(tmp_path, folder, monkeypatch, names_kept, base):
    """Cut after every sync and every new name. SQLite syncs its own files: they are taken as they are."""
    state = tmp_path / "state"
    if base != "written":
        monkeypatch.setattr(publishing, "KEPT_FROM", 1)
        monkeypatch.setattr(publishing, "MOST_CHANGED", 10.0)
    if base == "copied":
        monkeypatch.setattr(os, "link", no_links)
    build_index([folder], index=state, load=lambda _: BagEncoder())
    (folder / "cau.txt").write_text("Cầu Đá Bạc\n\nCầu Đá Bạc dài 250 mét.\n", encoding="utf-8")
    disk = Disk(state)
    lengths: list[str] = []

    def cut() -> None:
        target = tmp_path / f"cut-{len(lengths)}"
        disk.after_power_cut(target, names_kept=names_kept)
        for path in state.glob("hoidap.db*"):
            shutil.copy(path, target)
        index = Index.open(target, load=lambda _: BagEncoder())
        lengths.append(index.search("Cầu Đá Bạc dài bao nhiêu mét?", k=1)[0].text)
        index.close()

    fsync, rename, replace = os.fsync, Path.rename, Path.replace

    def recorded_fsync(descriptor: int) -> None:
        fsync(descriptor)
        disk.synced(Path(f"/proc/self/fd/{descriptor}").readlink())
        cut()

    def recorded(move):
        def moved(path: Path, to: Path) -> Path:
            moved_to = move(path, to)
            cut()
            return moved_to

        return moved

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(Path, "rename", recorded(rename))
    monkeypatch.setattr(Path, "replace", recorded(replace))
    build_index([folder], index=state, load=lambda _: BagEncoder())
    old, new = ["240 mét" in text for text in lengths], ["250 mét" in text for text in lengths]
    assert all(one or other for one, other in zip(old, new, strict=True))
    assert new == sorted(new), "once the new state is there it stays"
    assert new[-1] and old[0]


def test_a_reader_keeps_its_articles_while_an_interrupted_run_is_followed_by_a_whole_one(
    tmp_path, folder, monkeypatch
):
    def build():
        build_index([folder], index=tmp_path / "state", load=lambda _: BagEncoder())

    build()
    reader = Index.open(tmp_path / "state", load=lambda _: BagEncoder())
    (folder / "cau.txt").write_text("Cầu Đá Bạc\n\nCầu Đá Bạc dài 250 mét.\n", encoding="utf-8")

    def power_cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(generation, "switch", power_cut)
        with pytest.raises(KeyboardInterrupt):
            build()
    build()
    assert "240 mét" in reader.search("Cầu Đá Bạc dài bao nhiêu mét?", k=1)[0].text
