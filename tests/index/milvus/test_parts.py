"""The folder of a first load: nothing foreign is touched or mixed in, and what is wrong is one sentence."""

from __future__ import annotations

import json
import shutil
import sys

import pytest

from index.errors import IndexDamaged, IndexLocked, IndexUnavailable, ModelNotFound, UsageError
from index.milvus.layout import Layout
from index.milvus.parquet import read_rows
from index.milvus.parts import Recipe, open_parts
from index.milvus.schema import PASSAGES, TERMS
from tests.fakes import BagEncoder
from tests.index.milvus.comparing import assert_same_rows, rows_in

pytestmark = pytest.mark.milvus


def test_other_files_in_the_folder_are_left_alone(load, tmp_path):
    (tmp_path / "bulk").mkdir()
    (tmp_path / "bulk" / "luận văn.docx").write_bytes(b"x")
    with pytest.raises(UsageError, match="empty folder"):
        load()


def test_files_that_were_written_otherwise_are_not_mixed(load, tmp_path):
    load()
    with pytest.raises(UsageError, match="encoder bag"):
        load(rebuild=True, load=lambda _: BagEncoder(identity="bag-2"))
    with pytest.raises(UsageError, match="bm25 weights"):
        load(rebuild=True, layout=Layout(bm25="function"))


def test_a_collection_that_is_filled_is_not_loaded_again_by_mistake(load, encoder):
    load()
    encoded = encoder.encoded
    with pytest.raises(UsageError, match="leave out --bulk"):
        load()
    assert encoder.encoded == encoded
    assert load(rebuild=True).embedded == 0


def test_a_folder_without_a_readable_article_leaves_the_collection_as_it_was(load, tmp_path, opened):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "trong.txt").write_text("  \n", encoding="utf-8")
    with pytest.raises(UsageError, match="left as it was"):
        load(empty)
    load()
    with pytest.raises(UsageError, match="left as it was"):
        load(empty, rebuild=True)
    assert len(opened().articles()) == 17


def test_only_one_run_writes_to_a_folder(load, tmp_path):
    recipe = Recipe("bag", 64, "weights")
    with (
        open_parts(tmp_path / "bulk", recipe, mean_length=lambda: 1.0),
        pytest.raises(IndexLocked, match="wait"),
    ):
        load()
    load()


def test_a_full_disk_and_a_damaged_file_are_one_sentence(load, inserted, tmp_path, monkeypatch, small):
    import pandas

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(pandas.DataFrame, "to_parquet", full)
        with pytest.raises(IndexUnavailable, match=r"No space left on device\): make room"):
            load()
    load()
    path = next((tmp_path / "bulk").glob("000002/passages/*/*.parquet"))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(IndexDamaged, match=r"delete the folder .*000002 and run"):
        load(rebuild=True)
    with pytest.raises(IndexDamaged, match=r"terms/.* is damaged .*delete the folder .*/bulk/terms and run"):
        terms = next((tmp_path / "bulk").glob("terms/*/*.parquet"))
        terms.write_bytes(b"PAR1")
        list(read_rows(tmp_path / "bulk" / TERMS, name=TERMS, layout=Layout(), dimension=64))
    shutil.rmtree(tmp_path / "bulk" / TERMS)
    lost = json.loads((path.parents[2] / "part.json").read_text())["rows"][PASSAGES]
    shutil.rmtree(path.parents[2])  # of cho.jsonl, too, which goes on in the next
    report = load(rebuild=True)
    assert lost <= report.embedded < report.passages == 17
    _, sent = inserted(monkeypatch)
    assert_same_rows(rows_in(tmp_path / "bulk"), sent)


def test_without_its_libraries_the_remedy_is_named(load, monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus.bulk_writer", None)
    with pytest.raises(ModelNotFound, match=r"pip install 'hoidap\[bulk\]'"):
        load()
