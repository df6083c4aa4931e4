"""Parquet files that lie in a cluster's own bucket → rows of a table, by the cluster's import jobs.

Milvus Lite has no such jobs.  What is asked goes over HTTP, to the address that the client talks to as well.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.errors import EngineFailed
from index.milvus.parquet import bulk_writer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.milvus.place import Place

_FILES = 1_024  # a job: dataCoord.import.maxImportFileNumPerReq of Milvus
_ASKED_EVERY = 2.0  # seconds


def import_files(place: Place, name: str, paths: Iterable[str]) -> None:
    """Have files imported, and wait until they are.

    :param name: of the table.
    :param paths: in the bucket, from its root.
    :raises EngineFailed: Milvus does not know import jobs, or one failed.
    """
    library = bulk_writer()
    remaining = iter(paths)
    jobs = []
    while some := list(islice(remaining, _FILES)):
        files = [[path] for path in some]
        told = _asked(
            library.bulk_import, "jobId", place, name, collection_name=place.part(name), files=files
        )
        jobs.append(str(told["jobId"]))
    for job in jobs:
        _wait(library.get_import_progress, place, name, job)


def _wait(ask: Any, place: Place, name: str, job: str) -> None:
    while (told := _asked(ask, "state", place, name, job_id=job))["state"] != "Completed":
        if told["state"] == "Failed":
            raise _failed(place, name, str(told.get("reason", "")))
        time.sleep(_ASKED_EVERY)


def _asked(ask: Any, needed: str, place: Place, name: str, **what: Any) -> dict[str, Any]:
    """The data of an answer.

    :param ask: a function of ``pymilvus.bulk_writer``.
    :param needed: a field of the answer.
    """
    from pymilvus.exceptions import MilvusException

    address = urlsplit(place.uri)
    url = f"{address.scheme}://{address.netloc}"
    database = address.path.strip("/").partition("/")[0]  # as pymilvus's client reads it
    try:
        answer = ask(url=url, api_key=place.token, db_name=database, **what)
        data: dict[str, Any] = answer.json()["data"]
        data[needed]
    except MilvusException as error:
        raise _failed(place, name, str(error.message)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _failed(place, name, f"its answer is none, {error!r}") from error
    return data


def _failed(place: Place, name: str, reason: str) -> EngineFailed:
    reason = " ".join(reason.split())[:300]
    return EngineFailed(
        f"Milvus at {place.uri} cannot import the files of {name} ({reason}): see that the folder of --bulk lies in "
        "its bucket as it is now, at the path that --bucket says, and run the command again."
    )
