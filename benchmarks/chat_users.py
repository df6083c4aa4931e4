"""Users of a running chat, for a test under load: pages and programs, each with an article of its own.

A page makes the requests that the page in a browser makes: it reads ``/config``, keeps a session alive, joins Gradio's
queue and reads the stream of its session.  A program calls ``/ask``.  What each asks is answered by one sentence of
one article, with a number that no other sentence has: whose answer came is told by that number.
Leaves out starting the chat and the table: see :mod:`benchmarks.load`.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.place import Place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

BUSY = frozenset({429, 503})
_SYLLABLES = (
    "An",
    "Bình",
    "Cẩm",
    "Đông",
    "Giang",
    "Hà",
    "Khê",
    "Lâm",
    "Mỹ",
    "Ninh",
    "Phú",
    "Quế",
    "Sơn",
    "Vân",
)
_GOODS = (
    *("thóc nếp", "ngô hạt", "đậu tương", "lạc nhân", "muối biển", "đường mía", "cà phê", "chè khô"),
    *("hồ tiêu", "xi măng", "than đá", "phân lân", "thép cuộn", "gỗ keo", "bông sợi", "cao su"),
    *("cá khô", "hạt điều", "vôi bột", "bột sắn", "gạch men", "dầu ăn", "giấy cuộn", "kính tấm"),
)
_PATIENCE = 300  # seconds that a user waits for an answer


class Refused(Exception):
    """The chat was busy; the message is what the user reads."""


class Failed(Exception):
    """Something else than an answer or a refusal came."""


@dataclass(frozen=True, slots=True)
class Topic:
    """An article, and questions that it alone answers.

    :ivar number: from 0; each has a name and figures of its own.
    """

    number: int

    @property
    def name(self) -> str:
        """Of the warehouse that the article is about."""
        first, rest = divmod(self.number, len(_SYLLABLES) ** 2)
        second, third = divmod(rest, len(_SYLLABLES))
        words = [_SYLLABLES[second], _SYLLABLES[third]]
        return " ".join([*([_SYLLABLES[first - 1]] if first else []), *words])

    def article(self) -> str:
        """Its text, a sentence for each kind of goods."""
        lines = [f"Kho {self.name} báo cáo hàng nhập\n"]
        lines += [
            f"Kho {self.name} đã nhập {self.figure(at)} tấn {goods}." for at, goods in enumerate(_GOODS)
        ]
        return "\n".join(lines) + "\n"

    @property
    def file(self) -> str:
        """Its file, and the identifier of its article."""
        return f"kho/{self.number:06}.txt"

    def question(self, at: int) -> str:
        """One of them; round and round."""
        return f"Kho {self.name} đã nhập bao nhiêu tấn {_GOODS[at % len(_GOODS)]}?"

    def figure(self, at: int) -> str:
        """The number that answers it, as in ``12.345``."""
        return f"{10_000 + self.number * len(_GOODS) + at % len(_GOODS):,}".replace(",", ".")

    def answers(self, seen: Seen, at: int) -> bool:
        """Whether a reply is the answer to that question, from this article."""
        return self.figure(at) in seen.text and seen.article == self.file


@dataclass(frozen=True, slots=True)
class Seen:
    """What a user got to see for a question.

    :ivar question: as it stands above the reply.
    :ivar text: the best answer; empty for none.
    :ivar article: that the answer is cited from.
    """

    question: str
    text: str
    article: str


class Page:
    """A browser with the chat open in it.

    :param http: to the address of the chat.
    """

    def __init__(self, http: httpx.AsyncClient, config: dict[str, Any]) -> None:
        self._http = http
        self._session = secrets.token_hex(6)
        parts = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
        events = {
            tuple(target): event["id"] for event in config["dependencies"] for target in event["targets"]
        }
        self._ask_event = events[parts["question"], "submit"]
        self._load_event = next(number for (_, kind), number in events.items() if kind == "load")

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Open it, and keep its session alive until the block ends."""
        await self._post("run/predict", [], event=self._load_event)
        alive = asyncio.create_task(self._keep_alive())
        try:
            yield
        finally:
            alive.cancel()
            await asyncio.gather(alive, return_exceptions=True)

    async def _keep_alive(self) -> None:
        async with self._http.stream("GET", f"heartbeat/{self._session}", timeout=None) as beats:
            async for _ in beats.aiter_bytes():
                pass

    async def ask(self, question: str) -> Seen:
        """Ask, and read the conversation when it is there.

        :raises Refused: the chat is busy.
        :raises Failed: an error, or no answer in time.
        """
        joined = await self._post("queue/join", [question, None, "", "", ""], event=self._ask_event)
        where = {"session_hash": self._session}
        async with self._http.stream("GET", "queue/data", params=where, timeout=_PATIENCE) as stream:
            async for line in stream.aiter_lines():
                message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                if message.get("event_id") != joined["event_id"] or message["msg"] != "process_completed":
                    continue
                if not message["success"]:
                    raise Failed(str(message["output"]))
                return _last_turn(message["output"]["data"][2])
        raise Failed("the stream ended before the reply")

    async def _post(self, path: str, data: list[Any], *, event: int) -> Any:
        body = {"data": data, "event_data": None, "fn_index": event, "session_hash": self._session}
        return _taken(await self._http.post(path, json=body, timeout=_PATIENCE))


class Program:
    """A program that calls ``/ask`` over plain HTTP.

    :param http: to the address of the chat.
    """

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def ask(self, question: str) -> Seen:
        """As :meth:`Page.ask`."""
        sent = await self._http.post("call/v2/ask", json={"question": question}, timeout=_PATIENCE)
        event = _taken(sent)["event_id"]
        reply = (await self._http.get(f"call/ask/{event}", timeout=_PATIENCE)).text
        kind, data = re.findall(r"event: (\w+)\ndata: (.*)", reply)[-1]
        if kind != "complete":
            raise Failed(data)
        (fields,) = json.loads(data)
        best = fields["answers"][0] if fields["answers"] else {"text": "", "article": ""}
        return Seen(fields["question"], best["text"], best["article"])


def _taken(answer: httpx.Response) -> Any:
    if answer.status_code in BUSY:
        raise Refused(answer.json()["detail"])
    if answer.status_code != 200:
        raise Failed(f"{answer.status_code} {answer.text[:200]}")
    return answer.json()


def _last_turn(conversation: str) -> Seen:
    """The last question and reply out of the HTML of a conversation."""
    turn = conversation.rpartition('<article class="turn"')[2]
    question = re.search(r'<h2 class="question">(.*?)</h2>', turn)
    if question is None or 'class="problem"' in turn or 'class="pending"' in turn:
        raise Failed(_text(turn)[:500])
    answer = re.search(r'<p class="short(?: long)?">(.*?)<a class="cite" href="(.*?)"', turn, re.DOTALL)
    if answer is None:
        return Seen(_text(question[1]), "", "")
    place = Place.from_query(html.unescape(answer[2]))
    return Seen(_text(question[1]), _text(answer[1]), place.article if place else "")


def _text(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()
