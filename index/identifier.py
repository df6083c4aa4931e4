"""Names that files and their rows have elsewhere → names that articles go by: one line of text that UTF-8 can carry.

Leaves out which name that is: see :mod:`index.scan` for files and :mod:`index.formats.jsonl` for rows.
"""

from __future__ import annotations

import re

_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def identifier(name: str) -> str:
    r"""A name in one line, without characters that act on a terminal; they are written as escapes.

    >>> identifier("tin\n\x1b[31m.txt")
    'tin\\n\\x1b[31m.txt'
    """
    return _UNSHOWABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), name)
