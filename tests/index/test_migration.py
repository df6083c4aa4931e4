"""An index of an older format is told from one of this; the next run reads every article anew, with the old vectors."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from index.build import build_index, index_uploads
from index.errors import IndexMismatch
from index.generation import current_name
from index.search import Index
from index.store import FORMAT, Store
from index.terms import term_ids
from tests.fakes import BagEncoder

OLDER = range(1, FORMAT)


@pytest.fixture
def old(tmp_path, folder, encoder, request):
    """An index as an older format left it, with other terms than those of today."""
    state = tmp_path / "state"
    build_index([folder], index=state, load=lambda _: encoder)
    with closing(sqlite3.connect(state / Store.NAME)) as connection, connection:
        connection.execute("DROP INDEX passages_article")
        if request.param < 2:
            connection.execute("DROP TABLE short_forms")
        if request.param < 3:
            for table in ("articles", "passages"):
                connection.execute(f"ALTER TABLE {table} DROP COLUMN checksum")
        empty = term_ids(["cầu"]).tobytes()
        connection.execute("UPDATE passages SET term_ids = ?, term_counts = ?", (empty, b"\x01\x00"))
        connection.execute(f"PRAGMA user_version = {request.param}")
    name = current_name(state)
    manifest = state / "generations" / name / "manifest.json"
    said = manifest.read_text(encoding="utf-8").replace(f'"format": {FORMAT}', f'"format": {request.param}')
    manifest.write_text(said, encoding="utf-8")
    (state / "CURRENT").write_text(f"{name}\n", encoding="utf-8")
    return state


@pytest.mark.parametrize("old", OLDER, indirect=True)
def test_reading_an_older_index_names_the_command_that_updates_it(old, encoder):
    with pytest.raises(IndexMismatch, match="run `hoidap index` with the same folders"):
        Index.open(old, load=lambda _: encoder)


@pytest.mark.parametrize("old", OLDER, indirect=True)
def test_the_next_run_reads_every_article_anew(old, folder, encoder):
    (folder / "cau.txt").unlink()
    before = encoder.encoded
    report = build_index([folder], index=old, load=lambda _: encoder)
    assert (report.articles, report.changed, report.removed, report.embedded) == (2, 2, 1, 0)
    assert encoder.encoded == before
    index = Index.open(old, load=lambda _: encoder)
    assert index.search("Ngày 4 tháng 3 năm 2021 có gì?", k=1)[0].article.id == "thu-vien.txt"
    assert index.frequency(["@4.3.2021", "cầu", "sách"]).tolist() == [1, 0, 1]
    with closing(Store.open(old)) as store:
        store.check()
        indexed = store._all("SELECT name FROM pragma_index_info('passages_article')")
        assert store._all("SELECT count(*) FROM kept") == [(0,)]
    assert indexed == [("article",), ("checksum",)]
    assert build_index([folder], index=old, load=lambda _: encoder).embedded == 0


@pytest.mark.parametrize("old", [FORMAT - 1], indirect=True)
def test_what_is_read_otherwise_now_is_embedded(old, folder, encoder):
    (folder / "cau.txt").write_text("Một bài viết khác\n\nCầu dài 300 mét.\n", encoding="utf-8")
    assert build_index([folder], index=old, load=lambda _: encoder).embedded == 1


@pytest.mark.parametrize("old", [FORMAT - 1], indirect=True)
def test_a_rebuild_embeds_everything(old, folder, encoder):
    assert build_index([folder], index=old, rebuild=True, load=lambda _: encoder).embedded == 3


@pytest.mark.parametrize("old", [FORMAT - 1], indirect=True)
def test_a_file_is_not_added_to_an_older_index(old, encoder):
    with pytest.raises(IndexMismatch, match="run `hoidap index` with the same folders"):
        index_uploads(index=old, load=lambda _: encoder)


@pytest.mark.parametrize("old", [FORMAT - 1], indirect=True)
def test_an_update_that_breaks_off_is_gone_on_with(old, folder, encoder, monkeypatch):
    def power_cut(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("index.generation.switch", power_cut)
        with pytest.raises(KeyboardInterrupt):
            build_index([folder], index=old, load=lambda _: encoder)
    with pytest.raises(IndexMismatch, match="`hoidap index`"):
        Index.open(old, load=lambda _: encoder)
    before = encoder.encoded
    assert build_index([folder], index=old, load=lambda _: encoder).articles == 3
    assert encoder.encoded == before


@pytest.mark.parametrize("old", [FORMAT - 1], indirect=True)
def test_an_older_index_is_not_updated_with_another_encoder_by_mistake(old, folder):
    with pytest.raises(IndexMismatch, match="--encoder"):
        build_index([folder], index=old, load=lambda _: BagEncoder(identity="bag-2"))


@pytest.mark.parametrize("old", [FORMAT + 1], indirect=True)
def test_an_index_of_a_newer_format_is_refused(old, folder, encoder):
    with pytest.raises(IndexMismatch, match="update hoidap"):
        build_index([folder], index=old, load=lambda _: encoder)
