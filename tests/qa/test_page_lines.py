"""The counter, the byline and the dateline of a page answer who asks for them, and nobody else."""

from __future__ import annotations

import pytest

from index.build import build_index
from qa.assistant import Assistant

ARTICLE = """Khánh thành cầu Đá Bạc

18/08/2022

Lượt xem: 1.331

Sáng 16/8, Ủy ban nhân dân huyện Nậm Thia khánh thành cầu Đá Bạc dài 240 mét. Phó Chủ tịch Vừ Thị Dợ cắt băng.

Lê Văn Lịch
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


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Ai là tác giả bài viết về cầu Đá Bạc?", "Lê Văn Lịch"),
        ("bai ve cau da bac do ai viet, tac gia la ai", "Lê Văn Lịch"),
        ("Bài về cầu Đá Bạc đăng ngày nào?", "18/08/2022"),
        ("Ai cắt băng khánh thành cầu Đá Bạc?", "Vừ Thị Dợ"),
    ],
)
def test_author_and_day_of_an_article_are_told_who_asks_for_them(tmp_path, question, wanted):
    (tmp_path / "cau.txt").write_text(ARTICLE, encoding="utf-8")
    build_index([tmp_path / "cau.txt"], index=tmp_path / "index")
    assert wanted in Assistant.open(tmp_path / "index").ask(question).answers[0].text
