"""What a collection holds and answers, whichever way it was filled."""

from __future__ import annotations

import json

import numpy as np

from index.milvus.database import Database
from index.milvus.manifest import Manifest
from index.milvus.parts import Recipe, open_parts
from index.milvus.schema import ARTICLES, FILES, PASSAGES, SHORT_FORMS, TERMS
from index.milvus.search import MilvusIndex
from tests.fakes import BagEncoder
from tests.index.milvus.test_search import FILTERS, QUESTIONS

FILLED = (ARTICLES, SHORT_FORMS, FILES, TERMS, PASSAGES)


def rows_in(folder, *, bm25="weights"):
    recipe = Recipe("bag", BagEncoder().dimension, bm25)
    recipe = Recipe(**json.loads((folder / "run.json").read_text()) | {"dimension": recipe.dimension})
    with open_parts(folder, recipe, mean_length=lambda: 0) as parts:
        return {name: list(parts.rows(name)) for name in FILLED}


def by_key(rows):
    keyed = {row["key"]: row for row in rows}
    assert len(keyed) == len(rows)  # none twice
    return keyed


def assert_same_rows(found, expected):
    """All values equal, of the same types, vectors bit for bit."""
    for name in FILLED:
        assert by_key(found[name]) == expected[name], name
    for key, row in by_key(found[PASSAGES]).items():
        assert np.float32(row["vector"]).tobytes() == np.float32(expected[PASSAGES][key]["vector"]).tobytes()
        assert {name: type(value) for name, value in row.items()} == {
            name: type(value) for name, value in expected[PASSAGES][key].items()
        }


def everything(place):
    """All rows of all tables, and the keys of the passages of each partition."""
    from pymilvus import MilvusClient

    database = Database.connect(place)
    manifest = Manifest.read(database)
    fields = {
        ARTICLES: ["key", "file", "id", "title", "source", "published", "passages", "pieces"],
        SHORT_FORMS: ["key", "file", "short", "long", "folded_short", "folded_long", "defined"],
        FILES: ["key", "path", "sha256", "whole"],
        TERMS: ["key", "count"],
        PASSAGES: [
            "key",
            "file",
            "article",
            "id",
            "start",
            "end",
            "sentences",
            "published",
            "year",
            "named",
            "vector",
        ],
    }
    fields[PASSAGES] += ["weights"] if manifest.layout.bm25 == "weights" else ["terms"]
    rows = {
        name: sorted(
            ({one: row[one] for one in fields[name]} for row in database.every(name, fields=fields[name])),
            key=lambda row: row["key"],
        )
        for name in FILLED
    }
    database.close()
    client = MilvusClient(place.uri)
    passages = place.part(PASSAGES)
    client.load_collection(passages)
    partitions = {
        name: sorted(
            row["key"]
            for row in client.query(
                passages, filter="", limit=999, output_fields=["key"], partition_names=[name]
            )
        )
        for name in client.list_partitions(passages)
    }
    client.close()
    return manifest, rows, partitions


def answers(place):
    index = MilvusIndex.open(place, load=lambda _: BagEncoder())
    found = [
        [
            (hit.article, hit.start, hit.end, hit.sentences, hit.score, hit.bm25_rank, hit.dense_rank)
            for hit in hits
        ]
        for hits in (index.search(question, k=8, **filters) for question in QUESTIONS for filters in FILTERS)
    ]
    summaries, forms = index.articles(), index.short_forms(shorts=["UBKT"])
    index.close()
    return found, summaries, forms
