"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from index.errors import UsageError
from index.milvus.place import Place

DEFAULT_INDEX = Path(".hoidap")
IndexFolder = Annotated[
    Path, typer.Option("--index", metavar="DIR", envvar="HOIDAP_INDEX", help="Folder of the index.")
]
EngineName = Annotated[
    Literal["local", "milvus"],
    typer.Option("--engine", envvar="HOIDAP_ENGINE", help="A folder on this machine, or Milvus."),
]
Uri = Annotated[
    str | None,
    typer.Option("--uri", envvar="HOIDAP_URI", help="Where Milvus is: http://HOST:19530, or FILE.db."),
]
Token = Annotated[
    str, typer.Option("--token", envvar="HOIDAP_TOKEN", help="What Milvus lets one in with: USER:PASSWORD.")
]
Collection = Annotated[
    str,
    typer.Option("--collection", envvar="HOIDAP_COLLECTION", help="What the collection in Milvus is called."),
]
LayoutText = Annotated[
    str | None,
    typer.Option("--layout", metavar="JSON", help="Of a new collection in Milvus; see docs/scale.md."),
]
WorkersText = Annotated[
    str | None,
    typer.Option("--workers", metavar="N|ray", help="Processes that encode for Milvus, or a Ray cluster."),
]
Bulk = Annotated[
    Path | None,
    typer.Option(
        "--bulk",
        metavar="FOLDER",
        help="Load Milvus at first from Parquet files in FOLDER; see docs/scale.md.",
    ),
]
Bucket = Annotated[
    str | None,
    typer.Option("--bucket", metavar="PATH", help="Where FOLDER was copied to in the bucket of the cluster."),
]

Cautious = Annotated[
    Literal["balanced", "strict"],
    typer.Option("--caution", help="How sure an answer must be: balanced, or strict, which is rarely wrong."),
]
Dense = Annotated[
    Literal["auto", "flat", "ivf", "hnsw"] | None,
    typer.Option("--dense", help="How vectors are searched; default: as before, at first by their number."),
]


def where(
    index: Path, *, engine: Literal["local", "milvus"], uri: str | None, token: str, collection: str
) -> Path | Place:
    """What the options above name.

    :raises UsageError: Milvus is asked for without an address, or the other way round.
    """
    if engine == "local":
        if uri is not None:
            raise UsageError("--uri goes with --engine milvus: give both, or neither.")
        return index
    if uri is None:
        raise UsageError(
            "--engine milvus needs to know where: give --uri http://HOST:19530, or --uri FILE.db."
        )
    return Place(uri, collection, token)
