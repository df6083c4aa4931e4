"""A request → the language of the page that sends it.

The address of a page has its language, and a browser names that address with every request that the page makes.
Programs name none: what stands around the endpoints refuses them in Vietnamese, the endpoints themselves tell errors in
English, as the command line does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers

from ui.language import language_of

if TYPE_CHECKING:
    from starlette.types import Scope

    from ui.language import Language


def page_language(scope: Scope) -> Language:
    """The language that the address of a request names, else that of the page it comes from."""
    page = Headers(scope=scope).get("referer", "").partition("?")[2]
    return language_of(_named(scope["query_string"].decode("latin-1")) or _named(page))


def _named(query: str) -> str:
    return parse_qs(query).get("lang", [""])[0]
