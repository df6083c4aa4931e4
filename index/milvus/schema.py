"""What a collection is made of in Milvus: six tables, which are Milvus collections named after ours.

::

    passages      one row a passage: its place, its vector, its terms, and what filters look at
    articles      one row an article: what is shown of it, and its text in pieces
    files         one row a file version that was read, by path and checksum
    terms         one row a term: how many passages hold it
    short_forms   one row an abbreviation that a file explains
    state         one row: the manifest

Everything that belongs to a file carries the file's key, so that a file is deleted by one expression a table.  A row
never changes, except in the last of them, in ``terms`` and in ``files``.  Leaves out what stands in the rows: see
:mod:`index.milvus.rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.milvus.weights import channel

if TYPE_CHECKING:
    from index.milvus.layout import Layout

PASSAGES, ARTICLES, FILES = "passages", "articles", "files"
TERMS, SHORT_FORMS, STATE = "terms", "short_forms", "state"
TABLES = (PASSAGES, ARTICLES, FILES, TERMS, SHORT_FORMS, STATE)

LONGEST = 65_535
"""Bytes of UTF-8 in a VARCHAR, by Milvus's limits."""
MOST_PIECES = 4_096
"""Members of an ARRAY, likewise."""
NO_VECTOR = [0.0, 0.0]
"""Fills the vector that Milvus wants in every table."""

_INDEXED = {
    PASSAGES: ("file", "id", "published"),
    ARTICLES: ("file", "id"),
    SHORT_FORMS: ("file", "folded_short", "folded_long"),
}
"""Fields that are looked up by value."""


def table(name: str, *, layout: Layout, dimension: int) -> tuple[Any, Any]:
    """The schema of a table and the parameters of its indexes, as pymilvus takes them.

    :param dimension: of the vectors of passages.
    """
    from pymilvus import DataType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    indexes = MilvusClient.prepare_index_params()
    schema.add_field("key", DataType.INT64, is_primary=True)
    _FIELDS[name](schema, DataType)
    if name == PASSAGES:
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        indexes.add_index(
            field_name="vector", index_type=layout.dense, metric_type="IP", params=layout.built_with
        )
        channel(layout).add_fields(schema, indexes)
    else:
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=len(NO_VECTOR))
        indexes.add_index(field_name="vector", index_type="FLAT", metric_type="IP")
    for field in _INDEXED.get(name, ()):
        indexes.add_index(field_name=field, index_type="INVERTED")
    return schema, indexes


def _passages(schema: Any, types: Any) -> None:
    schema.add_field("file", types.INT64)
    schema.add_field("article", types.INT64)
    schema.add_field("id", types.VARCHAR, max_length=LONGEST)
    schema.add_field("start", types.INT64)
    schema.add_field("end", types.INT64)
    schema.add_field("sentences", types.ARRAY, element_type=types.INT64, max_capacity=MOST_PIECES)
    schema.add_field("published", types.INT64)
    schema.add_field("year", types.INT64, is_partition_key=True)
    schema.add_field("named", types.VARCHAR, max_length=LONGEST)


def _articles(schema: Any, types: Any) -> None:
    schema.add_field("file", types.INT64)
    schema.add_field("id", types.VARCHAR, max_length=LONGEST)
    schema.add_field("title", types.VARCHAR, max_length=LONGEST)
    schema.add_field("source", types.VARCHAR, max_length=LONGEST)
    schema.add_field("published", types.INT64)
    schema.add_field("passages", types.INT64)
    schema.add_field(
        "pieces",
        types.ARRAY,
        element_type=types.VARCHAR,
        max_length=LONGEST,
        max_capacity=MOST_PIECES,
    )


def _files(schema: Any, types: Any) -> None:
    schema.add_field("path", types.VARCHAR, max_length=LONGEST)
    schema.add_field("sha256", types.VARCHAR, max_length=64)
    schema.add_field("whole", types.BOOL)


def _terms(schema: Any, types: Any) -> None:
    schema.add_field("count", types.INT64)


def _short_forms(schema: Any, types: Any) -> None:
    schema.add_field("file", types.INT64)
    for name in ("short", "long", "folded_short", "folded_long"):
        schema.add_field(name, types.VARCHAR, max_length=LONGEST)
    schema.add_field("defined", types.BOOL)


def _state(schema: Any, types: Any) -> None:
    schema.add_field("number", types.INT64)
    schema.add_field("manifest", types.VARCHAR, max_length=LONGEST)


_FIELDS = {
    PASSAGES: _passages,
    ARTICLES: _articles,
    FILES: _files,
    TERMS: _terms,
    SHORT_FORMS: _short_forms,
    STATE: _state,
}
