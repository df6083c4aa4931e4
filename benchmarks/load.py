"""The real chat under load: many users at once, while articles come and go.

    python -m benchmarks.load [--users 50] [--minutes 5] [--passages 100000] [--data FOLDER] [--scratch FOLDER]

Starts ``hoidap chat`` on loopback over a collection of :mod:`benchmarks.made_collection` and an article for each user.
Four users in five are pages and one is a program; see :mod:`benchmarks.chat_users`, also for how an answer that is
another user's is noticed.  Each thinks for ``--think`` seconds on average, asks, and waits.  Every ``--every`` seconds
five articles come and the five before go, ``hoidap index`` runs, and one more program asks about one that came.  In the
end a hundred programs ask at once, more than the queue takes.

Prints a line a minute and one for the burst: questions with the right answer and their seconds from asking to reply,
refused as busy, errors, answers that are somebody else's, other wrong ones; memory, threads and open files of the
server; generations that were published.  Ends with status 1 where there were errors or wrong answers.  Users and
server share the machine, and take of its processors.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np

from benchmarks.chat_users import Failed, Page, Program, Refused, Seen, Topic
from benchmarks.made_collection import Maker, Sources
from index.encoder import load_encoder

ROOT = Path(__file__).parent.parent
HOIDAP = [sys.executable, "-m", "ui"]
BURST = 100
_COMING = 5  # articles of an update
_PROGRAMS = 5  # every fifth user is one
_START_SECONDS = 120
_COUNTED = ("busy", "errors", "mixed", "wrong", "published")


@dataclass(slots=True)
class Minute:
    """What happened in one part of the test.

    :ivar waited: seconds from asking to reply, of each right answer.
    :ivar counts: of what :data:`_COUNTED` names.
    :ivar said: what was wrong, and how often; what the busy read.
    """

    name: str
    waited: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)

    def failed(self, kind: str, said: str) -> None:
        """Count something else than a right answer."""
        self.counts[kind] += 1
        self.said[f"{kind}: {said}"] += 1


@dataclass(slots=True)
class Load:
    """One test.

    :ivar http: to the address of the chat.
    :ivar users: how many; each has the topic of its number, and those that come and go have the next ones.
    :ivar think: mean seconds between an answer and the next question.
    :ivar every: seconds between updates of the index.
    :ivar now: where what happens is counted.
    :ivar deadline: when the last question is asked, by the monotonic clock.
    """

    http: httpx.AsyncClient
    scratch: Path
    users: int
    think: float
    every: float
    now: Minute
    deadline: float

    async def ask(self, user: Page | Program, topic: Topic, at: int) -> None:
        """Ask one question and judge what comes back."""
        started = time.perf_counter()
        try:
            seen = await user.ask(topic.question(at))
        except Refused as refusal:
            self.now.failed("busy", str(refusal))
        except (Failed, httpx.HTTPError) as error:
            self.now.failed("errors", f"{type(error).__name__} {error}")
        else:
            self._judge(seen, topic, at, waited=time.perf_counter() - started)

    def _judge(self, seen: Seen, topic: Topic, at: int, *, waited: float) -> None:
        if seen.question == topic.question(at) and topic.answers(seen, at):
            self.now.waited.append(waited)
        elif seen.question != topic.question(at) or seen.article.startswith("kho/"):
            self.now.failed("mixed", f"{topic.question(at)} → {seen}")
        else:
            self.now.failed("wrong", f"{topic.question(at)} → {seen}")

    async def page(self, config: dict[str, object], topic: Topic, random: np.random.Generator) -> None:
        """Somebody at a browser, until time is up."""
        page = Page(self.http, config)
        await asyncio.sleep(random.uniform(0, self.think))
        async with page.opened():
            await self._ask_on(page, topic, random)

    async def program(self, topic: Topic, random: np.random.Generator) -> None:
        """A program, until time is up."""
        await asyncio.sleep(random.uniform(0, self.think))
        await self._ask_on(Program(self.http), topic, random)

    async def _ask_on(self, user: Page | Program, topic: Topic, random: np.random.Generator) -> None:
        at = 0
        while time.monotonic() < self.deadline:
            await self.ask(user, topic, at)
            at += 1
            await asyncio.sleep(random.uniform(0.5, 1.5) * self.think)

    async def articles(self) -> None:
        """Articles come and go, until time is up; each time, one that came is asked about."""
        number, before = self.users, list[Topic]()
        while time.monotonic() + self.every < self.deadline:
            await asyncio.sleep(self.every)
            coming = [Topic(number + at) for at in range(_COMING)]
            number += _COMING
            for topic in coming:
                write(topic, self.scratch)
            for topic in before:
                (self.scratch / "articles" / topic.file).unlink()
            before = coming
            run = await asyncio.create_subprocess_exec(
                *indexing(self.scratch), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            _, told = await run.communicate()
            if run.returncode:
                self.now.failed("errors", f"hoidap index: {told.decode()[-300:]}")
                continue
            self.now.counts["published"] += 1
            await self.ask(Program(self.http), coming[0], 0)


def indexing(scratch: Path) -> list[str]:
    """The command that indexes what is there."""
    return [*HOIDAP, "index", str(scratch / "articles"), "--index", str(scratch / "index"), "--json"]


def write(topic: Topic, scratch: Path) -> None:
    """Write the article of a topic."""
    path = scratch / "articles" / topic.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(topic.article(), encoding="utf-8")


async def test(url: str, server: int, *, arguments: argparse.Namespace, scratch: Path) -> list[Minute]:
    """Let all users ask, and print what came of it minute by minute.

    :param server: the number of its process.
    """
    start = time.monotonic()
    limits = httpx.Limits(max_connections=None)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(base_url=f"{url}gradio_api/", limits=limits))
        config = (await http.get(f"{url}config")).json()
        load = Load(
            http,
            scratch,
            users=arguments.users,
            think=arguments.think,
            every=arguments.every,
            now=Minute("start"),
            deadline=start + arguments.minutes * 60,
        )
        await load.ask(Program(http), Topic(0), 0)  # opens the index and both models
        print_row(load.now, server)
        seen = [load.now]
        tasks = [asyncio.create_task(load.articles())]
        for number in range(arguments.users):
            random = np.random.default_rng((arguments.seed, number))
            if number % _PROGRAMS:
                tasks.append(asyncio.create_task(load.page(config, Topic(number), random)))
            else:
                tasks.append(asyncio.create_task(load.program(Topic(number), random)))
        start = time.monotonic()
        load.deadline = start + arguments.minutes * 60
        for minute in range(1, arguments.minutes + 1):
            load.now = Minute(f"minute {minute}")
            await asyncio.sleep(start + minute * 60 - time.monotonic())
            print_row(load.now, server)
            seen.append(load.now)
        load.now = Minute("after")  # what was asked in time is still answered
        await asyncio.gather(*tasks)
        print_row(load.now, server)
        seen.append(load.now)
        load.now = Minute(f"{BURST} at once")
        topics = [Topic(number % arguments.users) for number in range(BURST)]
        await asyncio.gather(
            *(load.ask(Program(http), topic, -1 - at // arguments.users) for at, topic in enumerate(topics))
        )
        print_row(load.now, server)
        seen.append(load.now)
    return seen


def print_row(minute: Minute, server: int) -> None:
    """The figures of one part, and how the server is."""
    waited = [f"{quantile:.1f}" for quantile in np.quantile(minute.waited or [np.nan], [0.5, 0.95])]
    counts = [minute.counts[name] for name in _COUNTED]
    status = dict(re.findall(r"^(\w+):\s+(\d+)", Path(f"/proc/{server}/status").read_text(), re.MULTILINE))
    memory = [f"{int(status[name]) / 1024:.0f}" for name in ("VmRSS", "RssAnon")]
    files = len(list(Path(f"/proc/{server}/fd").iterdir()))
    print_cells([minute.name, len(minute.waited), *waited, *counts, *memory, status["Threads"], files])


def print_cells(cells: list[object]) -> None:
    """One line of the table."""
    print(f"{cells[0]!s:<15}" + "".join(f"{cell!s:>10}" for cell in cells[1:]), flush=True)


@contextmanager
def chat(scratch: Path) -> Iterator[tuple[str, int]]:
    """Serve the chat until the block ends: its address, and the number of its process.

    :raises RuntimeError: it does not start.
    """
    log = scratch / "chat.log"
    command = [*HOIDAP, "chat", "--port", "0", "--index", str(scratch / "index")]
    with log.open("wb") as sink:
        process = subprocess.Popen(command, cwd=ROOT, stdout=sink, stderr=sink)
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not (found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text(encoding="utf-8"))):
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError(f"the chat did not start:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.2)
        yield found[0], process.pid
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        lines = log.read_text(encoding="utf-8").splitlines()
        print(f"the server's log: {len(lines)} lines", *lines[1:][:20], sep="\n", file=sys.stderr)


def main() -> None:
    """Make the collection, let the users ask and print the table."""
    parser = argparse.ArgumentParser(description="the chat under load")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=int, default=5)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--think", type=float, default=30, help="mean seconds between answer and question")
    parser.add_argument("--every", type=float, default=30, help="seconds between updates of the index")
    parser.add_argument("--data", type=Path, help="folder of .jsonl.gz files with contexts and questions")
    parser.add_argument("--scratch", type=Path, help="folder on a disk with room; a temporary one by default")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(dir=arguments.scratch))
    try:
        maker = Maker(Sources.read(arguments.data), load_encoder())
        maker.make(scratch, size=arguments.passages, random=np.random.default_rng(arguments.seed))
        del maker
        for number in range(arguments.users):
            write(Topic(number), scratch)
        told = subprocess.run(indexing(scratch), cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
        print(f"{json.loads(told)['passages']:,} passages, {arguments.users} users")
        print_cells(["", "right", "p50 s", "p95 s", *_COUNTED, "RSS MB", "private", "threads", "files"])
        with chat(scratch) as (url, server):
            seen = asyncio.run(test(url, server, arguments=arguments, scratch=scratch))
    finally:
        shutil.rmtree(scratch)
    said = sum((minute.said for minute in seen), Counter[str]())
    print(*(f"{times} × {what}" for what, times in said.most_common(20)), sep="\n")
    if any(minute.counts[kind] for minute in seen for kind in ("errors", "mixed", "wrong")):
        sys.exit(1)


if __name__ == "__main__":
    main()
