"""Collections in Milvus Lite, in files that are gone after the test."""

from __future__ import annotations

import json

import pytest

from index.build import build_index
from index.milvus import bulk, reading
from index.milvus.place import Place
from index.search import Index
from tests.fakes import BagEncoder


@pytest.fixture
def place(tmp_path):
    return Place(str(tmp_path / "lite.db"), "thu")


@pytest.fixture
def build(place, folder, encoder):
    """Index the folder, or other paths."""
    from index.milvus.build import build_collection

    def run(*paths, **options):
        options.setdefault("load", lambda _: encoder)
        return build_collection(paths or [folder], place=place, **options)

    return run


@pytest.fixture
def opened(place, encoder):
    """Open the collection as it is now."""
    from index.milvus.search import MilvusIndex

    opened = []

    def open_it():
        opened.append(MilvusIndex.open(place, load=lambda _: encoder))
        return opened[-1]

    yield open_it
    for one in opened:
        one.close()


@pytest.fixture
def local(tmp_path, folder, encoder):
    """A local index of the folder as it is now: what everything is compared with."""

    def build_and_open():
        build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
        return Index.open(tmp_path / "state", load=lambda _: encoder)

    return build_and_open


@pytest.fixture
def many(folder):
    """More articles than one, in a file of their own too, over several years."""
    for number in range(8):
        (folder / f"tin-{number}.txt").write_text(
            f"Tin số {number}\n\n{number + 1}/6/{2019 + number % 4}\n\n"
            f"Ủy ban kiểm tra (UBKT) xã Đồi {number} họp về cầu, chợ và thư viện; có {number * 7} đại biểu dự.\n",
            encoding="utf-8",
        )
    lines = "".join(
        json.dumps({"id": n, "text": f"Chợ Đồi {n} họp. UBKT dự 😀.", "date": f"2021-0{n + 1}-05"}) + "\n"
        for n in range(6)
    )
    (folder / "cho.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture
def load(place, many, encoder, tmp_path):
    """Load the collection from the folder, or from other paths, by way of files."""

    from index.milvus.bulk import bulk_load

    def run(*paths, **options):
        options = {"place": place, "folder": tmp_path / "bulk", "load": lambda _: encoder} | options
        return bulk_load(paths or [many], **options)

    return run


@pytest.fixture
def inserted(tmp_path, many):
    """The place of a collection of the same folder, filled by inserts, and every row that was sent for it."""

    from index.milvus.build import build_collection
    from index.milvus.database import Database
    from index.milvus.schema import TABLES

    def fill(monkeypatch, layout=None):
        sent = {name: {} for name in TABLES}
        other = Place(str(tmp_path / "inserted.db"), "xen")
        with monkeypatch.context() as patched:
            for method in ("insert", "upsert"):
                whole = getattr(Database, method)

                def spy(database, name, rows, whole=whole):
                    rows = list(rows)
                    sent[name].update({row["key"]: row for row in rows})
                    whole(database, name, rows)

                patched.setattr(Database, method, spy)
            build_collection([many], place=other, layout=layout, load=lambda _: BagEncoder())
        return other, sent

    return fill


@pytest.fixture
def small(monkeypatch):
    """Each article a batch, three passages a part."""
    monkeypatch.setattr(reading, "_BATCH", 1)
    monkeypatch.setattr(bulk, "_PASSAGES", 3)
