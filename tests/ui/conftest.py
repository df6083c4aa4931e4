"""What stands around the page, with accounts and without, and who has them."""

from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse

from tests.ui.clock import Clock
from tests.ui.front_chat import PASSWORD, browse, front, served
from ui import passwords
from ui.access import Access
from ui.accounts import new_account, with_token, write_accounts


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def people(tmp_path, monkeypatch):
    """A file with two users and the token of one."""
    monkeypatch.setattr(passwords, "_N", 16)
    file = tmp_path / "users.json"
    lan, token = with_token(new_account("lan", PASSWORD))
    write_accounts(file, {"lan": lan, "minh": new_account("minh", "mật khẩu của Minh")})
    return SimpleNamespace(file=file, token=token)


@pytest.fixture
def chat(people, clock):
    """A chat with accounts."""
    with served(front(Access(people.file, per_minute=60), clock)) as client:
        yield client


@pytest.fixture
def client(people, clock):
    """What stands around such a chat, around a page that is made at once."""
    app = FastAPI()
    front(Access(people.file, per_minute=60), clock).install(app)
    app.mount("/", PlainTextResponse("Thư viện"))
    with browse(app) as client:
        yield client


@pytest.fixture
def measured_chat(people, clock):
    with served(front(Access(people.file, metrics=True), clock)) as client:
        yield client


@pytest.fixture(scope="module")
def open_client():
    """Of a chat without accounts."""
    with served(front(Access(), Clock())) as client:
        yield client
