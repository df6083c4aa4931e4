"""A collection loaded from Parquet files is the one that inserts would have made; a broken run is gone on with."""

from __future__ import annotations

import json
import shutil

import pytest

from index.errors import IndexNotFound
from index.milvus.checkup import examine_collection
from index.milvus.database import Database
from index.milvus.layout import Layout
from index.milvus.schema import PASSAGES
from index.milvus.search import MilvusIndex
from tests.fakes import BagEncoder
from tests.index.milvus.comparing import answers, assert_same_rows, everything, rows_in

pytestmark = pytest.mark.milvus


@pytest.mark.parametrize("bm25", ["weights", "function"])
def test_the_rows_in_the_files_are_those_that_inserts_send(
    load, inserted, tmp_path, monkeypatch, small, bm25
):
    layout = Layout(bm25=bm25)
    load(layout=layout)
    assert len(list((tmp_path / "bulk").glob("0*"))) > 3
    _, sent = inserted(monkeypatch, layout)
    assert_same_rows(rows_in(tmp_path / "bulk"), sent)


@pytest.mark.parametrize("bm25", ["weights", "function"])
def test_a_collection_loaded_from_files_is_the_one_that_inserts_make(
    load, place, inserted, monkeypatch, small, bm25
):
    layout = Layout(bm25=bm25, partitions=4)
    report = load(layout=layout)
    other, _ = inserted(monkeypatch, layout)
    assert (report.generation, report.articles, report.added, report.embedded) == (1, 17, 12, report.passages)
    found, expected = everything(place), everything(other)
    assert found == expected
    assert len([keys for keys in found[2].values() if keys]) > 1  # of the partitions
    assert answers(place) == answers(other)
    assert examine_collection(place)[1] is None


def bag_encoder(_name):
    return BagEncoder()


def test_several_processes_write_the_same_rows(load, inserted, tmp_path, monkeypatch, small):
    load(workers=2, load=bag_encoder)
    _, sent = inserted(monkeypatch)
    assert_same_rows(rows_in(tmp_path / "bulk"), sent)


def test_later_runs_insert_what_changed(load, build, place, many, encoder, opened):
    load()
    encoded = encoder.encoded
    assert build().embedded == 0
    assert encoder.encoded == encoded
    (many / "cau.txt").unlink()
    (many / "moi.txt").write_text("Chợ nổi\n\nChợ nổi Sông Mây họp lúc năm giờ.\n", encoding="utf-8")
    report = build()
    assert (report.generation, report.added, report.removed, report.embedded) == (2, 1, 1, 1)
    assert examine_collection(place)[1] is None
    assert opened().search("Chợ nổi họp lúc mấy giờ?", k=1)[0].article.id == "moi.txt"


def test_a_run_that_is_broken_off_is_gone_on_with_and_embeds_nothing_twice(
    load, place, inserted, encoder, tmp_path, monkeypatch, small
):
    whole, encode = encoder.encode_passages, iter([True] * 4 + [False])

    def break_off(texts, *, progress=None):
        if not next(encode):
            raise KeyboardInterrupt
        return whole(texts, progress=progress)

    monkeypatch.setattr(encoder, "encode_passages", break_off)
    with pytest.raises(KeyboardInterrupt):
        load()  # in the middle of cho.jsonl
    with pytest.raises(IndexNotFound):
        MilvusIndex.open(place, load=lambda _: encoder)
    monkeypatch.setattr(encoder, "encode_passages", whole)
    first = encoder.encoded
    assert first == 4
    report = load()
    assert report.embedded == report.passages - first
    other, sent = inserted(monkeypatch)
    assert_same_rows(rows_in(tmp_path / "bulk"), sent)
    assert everything(place) == everything(other)


def test_a_part_that_the_machine_failed_on_is_written_again(
    load, many, inserted, tmp_path, monkeypatch, small
):
    load()
    bulk = tmp_path / "bulk"
    last = max(path for path in bulk.iterdir() if path.name.isdigit())
    lost = json.loads((last / "part.json").read_text())["rows"][PASSAGES]
    (last / "part.json").unlink()
    (many / "zzz.txt").write_text("Cuối\n\nXã Đồi 9 họp.\n", encoding="utf-8")
    report = load(rebuild=True)
    assert (report.embedded, report.generation) == (lost + 1, 2)
    measured = json.loads((bulk / "run.json").read_text())["mean_length"]
    monkeypatch.setattr("index.milvus.build.mean_length", lambda *_, **__: measured)
    _, sent = inserted(monkeypatch)
    assert_same_rows(rows_in(bulk), sent)


def test_what_changed_meanwhile_is_left_out_and_nothing_else_is_embedded(
    load, place, many, encoder, inserted, tmp_path, monkeypatch, small
):
    load()
    (many / "tin-3.txt").write_text("Tin mới\n\nXã Đồi 3 (UBKT) họp lại.\n", encoding="utf-8")
    (many / "tin-4.txt").unlink()

    def break_off(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(shutil, "rmtree", break_off)  # a part is written anew, and the old one still there
        load(rebuild=True)
    encoded = encoder.encoded
    report = load(rebuild=True)
    assert (encoded, report.embedded, report.articles) == (report.passages + 2, 0, 16)
    # by the mean length that was measured when the folder was made
    measured = json.loads((tmp_path / "bulk" / "run.json").read_text())["mean_length"]
    monkeypatch.setattr("index.milvus.build.mean_length", lambda *_, **__: measured)
    other, sent = inserted(monkeypatch)
    assert_same_rows(rows_in(tmp_path / "bulk"), sent)
    found, expected = everything(place), everything(other)
    assert found[1:] == expected[1:]
    assert found[0].statistics.terms_held == expected[0].statistics.terms_held


def test_a_load_that_is_broken_off_leaves_no_collection_and_costs_nothing(
    load, build, place, encoder, monkeypatch
):
    insert = Database.insert

    def break_off(database, name, rows):
        insert(database, name, rows)
        if name == PASSAGES:
            raise KeyboardInterrupt

    for again in (load, build):
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(Database, "insert", break_off)
            load(rebuild=True)
        assert isinstance(examine_collection(place)[1], IndexNotFound)
        encoded = encoder.encoded
        report = again()
        assert report.articles == 17
        assert encoder.encoded - encoded == (0 if again is load else report.passages)
        assert examine_collection(place)[1] is None
