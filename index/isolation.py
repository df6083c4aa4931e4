"""Bytes of a file → what its format holds, read by another process that may fail without harm.

Parsers of rich formats can be led to take all memory, never to end or to crash.  :class:`Isolated` has one process
read file after file, with a limit of memory and of time for each; when it dies, the file is a problem and the next
one gets a new process.  What comes back is JSON.  Plain text is read where it is: see ``index/formats``.
"""

from __future__ import annotations

import faulthandler
import json
import os
import struct
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from index.formats import extract
from index.formats.extraction import Extract, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_PLACE = (".txt", ".jsonl")
_HEAD = struct.Struct(">QQ")
_START = "import sys; sys.path[:] = sys.argv[3:]; from index.isolation import serve; serve(*map(int, sys.argv[1:3]))"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    :ivar seconds: of wall time.
    :ivar memory: bytes of address space of the reading process, its libraries included; heeded on Linux.
    :ivar output: bytes of JSON that may come back.
    :ivar files: that one process reads before a new one takes its place, so that leaks do not add up.
    """

    seconds: int = 60
    memory: int = 2 << 30
    output: int = 256 << 20
    files: int = 500


class Isolated:
    """Reads files in a process of its own, started when the first one needs it; close it when done.

    :param limits: for each file.
    """

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0

    def __call__(self, data: bytes, *, suffix: str) -> Extraction:
        """The articles in the bytes of a file, as :func:`index.formats.extract` gives them.

        :raises ValueError: with the reason, in words for the user.
        """
        if suffix.lower() in _IN_PLACE:
            return extract(data, suffix=suffix)
        process = self._running()
        started = time.monotonic()
        try:
            answer = self._ask(process, data, suffix)
        except (OSError, EOFError, ValueError) as error:
            self.close()
            late = time.monotonic() - started >= self._limits.seconds
            raise ValueError(
                f"takes longer than {self._limits.seconds} seconds to read"
                if late
                else "made its reader stop; it may be damaged: open it and save it again"
            ) from error
        self._read += 1
        if "reason" in answer:
            if answer.get("stop"):
                self.close()
            raise ValueError(answer["reason"])
        extracts = (
            Extract(**{**one, "published": one["published"] and date.fromisoformat(one["published"])})
            for one in answer["extracts"]
        )
        return Extraction(tuple(extracts), tuple(answer["problems"]))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # what it was not sent any more
                    pipe.close()  # type: ignore[union-attr]
            self._process.wait()
            self._process = None

    def __enter__(self) -> Isolated:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._read >= self._limits.files:
            self.close()
        if self._process is None:
            self._read = 0
            limits = (str(self._limits.seconds), str(self._limits.memory))
            self._process = subprocess.Popen(
                # -I: what lies in the working folder is not imported
                [sys.executable, "-I", "-X", "utf8", "-c", _START, *limits, *filter(None, sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], data: bytes, suffix: str) -> dict[str, Any]:
        assert process.stdin and process.stdout  # both are pipes
        process.stdin.write(_HEAD.pack(len(suffix), len(data)) + suffix.encode("ascii") + data)
        process.stdin.flush()
        (size,) = struct.unpack(">Q", _exactly(process.stdout, 8))
        if size > self._limits.output:
            raise ValueError("more comes back than can be meant")
        answer: dict[str, Any] = json.loads(_exactly(process.stdout, size))
        return answer


def serve(seconds: int, memory: int) -> None:
    """What the process does: read a file from stdin, answer on stdout, and so on until there is no more.

    :param seconds: after which it ends in the middle of a file.
    :param memory: bytes of address space.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not answer
    _limit(memory)
    while head := sys.stdin.buffer.read(_HEAD.size):
        with _ending_after(seconds):
            suffix, size = _HEAD.unpack(head)
            name = _exactly(sys.stdin.buffer, suffix).decode("ascii")
            answer = json.dumps(_answer(_exactly(sys.stdin.buffer, size), name)).encode()
            answers.write(struct.pack(">Q", len(answer)) + answer)
            answers.flush()


def _answer(data: bytes, suffix: str) -> dict[str, Any]:
    try:
        extraction = extract(data, suffix=suffix)
        return {
            "extracts": [
                {**asdict(one), "published": one.published and one.published.isoformat()}
                for one in extraction.extracts
            ],
            "problems": extraction.problems,
        }
    except ValueError as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": "takes too much memory to read; split it", "stop": True}
    except RecursionError:
        return {"reason": "is nested too deeply"}


@contextmanager
def _ending_after(seconds: int) -> Iterator[None]:
    """End this process when the block takes longer, whatever it is doing: a thread outside of Python watches."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=sys.stderr)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _limit(memory: int) -> None:
    """Limit this process where the system can: Windows knows no such limit, macOS does not heed this one."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _exactly(file: IO[bytes], size: int) -> bytes:
    """So many bytes; fewer mean that the other side is gone.

    :raises EOFError: it is.
    """
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data
