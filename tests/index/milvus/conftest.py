"""Collections in Milvus Lite, in files that are gone after the test."""

from __future__ import annotations

import pytest

from index.build import build_index
from index.milvus.place import Place
from index.search import Index


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
