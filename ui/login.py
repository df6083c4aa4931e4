"""Logging in and out: a form, a cookie for browsers, a bearer token for programs.

Takes requests; gives the name of whoever makes them.  Guesses are slowed down by name and by address, whether there is
such a user or not.  Leaves out the form itself: see :mod:`ui.login_page`.
"""

from __future__ import annotations

import logging
import math
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, parse_qsl, urlencode

import anyio
import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ui.accounts import Accounts, plain_name
from ui.language import language_of
from ui.lockout import Lockout
from ui.login_page import login_html, once_more_html
from ui.origins import client_key
from ui.page_language import page_language
from ui.sessions import LONGEST_SECONDS, Sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.language import Language

logger = logging.getLogger("hoidap.access")

_COOKIE = "hoidap-session"
_GUESSES_PER_NAME = 5
_GUESSES_PER_ADDRESS = 20
_LONGEST_FORM = 8192  # bytes
_CHECKS_AT_ONCE = 2  # each takes 32 MiB
_PRIVATE = {"Cache-Control": "no-store"}


class Door:
    """Lets users of one file in and out.

    :param accounts: the file of users.
    :param secure: whether cookies are for HTTPS only, also where a proxy does not tell that it was asked by that.
    :param rejected: told why a login was refused, in one word.
    :param clock: seconds that never go back.
    :raises UsageError: the file cannot be read or names no user.
    """

    def __init__(
        self,
        accounts: Path,
        *,
        secure: bool = False,
        rejected: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._accounts = Accounts(accounts)
        self._secure = secure
        self._rejected = rejected
        self._sessions = Sessions(clock=clock)
        self._by_name = Lockout(free=_GUESSES_PER_NAME, clock=clock)
        self._by_address = Lockout(free=_GUESSES_PER_ADDRESS, clock=clock)
        self._checks: anyio.CapacityLimiter | None = None

    def routes(self) -> list[Route]:
        """What is served for logging in and out."""
        return [
            Route("/login", self._form, methods=["GET"]),
            Route("/login", self._login, methods=["POST"]),
            Route("/logout", self._logout, methods=["POST"]),
        ]

    def user(self, headers: Headers) -> str | None:
        """Who sends a request with these headers: by token, else by cookie."""
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.casefold() == "bearer":
            account = self._accounts.of_token(token.strip())
            return account.name if account else None
        session = self._sessions.get(secret) if (secret := _session_cookie(headers)) else None
        if session is None:
            return None
        account = self._accounts.get(session.user)
        return account.name if account and account.password == session.password else None

    async def _form(self, request: Request) -> Response:
        wanted = _local(request.query_params.get("next", "/"))
        language = request.query_params.get("lang", _language(wanted))
        if "again" in request.query_params:
            return HTMLResponse(once_more_html(wanted), headers=_PRIVATE)
        if self.user(request.headers) is not None:
            return RedirectResponse(_speaking(wanted, language), 303, headers=_PRIVATE)
        return HTMLResponse(login_html(wanted=wanted, language=language), headers=_PRIVATE)

    async def _login(self, request: Request) -> Response:
        form = await _read_form(request)
        wanted = _local(form.get("next", "/"))
        language = form.get("lang", _language(wanted))
        name, password = form.get("username", ""), form.get("password", "")
        by_name, by_address = plain_name(name), client_key(request.client.host if request.client else "")
        who = f"{by_name!r} from {by_address}"

        wait = self._by_address.attempt(by_address)
        if not wait and (wait := self._by_name.attempt(by_name)):
            self._by_address.take_back(by_address)  # no password was looked at
        if wait:
            logger.warning("login refused for %.0f s: %s", wait, who)
            self._rejected("lockout")
            page = login_html(wanted=wanted, language=language, name=name, wait=wait)
            return HTMLResponse(page, 429, headers={**_PRIVATE, "Retry-After": str(math.ceil(wait))})

        self._checks = self._checks or anyio.CapacityLimiter(_CHECKS_AT_ONCE)
        account = await anyio.to_thread.run_sync(self._accounts.login, name, password, limiter=self._checks)
        if account is None:
            logger.warning("wrong name or password: %s", who)
            self._rejected("password")
            page = login_html(wanted=wanted, language=language, name=name, wrong=True)
            return HTMLResponse(page, 401, headers=_PRIVATE)
        self._by_name.forgive(by_name)
        self._by_address.take_back(by_address)
        if (old := _session_cookie(request.headers)) is not None:
            self._sessions.close(old)
        logger.info("logged in: %s", who)
        answer = RedirectResponse(_speaking(wanted, language), 303, headers=_PRIVATE)
        answer.set_cookie(
            _COOKIE,
            self._sessions.open(user=account.name, password=account.password),
            max_age=int(LONGEST_SECONDS),
            httponly=True,
            samesite="strict",
            secure=self._is_secure(request),
        )
        return answer

    async def _logout(self, request: Request) -> Response:
        if (secret := _session_cookie(request.headers)) is not None:
            self._sessions.close(secret)
        language = page_language(request.scope)
        login = "/login" if language == "vi" else f"/login?lang={language}"
        answer = RedirectResponse(login, 303, headers={**_PRIVATE, "Clear-Site-Data": '"cache", "storage"'})
        answer.delete_cookie(_COOKIE, httponly=True, samesite="strict", secure=self._is_secure(request))
        return answer

    def _is_secure(self, request: Request) -> bool:
        return self._secure or request.url.scheme == "https"


def _session_cookie(headers: Headers) -> str | None:
    return cookie_parser(headers.get("cookie", "")).get(_COOKIE)


def _local(wanted: str) -> str:
    """Where to go after logging in: a place of this chat, whatever the form says."""
    return wanted if wanted == "/" or wanted.startswith("/?") else "/"


def _language(wanted: str) -> Language:
    """The language of the page at a place of this chat."""
    return language_of(parse_qs(wanted.partition("?")[2]).get("lang", [""])[0])


def _speaking(wanted: str, language: str) -> str:
    """The place, with its page in this language.

    >>> _speaking("/?article=a.txt", "en"), _speaking("/?lang=en", "vi")
    ('/?article=a.txt&lang=en', '/')
    """
    if _language(wanted) == language_of(language):
        return wanted
    fields = parse_qsl(wanted.partition("?")[2], keep_blank_values=True)
    fields = [(name, value) for name, value in fields if name != "lang"]
    if language_of(language) != "vi":
        fields.append(("lang", language))
    return "/?" + urlencode(fields) if fields else "/"


async def _read_form(request: Request) -> dict[str, str]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}
