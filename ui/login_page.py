"""The page on which users log in, and the button that logs them out, as HTML; pure, and without JavaScript.

Takes what was typed and what came of it; everything that came from outside is escaped.  Its look is
``static/login.css``.
"""

from __future__ import annotations

import math
from html import escape
from typing import TypedDict
from urllib.parse import quote

from ui.language import say, spoken


class _Words(TypedDict):
    lead: str
    name: str
    password: str
    submit: str
    wrong: str
    wait: str
    help: str
    other: str
    other_language: str


_WORDS: dict[str, _Words] = {
    "vi": {
        "lead": "Đăng nhập để hỏi và đọc các bài viết.",
        "name": "Tên người dùng",
        "password": "Mật khẩu",
        "submit": "Đăng nhập",
        "wrong": "Tên hoặc mật khẩu không đúng.",
        "wait": "Đã sai nhiều lần: hãy thử lại sau {wait}.",
        "help": "Quên mật khẩu? Hãy hỏi người quản lý máy chủ này.",
        "other": "English",
        "other_language": "en",
    },
    "en": {
        "lead": "Log in to ask about and read the articles.",
        "name": "User name",
        "password": "Password",
        "submit": "Log in",
        "wrong": "The name or the password is wrong.",
        "wait": "Too many wrong passwords: try again in {wait}.",
        "help": "Forgot the password? Ask whoever runs this server.",
        "other": "Tiếng Việt",
        "other_language": "vi",
    },
}
_UNITS = {"vi": ("{} giây", "{} phút"), "en": ("{} s", "{} min")}


def login_html(
    *, wanted: str, language: str = "vi", name: str = "", wrong: bool = False, wait: float = 0.0
) -> str:
    """The page.

    :param wanted: where to go then, a path of this server.
    :param language: ``vi`` or ``en``; Vietnamese for any other.
    :param name: what was typed as the name.
    :param wrong: whether name and password did not fit.
    :param wait: seconds until the next attempt is heard.
    """
    language = language if language in _WORDS else "vi"
    words = _WORDS[language]
    problem = words["wait"].format(wait=_duration(wait, language=language)) if wait else ""
    problem = problem or (words["wrong"] if wrong else "")
    alert = f'<p class="problem" id="problem" role="alert">{problem}</p>' if problem else ""
    described = ' aria-describedby="problem" aria-invalid="true"' if problem else ""
    first, second = ("", " autofocus") if name else (" autofocus", "")
    other = f"login?lang={words['other_language']}&amp;next={quote(wanted, safe='')}"
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{words["submit"]} – Hỏi Đáp</title>
<link rel="icon" href="hoidap/icon.svg">
<link rel="stylesheet" href="hoidap/login.css">
</head>
<body>
<main>
<h1>Hỏi Đáp</h1>
<p class="lead">{words["lead"]}</p>
<form method="post" action="login">
{alert}
<label for="username">{words["name"]}</label>
<input id="username" name="username" value="{escape(name)}" autocomplete="username" autocapitalize="none"\
 spellcheck="false" maxlength="64" required{described}{first}>
<label for="password">{words["password"]}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1000"\
 required{described}{second}>
<input type="hidden" name="next" value="{escape(wanted)}">
<input type="hidden" name="lang" value="{language}">
<button type="submit">{words["submit"]}</button>
</form>
<p class="help">{words["help"]}</p>
<p class="language"><a href="{other}" lang="{words["other_language"]}">{words["other"]}</a></p>
</main>
</body>
</html>
"""


def once_more_html(wanted: str) -> str:
    """A page that asks for the login again, now with the cookie that a link from another site did not bring."""
    target = escape(f"login?next={quote(wanted, safe='')}")
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Hỏi Đáp</title>'
        f'<meta http-equiv="refresh" content="0;url={target}"></head>'
        f'<body><a href="{target}">Hỏi Đáp</a></body></html>'
    )


def account_html(user: str | None) -> str:
    """Who is logged in, with a button to log out; nothing where there are no accounts."""
    if user is None:
        return ""
    language = "" if spoken() == "vi" else f"?lang={spoken()}"
    return (
        f'<form class="account" method="post" action="logout{language}"><span>{escape(user)}</span> '
        f'<button type="submit">{say("Đăng xuất")}</button></form>'
    )


def _duration(seconds: float, *, language: str) -> str:
    short, long = _UNITS[language]
    return short.format(math.ceil(seconds)) if seconds <= 90 else long.format(math.ceil(seconds / 60))
