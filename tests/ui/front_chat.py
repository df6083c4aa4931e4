"""The application as it is served, with and without accounts, for those who try what it lets them do."""

import asyncio
import json
import re
from types import SimpleNamespace

from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.ui.clock import Clock
from tests.ui.fake_assistant import FakeAssistant
from ui.access import Access
from ui.chat import build_chat
from ui.front import Front
from ui.server import web_app

PASSWORD = "sông mây đá bạc"
BROWSER = {"accept": "text/html", "sec-fetch-site": "none", "sec-fetch-mode": "navigate"}


def front(access: Access, clock: Clock, *, host: str = "127.0.0.1") -> Front:
    assistant = FakeAssistant()
    assistant.index = SimpleNamespace(number=7)
    return Front(assistant, access, host=host, clock=clock)


def browse(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def served(front: Front) -> TestClient:
    """The chat as it is served."""

    async def built():
        return web_app(build_chat(front.assistant), front=front)

    return browse(asyncio.run(built()))


def login(client, *, name="lan", password=PASSWORD, wanted="/", language="vi", **headers):
    form = {"username": name, "password": password, "next": wanted, "lang": language}
    return client.post("/login", data=form, headers=headers)


def bearer(people):
    return {"authorization": f"Bearer {people.token}"}


def call(client, name, body, **headers):
    begun = client.post(f"/gradio_api/call/{name}", json=body, headers=headers)
    if begun.status_code != 200:
        return begun.status_code, begun.json()["detail"]
    name = name.removeprefix("v2/")
    text = client.get(f"/gradio_api/call/{name}/{begun.json()['event_id']}", headers=headers).text
    kind, data = re.findall(r"event: (\w+)\ndata: (.*)", text)[-1]
    return kind, json.loads(data)
