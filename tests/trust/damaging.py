"""Flips and cuts bytes in every file of an index, and tells what opening, checking and mending make of it.

A program, not a test: it forks for each damage, so that an interpreter that crashes is seen as one.
``python -m tests.trust.damaging --each N --seed S --scratch DIR`` prints one JSON object a damage.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from index import generation
from index.errors import HoidapError
from index.search import Index
from index.store import Store
from tests.fakes import BagEncoder
from tests.trust.crashing import forked, keep_base, run, snapshot, write_articles

if TYPE_CHECKING:
    from collections.abc import Iterator


def damages(size: int, draw: random.Random, *, each: int) -> Iterator[tuple[str, int, bytes]]:
    """Name, place and new bytes of ``each`` damages of every kind to a file of that size; a place of -1 cuts it."""
    for _ in range(each):
        yield "bit", draw.randrange(max(1, size)), bytes((1 << draw.randrange(8),))
        yield "bytes", draw.randrange(max(1, size)), draw.randbytes(16)
        yield "zeros", draw.randrange(max(1, size)), bytes(512)
        yield "cut", -1, bytes(draw.randrange(max(1, size)))
    yield "emptied", -1, b""


def damage(path: Path, kind: str, place: int, data: bytes) -> None:
    whole = path.read_bytes()
    if kind == "bit":
        path.write_bytes(whole[:place] + bytes((whole[place] ^ data[0],)) + whole[place + 1 :])
    elif place < 0:
        path.write_bytes(whole[: len(data)])
    else:
        path.write_bytes((whole[:place] + data + whole[place + len(data) :])[: len(whole)])


def message_of_snapshot(state: Path) -> object:
    """What the index says, or the sentence that it opens or answers with."""
    said = snapshot(state)
    if "error" not in said:
        return said
    try:
        index = Index.open(state, load=lambda _: BagEncoder())
        for summary in index.articles():
            index.article(summary.id)
        for question in ("Cầu dài bao nhiêu mét?", "Thư viện có bao nhiêu sách?", "Ai thiết kế?"):
            index.search(question, k=3)
    except HoidapError as error:
        return {**said, "message": str(error)}
    return said


def texts_of(state: Path) -> dict[str, str]:
    index = Index.open(state, load=lambda _: BagEncoder())
    return {one.id: index.article(one.id).text for one in index.articles()}


def invented(said: dict[str, list[list[list[object]]]], texts: dict[str, str]) -> list[object]:
    """What was found and does not stand so in the articles."""
    return [
        [id, start, end, text]
        for found in said["found"]
        for id, start, end, text in found
        if texts.get(id, "")[start:end] != text
    ]


def checked(state: Path) -> str | None:
    """What ``hoidap doctor`` says of the index."""
    try:
        generation.check(state)
        Index.open(state, load=lambda _: BagEncoder()).close()
        with closing(Store.open(state)) as store:
            store.check()
    except HoidapError as error:
        return str(error)
    return None


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--each", type=int, required=True)
    arguments.add_argument("--seed", type=int, required=True)
    arguments.add_argument("--scratch", type=Path, required=True)
    arguments.add_argument(
        "--large", action="store_true", help="take every file of a generation for a large one"
    )
    given = arguments.parse_args()
    os.chdir(given.scratch)
    keep_base()  # so that there is a file of every kind
    if given.large:
        generation._CHECKED = 0
    draw = random.Random(given.seed)
    before, articles, whole, kept, state = map(Path, ("before", "articles", "whole", "kept", "state"))
    write_articles(before, "old")
    write_articles(articles, "incremental")

    def build_with_log() -> None:
        """A reader in the middle of something keeps the last commits in the log of the database."""
        run(before, whole)
        with closing(sqlite3.connect(whole / Store.NAME, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM articles").fetchone()
            run(articles, whole)
            shutil.copytree(whole, kept)

    forked(build_with_log)
    truth = forked(lambda: snapshot(whole))[1]
    texts = forked(lambda: texts_of(whole))[1]
    whole = kept
    live = (whole / "CURRENT").read_text(encoding="utf-8").split()[0]
    files = sorted(
        path.relative_to(whole)
        for path in whole.rglob("*")
        if path.is_file() and path.stat().st_size and ("generations" not in path.parts or live in path.parts)
    )
    for file in files:
        times = 8 if file.suffix in (".db", ".db-wal") else 1  # these are the truth
        for kind, place, data in damages((whole / file).stat().st_size, draw, each=times * given.each):
            shutil.rmtree(state, ignore_errors=True)
            shutil.copytree(whole, state)
            damage(state / file, kind, place, data)
            opened, said = forked(lambda: message_of_snapshot(state))
            doctor, finding = forked(lambda: checked(state))
            message = (said or {}).get("message") or finding
            mended = None
            if message:
                rebuild = "--rebuild" in message
                forked(lambda rebuild=rebuild: run(articles, state, rebuild=rebuild))
                mended = [forked(lambda: snapshot(state))[1] == truth, forked(lambda: checked(state))[1]]
            told = {
                "file": file.as_posix(),
                "damage": f"{kind} at {place if place >= 0 else len(data)}",
                "crashed": [opened, doctor] if opened or doctor else None,
                "answers": said == truth,
                "invented": invented(said, texts) if said and "found" in said else [],
                "error": (said or {}).get("error"),
                "message": message,
                "mended": mended,
            }
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
