"""Files over HTTP: articles that users add and remove, and conversations that they take away.

Takes what the page works with, gives routes::

    POST   /uploads              files as multipart/form-data; one JSON object a line tells what became of each
    DELETE /uploads?article=ID   a file that was added
    GET    /conversations/ID.md  and .json, .html

Leaves out who may call them: see :mod:`ui.gate`.
"""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from index.build import index_uploads
from index.errors import HoidapError
from index.uploads import LARGEST, PREFIX, add_upload, file_of, remove_upload, settle_upload
from qa.message import Message
from ui.exports import EXPORTS
from ui.language import say_message, speaking
from ui.page_language import page_language
from ui.problems import problem
from ui.refusal import NOT_SERVED, refuse
from ui.unread import unread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from index.report import BuildReport
    from ui.conversations import Conversations
    from ui.language import Language

MOST_FILES = 50
"""Files of one request."""
_LARGEST_REQUEST = 4 * LARGEST  # bytes
_TOO_MUCH = Message(
    "Mỗi lần thêm được tối đa {} tệp, cả thảy {} MB: hãy thêm ít hơn.",
    (str(MOST_FILES), str(_LARGEST_REQUEST // 1_000_000)),
)


def upload_routes(folder: Path, *, update: Callable[..., BuildReport] = index_uploads) -> list[Route]:
    """The routes that change the articles.

    :param folder: of the index.
    :param update: brings the index up to date; see :func:`index.build.index_uploads`.
    """
    writing = threading.Lock()  # one after the other, instead of telling the second that the index is locked

    async def add(request: Request) -> ASGIApp:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or "transfer-encoding" in request.headers:  # in chunks, it may never end
            raise HTTPException(411)
        if int(length) > _LARGEST_REQUEST:
            return refuse(413, _TOO_MUCH)
        language = page_language(request.scope)
        try:
            async with request.form(max_files=MOST_FILES, max_fields=0) as form:
                files = [file for file in form.getlist("file") if isinstance(file, UploadFile)]
                with speaking(language):
                    kept = await run_in_threadpool(_keep, folder, files, writing)
        except HTTPException:
            return refuse(400, _TOO_MUCH)
        told = _lines(kept, folder, update, writing, language=language)
        return StreamingResponse(told, media_type="application/x-ndjson")

    def remove(request: Request) -> ASGIApp:
        identifier = request.query_params.get("article", "")
        try:
            with writing:
                remove_upload(folder, identifier)
                update(index=folder)
        except HoidapError as error:
            return refuse(409, problem(error))
        return JSONResponse({"removed": identifier})

    return [
        Route("/uploads", add, methods=["POST"]),
        Route("/uploads", remove, methods=["DELETE"]),
    ]


def _keep(folder: Path, files: list[UploadFile], writing: threading.Lock) -> list[dict[str, Any]]:
    """Keep the files; what became of each, in their order."""
    told: list[dict[str, Any]] = []
    for file in files:
        name = file.filename or ""
        try:
            with writing:  # a file of this name that could not be read is discarded before, not this one
                identifier = add_upload(folder, file.file, name=name, size=file.size or 0)
            told.append({"file": name, "article": identifier})
        except HoidapError as error:
            told.append({"file": name, "error": say_message(problem(error))})
    return told


async def _lines(
    kept: list[dict[str, Any]],
    folder: Path,
    update: Callable[..., BuildReport],
    writing: threading.Lock,
    *,
    language: Language,
) -> AsyncIterator[str]:
    """What became of each file, then how far the index is, then what could not be read; a JSON object a line."""
    for one in kept:
        yield _line(one)
    told: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()

    added = dict.fromkeys(one["article"] for one in kept if "article" in one)

    def settle(*, unreadable: Collection[str]) -> bool:
        return any([settle_upload(folder, one, readable=one not in unreadable) for one in added])

    def work() -> None:
        try:
            with writing:
                try:
                    report = update(index=folder, progress=_Steps(told.put))
                except HoidapError:
                    settle(unreadable=())  # they are read by the next run
                    raise
                if settle(unreadable=report.unread):
                    settled = update(index=folder)
                    report = replace(report, articles=settled.articles, passages=settled.passages)
            new = {*added, *report.unread}  # lines of a file that was added before are told of by every run
            for unread_file in report.problems:
                if unread_file.path.startswith(PREFIX) and file_of(unread_file.path) in new:
                    told.put({"article": unread_file.path, "error": unread(unread_file.reason)})
            told.put({"articles": report.articles, "passages": report.passages})
        except HoidapError as error:
            told.put({"error": say_message(problem(error))})
        finally:
            told.put(None)

    with speaking(language):  # the thread takes the language along
        worker = asyncio.create_task(asyncio.to_thread(work))
    while (step := await asyncio.to_thread(told.get)) is not None:
        yield _line(step)
    await worker


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


class _Steps:
    """Progress of the indexer as JSON values.

    :param tell: takes ``{"done", "found"}``, passages so far.
    """

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell
        self._done = 0
        self._found = 0

    def files(self, *, done: int = 0, total: int | None = None) -> None:
        """Nothing: passages are what takes time."""

    def passages(self, *, done: int = 0, found: int = 0) -> None:
        """Passages embedded, and passages that were found and wait to be."""
        self._done += done
        self._found += found
        self._tell({"done": self._done, "found": self._found})


def export_routes(conversations: Conversations, *, owner_of: Callable[[Request], str]) -> list[Route]:
    """The route that gives a conversation to its owner.

    :param owner_of: who asks.
    """

    def export(request: Request) -> ASGIApp:
        identifier, suffix = request.path_params["conversation"], request.path_params["suffix"]
        owner = owner_of(request)
        try:
            found = conversations.find(identifier, owner=owner)
            turns = conversations.turns(identifier, owner=owner)
        except HoidapError as error:
            return refuse(503, problem(error))
        if found is None or suffix not in EXPORTS:
            return refuse(404, NOT_SERVED)
        media_type, write = EXPORTS[suffix]
        with speaking(page_language(request.scope)):
            text = write(found, turns)
        shown = "inline" if suffix == "html" else "attachment"
        name = quote(f"{found.title[:60]}.{suffix}", safe="")
        headers = {"Content-Disposition": f"{shown}; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
        return Response(text, media_type=f"{media_type}; charset=utf-8", headers=headers)

    return [Route("/conversations/{conversation}.{suffix}", export)]
