"""Regular expressions written as phrases, for telling lines by what they say."""

from __future__ import annotations

import re


def phrases(*patterns: str) -> re.Pattern[str]:
    """One pattern for any of several, without regard to case; a blank stands for any run of blanks.

    Each ``(…)`` groups without capturing, ``(?P<name>…)`` captures; a parenthesis in a character class is escaped.

    >>> bool(phrases("lượt (xem|đọc)", "views?").fullmatch("LƯỢT  XEM"))
    True
    """
    whole = "|".join(patterns)
    whole = re.sub(r"(?<!\\)\((?!\?)", "(?:", whole)
    return re.compile(whole.replace(" ", r"\s+"), re.IGNORECASE)
