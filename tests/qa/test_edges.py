"""The day above an article and its author answer who asks about the article, and nobody else."""

from __future__ import annotations

import pytest

from index.article import Article
from index.span import Span
from qa.edges import asked_edge, fit_of_edges

ARTICLE = Article.from_text("Cầu mới\n\n18/08/2022\n\nCầu Đá Bạc khánh thành sáng 16/8.", id="cau.txt")
DATELINE = Span(9, 19)


@pytest.mark.parametrize(
    "question",
    [
        "Đảng bộ Viện Khoa học Giáo dục Việt Nam họp ngày nào?",
        "dang bo vien khoa hoc giao duc viet nam hop ngay nao",
        "Cầu khánh thành ngày nào?",
        "Tin học được đăng ký dạy khi nào?",
        "tin hoc duoc dang ky day khi nao",
    ],
)
def test_a_name_that_sounds_like_publishing_asks_for_no_day_of_publishing(question):
    assert fit_of_edges(question, ARTICLE, DATELINE) == -1


@pytest.mark.parametrize(
    "question",
    [
        "Điểm bài thi được công bố ngày nào?",
        "Bài nghiên cứu công bố khi nào?",
        "bai thuoc cong bo ngay nao",
        "Bài báo cáo công bố khi nào?",
    ],
)
def test_what_else_is_called_by_the_same_noun_is_no_article(question):
    assert asked_edge(question, ARTICLE) is None


@pytest.mark.parametrize(
    "question",
    [
        "Bài đăng ngày nào?",
        "bai nay dang ngay nao",
        "Ai viết bài về cầu?",
        "Bài “Cầu mới” đăng ngày nào?",
        "Bài Cầu mới do ai viết?",
        "Bài phỏng vấn đăng khi nào?",
        "Tin cầu mới khánh thành đăng lúc mấy giờ?",
    ],
)
def test_who_asks_about_the_article_gets_its_edges(question):
    assert fit_of_edges(question, ARTICLE, DATELINE) >= 0
