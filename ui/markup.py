"""Text of an article or of a user → inert HTML: the same words, and nothing in them acts.

Takes any string, gives escaped HTML.  Leaves out layout: see :mod:`ui.render` and :mod:`ui.article_view`.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

# Control characters (terminal codes start with one), marks that turn the direction of the text around, and halves
# of surrogate pairs, which no UTF-8 response can carry.  None of them is visible: the words stay the same.
_ACTIVE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def inert(text: str) -> str:
    r"""The visible characters of ``text``; tabs and line ends stay.

    >>> inert("7\u202e2 \x1b[31mđảng viên")
    '72 [31mđảng viên'
    """
    return _ACTIVE.sub("", text)


def escaped(text: str) -> str:
    """``text`` as HTML, for content and for quoted attributes.

    >>> escaped('<b>"Đảng"</b>')
    '&lt;b&gt;&quot;Đảng&quot;&lt;/b&gt;'
    """
    return html.escape(inert(text), quote=True)


def isolated(text: str) -> str:
    """``text`` as HTML that cannot change the direction of what stands beside it."""
    return f"<bdi>{escaped(text)}</bdi>"


def day(published: date) -> str:
    """A date as Vietnamese readers write it.

    >>> from datetime import date
    >>> day(date(2022, 7, 1))
    '01/07/2022'
    """
    return f"{published.day:02}/{published.month:02}/{published.year:04}"
