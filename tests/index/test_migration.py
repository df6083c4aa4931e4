"""An index of the format before is brought up to date without embedding anything again."""

from __future__ import annotations

import sqlite3

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
        connection.execute("DROP TABLE short_forms")
        empty = term_ids(["cầu"]).tobytes()
        connection.execute("UPDATE passages SET term_ids = ?, term_counts = ?", (empty, b"\x01\x00"))
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    manifest = state / "generations" / str(current_name(state)) / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(f'"format": {FORMAT}', '"format": 1'))
    return state


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


def test_an_index_of_a_newer_format_is_refused(old, folder, encoder):
    connection = sqlite3.connect(old / Store.NAME)
    with connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    with pytest.raises(IndexMismatch, match="update hoidap"):
        build_index([folder], index=old, load=lambda _: encoder)
