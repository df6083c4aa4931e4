"""An index of the format before is brought up to date without embedding anything again."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import pytest

from index.build import build_index
from index.errors import IndexMismatch
from index.generation import current_name
from index.search import Index
from index.store import FORMAT, Store
from index.terms import term_ids


@pytest.fixture
def old(tmp_path, folder, encoder):
    """An index as format 1 left it: no abbreviations, no terms for days."""
    state = tmp_path / "state"
    build_index([folder], index=state, load=lambda _: encoder)
    connection = sqlite3.connect(state / Store.NAME)
    with connection:
        _without_checksums_in_an_index(connection)
        connection.execute("DROP TABLE short_forms")
        connection.execute("ALTER TABLE articles DROP COLUMN checksum")
        connection.execute("ALTER TABLE passages DROP COLUMN checksum")
        empty = term_ids(["cầu"]).tobytes()
        connection.execute("UPDATE passages SET term_ids = ?, term_counts = ?", (empty, b"\x01\x00"))
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    _as_of_format(state, 1)
    return state


@pytest.fixture
def before_checksums(tmp_path, folder, encoder):
    """An index as format 2 left it."""
    state = tmp_path / "state"
    build_index([folder], index=state, load=lambda _: encoder)
    connection = sqlite3.connect(state / Store.NAME)
    with connection:
        _without_checksums_in_an_index(connection)
        for table in ("articles", "passages", "short_forms"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN checksum")
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    _as_of_format(state, 2)
    return state


@pytest.fixture
def before_parts(tmp_path, folder, encoder):
    """An index as format 3 left it, its generation in one piece."""
    state = tmp_path / "state"
    build_index([folder], index=state, load=lambda _: encoder)
    connection = sqlite3.connect(state / Store.NAME)
    with connection:
        _without_checksums_in_an_index(connection)
        connection.execute("PRAGMA user_version = 3")
    connection.close()
    _as_of_format(state, 3)
    generation = state / "generations" / current_name(state)
    for path in list((generation / "base").iterdir()):
        path.rename(generation / path.name)
    (generation / "base").rmdir()
    manifest = hashlib.sha256((generation / "manifest.json").read_bytes()).hexdigest()
    (state / "CURRENT").write_text(f"{generation.name} {manifest}\n", encoding="utf-8")
    return state


def _without_checksums_in_an_index(connection):
    connection.execute("DROP INDEX passages_article")
    connection.execute("CREATE INDEX passages_article ON passages (article)")


def _as_of_format(state, version):
    """The manifest and ``CURRENT`` as that version wrote them, before it had checksums."""
    name = current_name(state)
    manifest = state / "generations" / name / "manifest.json"
    said = manifest.read_text(encoding="utf-8").replace(f'"format": {FORMAT}', f'"format": {version}')
    manifest.write_text(said, encoding="utf-8")
    (state / "CURRENT").write_text(f"{name}\n", encoding="utf-8")


def test_reading_an_older_index_names_the_command_that_updates_it(old, encoder):
    with pytest.raises(IndexMismatch, match="`hoidap index`"):
        Index.open(old, load=lambda _: encoder)


def test_the_next_run_updates_terms_and_abbreviations_and_embeds_nothing(old, folder, encoder):
    before = encoder.encoded
    report = build_index([folder], index=old, load=lambda _: encoder)
    assert (report.embedded, encoder.encoded) == (0, before)
    index = Index.open(old, load=lambda _: encoder)
    assert index.search("Ngày 4 tháng 3 năm 2021 có gì?", k=1)[0].article.id == "thu-vien.txt"
    assert index.frequency(["@4.3.2021", "cầu", "sách"]).tolist() == [1, 1, 1]
    assert index.short_forms(shorts=["ubnd"]) == ()


def test_an_index_without_checksums_gets_them_and_embeds_nothing(before_checksums, folder, encoder):
    with pytest.raises(IndexMismatch, match="`hoidap index`"):
        Index.open(before_checksums, load=lambda _: encoder)
    before = encoder.encoded
    assert build_index([folder], index=before_checksums, load=lambda _: encoder).embedded == 0
    assert encoder.encoded == before
    index = Index.open(before_checksums, load=lambda _: encoder)
    assert "240 mét" in index.search("Cầu Đá Bạc dài bao nhiêu mét?", k=1)[0].text
    with closing(Store.open(before_checksums)) as store:
        store.check()


def test_an_index_in_one_piece_is_written_in_parts_and_embeds_nothing(before_parts, folder, encoder):
    with pytest.raises(IndexMismatch, match="`hoidap index`"):
        Index.open(before_parts, load=lambda _: encoder)
    before = encoder.encoded
    assert build_index([folder], index=before_parts, load=lambda _: encoder).embedded == 0
    assert encoder.encoded == before
    index = Index.open(before_parts, load=lambda _: encoder)
    assert "240 mét" in index.search("Cầu Đá Bạc dài bao nhiêu mét?", k=1)[0].text
    with closing(Store.open(before_parts)) as store:
        store.check()
        indexed = store._all("SELECT name FROM pragma_index_info('passages_article')")
    assert indexed == [("article",), ("checksum",)]


def test_an_index_of_a_newer_format_is_refused(old, folder, encoder):
    connection = sqlite3.connect(old / Store.NAME)
    with connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    with pytest.raises(IndexMismatch, match="update hoidap"):
        build_index([folder], index=old, load=lambda _: encoder)
