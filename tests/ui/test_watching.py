"""Changes of articles are noticed from the start, and what indexing writes is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner
from watchfiles import Change

from index.errors import UsageError
from index.milvus.place import Place
from index.report import BuildReport
from ui.cli import app
from ui.watching import of_articles, watching

TEXT = "Chợ mới\n\nChợ có 35 gian hàng.\n"


def test_articles_and_folders_count_and_the_index_and_other_files_do_not(tmp_path):
    index = tmp_path / "state"
    (index / "uploads").mkdir(parents=True)
    (tmp_path / "sâu.2022").mkdir()
    is_one = of_articles([tmp_path], where=index)
    counted = [
        (Change.modified, "cho.txt", True),
        (Change.added, "sâu.2022", True),
        (Change.deleted, "sâu.2021", True),
        (Change.deleted, "cho.txt", True),
        (Change.added, "cho.txt~", False),
        (Change.modified, "anh.jpg", False),
        (Change.deleted, ".git/index.lock", False),
        (Change.modified, "sâu.2022/.ẩn/cho.txt", False),
        (Change.modified, "state", False),
        (Change.added, "state/uploads/cho.txt", False),
        (Change.deleted, "state/hoidap.db-wal", False),
    ]
    assert [is_one(change, str(tmp_path / name)) for change, name, _ in counted] == [
        one for *_, one in counted
    ]


def test_the_file_of_milvus_lite_and_those_beside_it_do_not_count(tmp_path):
    is_one = of_articles([tmp_path], where=Place(str(tmp_path / "lite.db")))
    for name in ("lite.db", ".lite.db.lock", "lite.db-journal", "lite.db/wal/1"):
        assert not is_one(Change.deleted, str(tmp_path / name))
    assert is_one(Change.modified, str(tmp_path / "cho.txt"))
    assert of_articles([tmp_path], where=Place("http://milvus:19530"))(Change.added, str(tmp_path))


def test_a_file_that_was_given_counts_whatever_its_name(tmp_path):
    is_one = of_articles([tmp_path / "README"], where=tmp_path / "state")
    assert is_one(Change.modified, str(tmp_path / "README"))
    assert not is_one(Change.modified, str(tmp_path / "LICENSE"))


def test_changes_are_noticed_from_the_call_on(tmp_path):
    changes = watching([tmp_path], where=tmp_path / "state")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "hoidap.db").write_bytes(b"x")
    (tmp_path / "cho.txt").write_text(TEXT, encoding="utf-8")
    assert {Path(name).name for _, name in next(changes)} == {"cho.txt"}


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match="none is not there"):
        watching([tmp_path / "none"], where=tmp_path / "state")


@pytest.mark.parametrize("state", ["state", "articles/state"])
def test_what_changes_during_the_first_run_is_indexed_and_the_index_is_not(state, tmp_path, monkeypatch):
    articles = tmp_path / "articles"
    articles.mkdir()
    runs = []

    def build_engine(sources, *, where, **_):
        where.mkdir(parents=True, exist_ok=True)
        (where / f"{len(runs)}.txt").write_text("x", encoding="utf-8")
        runs.append(sorted(path.name for path in articles.glob("*.txt")))
        if len(runs) == 3:
            raise KeyboardInterrupt
        (articles / f"{len(runs)}.txt").write_text(TEXT, encoding="utf-8")
        return BuildReport(1, 1, 1, 1, 0, 0, 1, (), 0.1)

    monkeypatch.setattr("index.engine.build_engine", build_engine)
    done = CliRunner().invoke(
        app, ["index", str(articles), "--index", str(tmp_path / state), "--watch", "--json"]
    )
    assert done.exit_code == 0
    assert runs == [[], ["1.txt"], ["1.txt", "2.txt"]]
