"""Whether a collection holds what its manifest says, for ``hoidap doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.errors import HoidapError, IndexDamaged
from index.milvus.database import Database
from index.milvus.manifest import Manifest
from index.milvus.schema import ARTICLES, PASSAGES, TERMS

if TYPE_CHECKING:
    from index.milvus.place import Place


def examine_collection(place: Place) -> tuple[dict[str, Any], HoidapError | None]:
    """The figures of a collection, and what is wrong with it.

    :returns: the figures as JSON values; the error, with its remedy, ``None`` where all is well.
    """
    figures: dict[str, Any] = {"collection": place.collection, "uri": place.uri}
    try:
        database = Database.connect(place)
        manifest = Manifest.read(database)
        rows = {name: database.count(name) for name in (ARTICLES, PASSAGES, TERMS)}
        database.close()
    except HoidapError as error:
        return figures, error
    figures |= {"generation": manifest.number, **rows, "layout": manifest.layout.dense}
    told = {ARTICLES: manifest.articles, PASSAGES: manifest.passages, TERMS: manifest.statistics.vocabulary}
    if manifest.counted and told == rows:
        return figures, None
    reason = "holds other rows than it should" if manifest.counted else "was left by a run that did not end"
    return figures, IndexDamaged(f"The collection {place} {reason}: run `hoidap index` again to mend it.")
