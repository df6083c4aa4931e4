"""A damaged index is told of by file and remedy, mended by that remedy, and never answered from.

The damages are done in :mod:`tests.trust.damaging`.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.build import build_index
from index.checksum import checksum
from index.errors import IndexDamaged
from index.generation import current_name
from index.search import Index
from index.store import Store
from tests.fakes import BagEncoder
from ui.conversations import Conversations
from ui.doctor import examine
from ui.turn import Turn

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.timeout(1200)  # some two minutes on a core of its own


@pytest.fixture(scope="module")
def told(memory):
    if not hasattr(os, "fork"):
        pytest.skip("forks for each damage")
    ran = damaged(memory / "small")
    assert not ran.stderr, "something ended with a traceback"
    return [json.loads(line) for line in ran.stdout.splitlines()]


def damaged(scratch, *options):
    """What :mod:`tests.trust.damaging` prints."""
    scratch.mkdir()
    program = [sys.executable, "-m", "tests.trust.damaging", "--each", "1", "--seed", "11", *options]
    ran = subprocess.run(
        [*program, "--scratch", scratch], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran


def where(told, condition):
    return [f"{one['file']}: {one['damage']}, {one['message']}" for one in told if condition(one)]


@pytest.mark.trust
def test_every_file_of_the_state_is_damaged(told):
    names = {Path(one["file"]).name for one in told}
    assert names >= {"CURRENT", "manifest.json", "rows.npy", "dense.faiss", "hoidap.db", "hoidap.db-wal"}
    assert names >= {
        f"{name}.npy" for name in ("term_ids", "offsets", "counts", "lengths", "places", "frequencies")
    }
    assert {Path(one["file"]).parent.name for one in told} >= {"base", "recent", "gone"}


@pytest.mark.trust
def test_no_damage_crashes_the_interpreter(told):
    assert where(told, lambda one: one["crashed"]) == []


@pytest.mark.trust
def test_damaged_data_is_never_answered_from(told):
    assert where(told, lambda one: not one["answers"] and not one["error"]) == []


@pytest.mark.trust
def test_a_damage_that_changes_an_answer_names_its_file_and_the_command(told):
    def badly_told(one):
        file = Path(one["file"]).name.removesuffix("-wal")  # a log is a part of its database
        message = one["message"]
        return message and not (file in message and re.search(r"`hoidap index( --rebuild)?`", message))

    assert where(told, badly_told) == []
    assert len(where(told, lambda one: one["message"])) > len(told) // 2


@pytest.mark.trust
def test_the_named_command_mends_the_index(told):
    assert where(told, lambda one: one["message"] and one["mended"] != [True, None]) == []


@pytest.fixture(scope="module")
def told_of_large_files(memory):
    if not hasattr(os, "fork"):
        pytest.skip("forks for each damage")
    ran = damaged(memory / "large", "--large")
    assert "Traceback" not in ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.trust
def test_of_a_large_file_too_no_damage_invents_a_word_or_crashes(told_of_large_files):
    assert where(told_of_large_files, lambda one: one["invented"] or one["crashed"]) == []


@pytest.mark.trust
def test_what_opening_does_not_see_of_a_large_file_the_doctor_tells_and_a_run_mends(told_of_large_files):
    assert where(told_of_large_files, lambda one: not one["answers"] and not one["message"]) == []
    assert where(told_of_large_files, lambda one: one["message"] and one["mended"] != [True, None]) == []
    unseen = where(told_of_large_files, lambda one: not one["error"] and one["message"])
    assert unseen, "opening compared every file"


@pytest.fixture
def state(tmp_path, folder):
    build_index([folder], index=tmp_path / "state", load=lambda _: BagEncoder())
    return tmp_path / "state"


def opened(state):
    return Index.open(state, load=lambda _: BagEncoder())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE articles SET text = replace(text, '240', '340')",
        "UPDATE articles SET title = title || '!'",
        "UPDATE articles SET published = '1999-01-01'",
        "UPDATE passages SET start = start + 1",
        "UPDATE passages SET sentences = zeroblob(length(sentences))",
        "UPDATE passages SET article = article % 3 + 1",
    ],
)
def test_a_row_that_changed_is_not_answered_from(state, change):
    with closing(sqlite3.connect(state / Store.NAME)) as connection, connection:
        connection.execute(change)
    with pytest.raises(IndexDamaged, match=r"hoidap.db is damaged .*`hoidap index --rebuild`"):
        opened(state).search("Cầu Đá Bạc dài bao nhiêu mét?")
    with closing(Store.open(state)) as store, pytest.raises(IndexDamaged, match=r"not as it was written"):
        store.check()


def test_a_vector_that_changed_does_not_get_into_the_next_generation(state, folder):
    with closing(sqlite3.connect(state / Store.NAME)) as connection, connection:
        connection.execute("UPDATE passages SET vector = zeroblob(length(vector)) WHERE key = 1")
    (folder / "moi.txt").write_text("Trường mới\n\nTrường có 18 lớp.\n", encoding="utf-8")
    with pytest.raises(IndexDamaged, match="passage 1"):
        build_index([folder], index=state, load=lambda _: BagEncoder())
    build_index([folder], index=state, load=lambda _: BagEncoder(), rebuild=True)
    with closing(Store.open(state)) as store:
        store.check()


def test_the_generation_before_is_not_taken_for_the_live_one(state, folder):
    (folder / "cau.txt").unlink()
    build_index([folder], index=state, load=lambda _: BagEncoder())
    pointer = state / "CURRENT"
    pointer.write_text(pointer.read_text(encoding="utf-8").replace("000002", "000001"), encoding="utf-8")
    assert current_name(state) == "000001"
    with pytest.raises(IndexDamaged, match=r"manifest.json.*CURRENT"):
        opened(state)


def test_a_row_that_took_the_key_of_another_is_not_taken_for_it(state):
    """The checksum of a generation's row is that of the passage it was made of, not just of a whole one."""
    with closing(sqlite3.connect(state / Store.NAME)) as connection, connection:
        connection.execute("UPDATE passages SET key = -key")
        connection.execute("UPDATE passages SET key = CASE key WHEN -1 THEN 2 WHEN -2 THEN 1 ELSE -key END")
    with closing(Store.open(state)) as store:
        store.check()
    with pytest.raises(IndexDamaged, match="passage"):
        opened(state).search("Cầu Đá Bạc dài bao nhiêu mét?")


