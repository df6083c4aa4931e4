"""The language of a page: Vietnamese sentences as the code writes them, and what they are in English.

The language is that of the page being made, as in gettext: :func:`speaking` sets it around the making of one.
Sentences of an article are never translated.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from qa.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ENGLISH = Path(__file__).with_name("english.json")

_spoken: ContextVar[Language] = ContextVar("language", default="vi")


def language_of(text: object) -> Language:
    """The language of this name; Vietnamese for any other.

    >>> language_of("en"), language_of("fr")
    ('en', 'vi')
    """
    return next((language for language in LANGUAGES if language == text), "vi")


def spoken() -> Language:
    """The language of the page being made."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Make pages in this language until the block is left."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def say(sentence: str, *values: object) -> str:
    """The sentence in the language of the page, with its values in the braces.

    >>> say("{} bài viết", 5)
    '5 bài viết'
    >>> with speaking("en"):
    ...     say("{} bài viết", 5), say("{} bài viết", 1)
    ('5 articles', '1 article')

    :raises KeyError: it has no English.
    """
    template = sentence if _spoken.get() == "vi" else _in_english(sentence, values)
    return template.format(*values) if values else template


def say_message(message: Message) -> str:
    """A message in the language of the page; one without English, such as a stored one, as it is."""
    known = _spoken.get() == "en" and message.template in english()
    template = _in_english(message.template, message.values) if known else message.template
    values = (say_message(value) if isinstance(value, Message) else value for value in message.values)
    return template.format(*values) if message.values else template


def _in_english(sentence: str, values: Sequence[object]) -> str:
    forms = english()[sentence]
    if isinstance(forms, str):
        return forms
    return forms[0] if values and str(values[0]) == "1" else forms[1]


@lru_cache(maxsize=1)
def english() -> dict[str, str | list[str]]:
    """Vietnamese sentence → English sentence, with the same braces, or two: for one thing and for several."""
    table: dict[str, str | list[str]] = json.loads(ENGLISH.read_text(encoding="utf-8"))
    return table
