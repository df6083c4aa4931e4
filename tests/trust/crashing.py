"""Runs the indexer in processes that are killed or run out of room, and tells what the index is afterwards.

A program, not a test: it imports the libraries once and forks from there, so that a point costs a fraction of a
second.  ``python -m tests.trust.crashing KIND TROUBLE --points N --seed S --scratch DIR`` prints a JSON object a point:
what happened, the state that was left, whether the next run succeeded and the state after that.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from index import approximate, build, dense, generation, migration, part, postings, publishing, store, writer
from index.build import build_index
from index.errors import HoidapError
from index.search import Index
from tests.fakes import BagEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

QUESTIONS = ("Cầu dài bao nhiêu mét?", "Thư viện có bao nhiêu sách?", "Ai thiết kế?")
WRITING = {
    module.__file__
    for module in (
        approximate,
        build,
        dense,
        generation,
        migration,
        part,
        postings,
        publishing,
        store,
        writer,
    )
}
KINDS = ("full", "incremental", "deleting", "rebuild", "kept")


def article(name: str, number: int) -> str:
    lines = [f"Khánh thành cầu số {number} ở {name}", "", f"{1 + number % 28}/11/2022", ""]
    for line in range(4):
        lines.append(f"Cầu {name} dài {100 + 7 * number + line} mét do ông Phan Văn Lộc {line} thiết kế.")
        lines.append(f"Thư viện cạnh cầu có {1000 + number * line} đầu sách, mở cửa lúc {line + 7} giờ.")
    return "\n".join(lines) + "\n"


def write_articles(folder: Path, kind: str) -> None:
    """The articles as they were (``old``), or as they are when the run under test starts."""
    folder.mkdir(parents=True)
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(article(f"xã {number}", number), encoding="utf-8")
    if kind in ("incremental", "rebuild"):
        for number in (3, 7):
            (folder / f"{number:02}.txt").write_text(article(f"phường {number}", 50 + number), "utf-8")
        (folder / "moi.txt").write_text(article("phố Mới", 99), encoding="utf-8")
    if kind == "kept":
        (folder / "02.txt").write_text(article("phường 2", 52), encoding="utf-8")
    if kind in ("incremental", "deleting", "kept"):
        for number in (1, 5, 10):
            (folder / f"{number:02}.txt").unlink()


def keep_base() -> None:
    """From here on a generation takes the base of the one before, as that of a large index does."""
    publishing.KEPT_FROM = 1
    publishing.MOST_CHANGED = 10.0


def run(articles: Path, state: Path, *, rebuild: bool = False) -> None:
    build_index([articles], index=state, load=lambda _: BagEncoder(), rebuild=rebuild)


def snapshot(state: Path) -> object:
    """Everything that the index says: its articles, and what it finds; or the error that it opens with."""
    try:
        index = Index.open(state, load=lambda _: BagEncoder())
        said = {
            "articles": {one.id: index.article(one.id).sha256 for one in index.articles()},
            "found": [
                [(hit.article.id, hit.start, hit.end, hit.text) for hit in index.search(asked, k=3)]
                for asked in QUESTIONS
            ],
        }
        index.close()
    except HoidapError as error:
        return {"error": type(error).__name__}
    return said


def forked(work: Callable[[], object]) -> tuple[int, object]:
    """The wait status of a child that calls ``work``, and what that gave, through a pipe."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        status = 70
        try:
            os.close(receive)
            said = work()
            with os.fdopen(send, "w", encoding="utf-8") as pipe:
                json.dump(said, pipe)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(send)
    with os.fdopen(receive, encoding="utf-8") as pipe:
        said = pipe.read()
    return os.waitpid(child, 0)[1], json.loads(said) if said else None


def traced(work: Callable[[], None], at_line: Callable[[int], object]) -> list[tuple[str, int]]:
    """Run ``work``, calling ``at_line`` with the number of each line of the writing modules; those lines."""
    seen: list[tuple[str, int]] = []

    def trace(frame: FrameType, event: str, _: object) -> object:
        if frame.f_code.co_filename not in WRITING:
            return None
        if event == "line":
            at_line(len(seen))
            seen.append((Path(frame.f_code.co_filename).name, frame.f_lineno))
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return seen


