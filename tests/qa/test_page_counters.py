"""A counter of a page answers who asks for it, and nobody else."""

from __future__ import annotations

import pytest

from index.build import build_index
from qa.assistant import Assistant

ARTICLE = """Khánh thành cầu Đá Bạc

18/08/2022

Lượt xem: 1.331

Sáng 16/8, Ủy ban nhân dân huyện Nậm Thia khánh thành cầu Đá Bạc dài 240 mét.
"""


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "counted"),
    [("Bài về cầu Đá Bạc có bao nhiêu lượt xem?", True), ("Cầu Đá Bạc dài bao nhiêu mét?", False)],
)
def test_a_counter_is_cited_where_it_is_asked_for(tmp_path, question, counted):
    (tmp_path / "cau.txt").write_text(ARTICLE, encoding="utf-8")
    build_index([tmp_path / "cau.txt"], index=tmp_path / "index")
    reply = Assistant.open(tmp_path / "index").ask(question)
    citation = reply.answers[0].citation
    assert ("1.331" in citation.text) == counted
    text = citation.sentence
    assert (
        text[citation.start - citation.sentence_start : citation.end - citation.sentence_start]
        == citation.text
    )