def test_a_checksum_tells_values_apart_by_type_and_place():
    values = [
        ("ab", "c"),
        ("a", "bc"),
        ("abc",),
        ("1",),
        (1,),
        (b"1",),
        (None,),
        ("None",),
        (1.0,),
        ("c", "ab"),
    ]
    assert len({checksum(*each) for each in values}) == len(values)


@pytest.mark.models
def test_the_doctor_names_every_file_of_the_state_that_is_damaged(tmp_path, folder):
    state = tmp_path / "state"
    build_index([folder], index=state)
    kept = Conversations.open(state)
    kept.save(Turn("Cầu dài bao nhiêu mét?"), conversation="abc", owner="", versions={})
    for name in ("hoidap.db", "conversations.db"):
        with closing(sqlite3.connect(state / name)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [
        path
        for path in state.rglob("*")
        if path.is_file() and path.stat().st_size and path.name[-4:] != "-shm"
    ]
    assert {path.name for path in files} >= {
        "CURRENT",
        "manifest.json",
        "dense.faiss",
        "rows.npy",
        "conversations.db",
    }
    assert examine(state).problem is None
    for path in files:
        whole = path.read_bytes()
        middle = whole.rfind("mét".encode()) if path.suffix == ".db" else len(whole) // 2
        flipped = whole[:middle] + bytes((whole[middle] ^ 4,)) + whole[middle + 1 :]
        for damaged in (flipped, whole[: len(whole) // 2], b""):
            path.write_bytes(damaged)
            report = examine(state)
            if path.name == "conversations.db" and not damaged:
                assert report.problem is None  # none are kept
            else:
                assert path.name in (report.problem or ""), (path.name, len(damaged))
                assert re.search("`(hoidap index( --rebuild)?|mv .+)`", report.problem)
                assert report.exit_status == 3
        path.write_bytes(whole)
    assert examine(state).problem is None


@pytest.mark.models
@pytest.mark.parametrize(
    ("file", "command"), [("dense.faiss", "`hoidap index`"), ("hoidap.db", "`hoidap index --rebuild`")]
)
def test_the_doctor_names_the_file_and_the_command(tmp_path, folder, file, command):
    state = tmp_path / "state"
    build_index([folder], index=state)
    path = next(state.rglob(file))
    data = path.read_bytes()
    place = data.rfind("Phan Văn Lộc".encode()) if file == "hoidap.db" else len(data) - 9
    path.write_bytes(data[:place] + bytes((data[place] ^ 4,)) + data[place + 1 :])
    ran = subprocess.run(
        [sys.executable, "-m", "ui", "doctor", "--index", state],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert file in ran.stdout
    assert command in ran.stdout