def killed_after(work: Callable[[], object], seconds: float) -> int:
    """The wait status of a child that runs ``work`` and is killed after that time."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def kill_points(job: Callable[[], None], restore: Callable[[], None], draw: random.Random) -> Iterator[str]:
    """Kills the job again and again: in turn at a line of the writing modules, and after a while."""
    restore()
    _, lines = forked(lambda: traced(job, lambda number: None))
    numbers: dict[tuple[str, int], list[int]] = {}
    for number, line in enumerate(lines):
        numbers.setdefault(tuple(line), []).append(number)
    places = sorted(numbers)
    restore()
    started = time.monotonic()
    forked(job)
    lasts = time.monotonic() - started
    for point in count():
        restore()
        line = draw.choice(places)  # every line is as likely as any other, however often it runs
        last = draw.choice(numbers[line]) if point else len(lines) - 1
        forked(
            lambda last=last: traced(
                job, lambda number: number == last and os.kill(os.getpid(), signal.SIGKILL)
            )
        )
        yield f"killed at {line[0]}:{line[1]}, line {last} of {len(lines)}"
        restore()
        seconds = draw.uniform(0, lasts)
        killed_after(job, seconds)
        yield f"killed after {seconds:.4f} s"


def limit_points(job: Callable[[], None], restore: Callable[[], None], draw: random.Random) -> Iterator[str]:
    """No file may grow past a size, as under a quota."""
    import resource

    largest = max(path.stat().st_size for path in Path("after").rglob("*") if path.is_file())
    while True:
        size = int(largest ** draw.uniform(0.5, 1))  # small files count as much as the database

        def limited(size: int = size) -> object:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            return outcome(job)

        restore()
        yield f"files up to {size} bytes: {forked(limited)[1]}"


def room_points(job: Callable[[], None], restore: Callable[[], None], draw: random.Random) -> Iterator[str]:
    """A disk that fills up; :func:`main` runs in a namespace that may mount one."""
    state = Path("state")
    used, needed = (
        sum(-(-path.stat().st_size // 4096) for path in Path(name).rglob("*") if path.is_file())
        for name in ("before", "after")
    )
    state.mkdir(exist_ok=True)
    while True:
        pages = 1 + int(needed * draw.random() ** 3)
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={4096 * (used + pages)}", "tmpfs", str(state)], check=True
        )
        restore()
        said = forked(lambda: outcome(job))[1]
        left = forked(lambda: snapshot(state))[1]
        subprocess.run(["mount", "-o", "remount,size=64m", str(state)], check=True)
        yield f"{pages} pages left: {said}, opens with {left.get('error')}"
        subprocess.run(["umount", "--lazy", str(state)], check=True)


def permission_points(
    job: Callable[[], None], restore: Callable[[], None], draw: random.Random
) -> Iterator[str]:
    """The folder, or a part of it, may be read only, from some line of the run on."""
    restore()
    _, lines = forked(lambda: traced(job, lambda number: None))
    while True:
        restore()
        revoked = Path("state") / draw.choice((".", "generations", "hoidap.db"))
        last = draw.randrange(len(lines))

        def revoke(number: int, revoked: Path = revoked, last: int = last) -> None:
            if number == last and revoked.exists():
                revoked.chmod(0o500)

        said = forked(lambda revoke=revoke: outcome(lambda: traced(job, revoke)))[1]
        left = forked(lambda: snapshot(Path("state")))[1]
        allow(Path("state"))
        yield f"{revoked} at line {last} of {len(lines)}: {said}, opens with {left.get('error')}"


def outcome(job: Callable[[], object]) -> str:
    """How a run ends: with one of the errors that are told in a sentence, or well."""
    try:
        job()
    except HoidapError as error:
        return f"{type(error).__name__}: {error}"
    return "done"


def allow(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")) if folder.exists() else ():
        path.chmod(0o700)


POINTS = {"kill": kill_points, "limit": limit_points, "room": room_points, "permission": permission_points}


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("kind", choices=KINDS)
    arguments.add_argument("trouble", choices=POINTS)
    arguments.add_argument("--points", type=int, required=True)
    arguments.add_argument("--seed", type=int, required=True)
    arguments.add_argument("--scratch", type=Path, required=True)
    given = arguments.parse_args()
    kind = given.kind
    os.chdir(given.scratch)
    old_articles, articles, before, after, state = map(Path, ("old", "new", "before", "after", "state"))
    write_articles(old_articles, "old")
    write_articles(articles, kind)
    if kind == "full":
        before.mkdir()
    else:
        if kind == "kept":
            keep_base()
            write_articles(Path("older"), "incremental")
            forked(lambda: run(Path("older"), before))
        forked(lambda: run(old_articles, before))
    forked(lambda: run(articles, after))
    old, new = (forked(lambda folder=folder: snapshot(folder))[1] for folder in (before, after))

    def restore() -> None:
        allow(state)
        shutil.rmtree(state, ignore_errors=True)  # a mount point stays, empty
        shutil.copytree(before, state, dirs_exist_ok=True)

    def job() -> None:
        run(articles, state, rebuild=kind == "rebuild")

    troubles = POINTS[given.trouble](job, restore, random.Random(f"{given.seed} {kind} {given.trouble}"))
    for place in islice(troubles, given.points):
        _, left = forked(lambda: snapshot(state))
        status, _ = forked(lambda: run(articles, state))
        _, finished = forked(lambda: [snapshot(state), generation.verify(state)])
        told = {
            "place": place,
            "left": "old" if left == old else "new" if left == new else left,
            "next run": status,
            "then": "new" if finished == [new, []] else finished,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
