from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.passage import Passage, cut_passages, header, search_text, sentences_of
from index.span import Span


def words(texts):
    """Stands in for the encoder: a token a word, and one more for each ten letters of a word."""
    return [sum(1 + len(word) // 10 for word in text.split()) for text in texts]


def article(text, **fields):
    return Article.from_text(text, id="tin.txt", **fields)


def texts(passage, of):
    return [sentence.of(of.text) for sentence in passage.sentences]


REPORT = article(
    "Hội nghị sơ kết\n\nLượt xem: 133\n\nĐảng bộ có 72 đảng viên. Chi bộ có bảy người họp hằng tháng…HN2022.jpg\n\n"
    "Toàn cảnh hội nghị\n\nNăm học kết thúc tốt đẹp.\n\nĐình Vinh"
)


def test_sentences_of_an_article_leave_out_furniture():
    assert [sentence.of(REPORT.text) for sentence in sentences_of(REPORT)] == [
        "Hội nghị sơ kết",
        "Đảng bộ có 72 đảng viên.",
        "Chi bộ có bảy người họp hằng tháng…",
        "Toàn cảnh hội nghị",
        "Năm học kết thúc tốt đẹp.",
        "Đình Vinh",
    ]


def test_a_short_article_is_one_passage_from_its_title_to_its_byline():
    (passage,) = cut_passages(REPORT, count_tokens=words)
    assert passage == Passage("tin.txt", 0, len(REPORT.text), sentences_of(REPORT))


def test_passages_share_one_short_sentence_and_fill_the_budget():
    lines = article("Tiêu đề bài viết\n\n" + " ".join(f"Câu số {n} có đúng sáu từ." for n in range(10)))
    passages = cut_passages(lines, count_tokens=words, max_tokens=25)
    assert [texts(p, lines)[0] for p in passages] == [
        "Tiêu đề bài viết",
        "Câu số 2 có đúng sáu từ.",
        "Câu số 4 có đúng sáu từ.",
        "Câu số 6 có đúng sáu từ.",
        "Câu số 8 có đúng sáu từ.",
    ]
    for before, after in pairwise(passages):
        assert set(before.sentences) & set(after.sentences) == {after.sentences[0]}


def test_a_sentence_over_a_third_of_the_budget_is_not_shared():
    text = article("\n".join(f"Câu {n} " + "từ " * 8 + "hết." for n in range(4)))
    passages = cut_passages(text, count_tokens=words, max_tokens=24)
    assert [len(texts(p, text)) for p in passages] == [2, 2]


def test_the_last_passage_is_not_a_crumb():
    text = article("\n".join(f"Câu {n} " + "từ " * 17 + "hết." for n in range(4)) + "\nHết năm.")
    passages = cut_passages(text, count_tokens=words, max_tokens=41)
    lengths = [sum(words(texts(p, text))) for p in passages]
    assert lengths == [40, 20, 22]


def test_a_long_sentence_is_cut_at_clauses_into_pieces_that_fit():
    clauses = [f"mục {n} gồm bốn từ nữa;" for n in range(9)]
    text = article("Nghị quyết nêu rõ " + " ".join(clauses))
    passages = cut_passages(text, count_tokens=words, max_tokens=20)
    pieces = [piece for passage in passages for piece in texts(passage, text)]
    assert all(piece.endswith(";") for piece in pieces)
    assert " ".join(pieces) == text.text
    assert all(sum(words(texts(p, text))) <= 20 for p in passages)


def test_an_endless_line_gives_bounded_passages():
    text = article("x" * 50_000 + " " + "từ " * 5_000)
    passages = cut_passages(text, count_tokens=words, max_tokens=50)
    assert all(p.end - p.start <= 1000 for p in passages)
    assert "".join(piece for p in passages for piece in texts(p, text)).replace(" ", "") == text.text.replace(
        " ", ""
    )


def test_an_article_of_furniture_alone_has_no_passage():
    assert cut_passages(article("|\n4075 Views\n|"), count_tokens=words) == ()


def test_header_is_title_source_and_day():
    full = article("Nội dung tin.", title="Sơ kết", source="UET-News", published=date(2018, 12, 7))
    assert header(full) == "Sơ kết\nUET-News\n07/12/2018"
    assert header(article("Sơ kết\n\nMột câu rất bình thường.")) == "Sơ kết"


def test_search_text_has_the_title_once_and_no_furniture():
    (passage,) = cut_passages(REPORT, count_tokens=words)
    assert search_text(REPORT, passage) == (
        "Hội nghị sơ kết\nĐình Vinh\nĐảng bộ có 72 đảng viên. Chi bộ có bảy người họp hằng tháng… Toàn cảnh hội nghị"
        " Năm học kết thúc tốt đẹp. Đình Vinh"
    )


BITS = st.sampled_from(
    [
        "Đảng bộ họp. ",
        "một; hai, ba ",
        "\n",
        "\n\n",
        "Lượt xem: 12\n",
        "|",
        "“Vâng.” ",
        "từ" * 30,
        " ",
        "(1) A; ",
        "anh.jpg\n",
    ]
)


@given(st.lists(BITS, max_size=60).map("".join), st.integers(8, 60))
def test_passages_cover_every_sentence_in_order_and_never_furniture(text, budget):
    source = article(text or "x")
    passages = cut_passages(source, count_tokens=words, max_tokens=budget)
    covered = sorted({place for p in passages for s in p.sentences for place in range(*s)})
    assert [source.text[i] for i in covered if not source.text[i].isspace()] == [
        c for s in sentences_of(source) for c in s.of(source.text) if not c.isspace()
    ]
    furniture = {place for piece in source.furniture for place in range(*piece)}
    assert not furniture.intersection(covered)
    for passage in passages:
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert sum(words(texts(passage, source))) <= max(budget, 8)
        assert all(isinstance(sentence, Span) for sentence in passage.sentences)


@pytest.mark.parametrize("budget", [1, 2, 7])
def test_tiny_budgets_still_give_passages(budget):
    passages = cut_passages(REPORT, count_tokens=words, max_tokens=budget)
    assert passages[0].start == 0
    assert passages[-1].end == len(REPORT.text)


def test_the_name_of_a_file_is_no_title_to_search_by():
    unnamed = Article.from_text(
        "Cầu dài 240 mét, rộng 8 mét, nối hai bờ sông. Xe tải mười tấn qua được.", id="tin/cau-moi.txt"
    )
    (passage,) = cut_passages(unnamed, count_tokens=words)
    assert (unnamed.title, search_text(unnamed, passage)) == ("cau-moi", unnamed.text)


def test_an_article_saved_under_its_own_title_is_searched_by_it():
    named = Article.from_text(
        "Khánh thành cầu Đá Bạc\n\nCầu dài 240 mét, rộng 8 mét, nối hai bờ sông.",
        id="tin/Khánh thành cầu Đá Bạc.txt",
    )
    (passage,) = cut_passages(named, count_tokens=words)
    assert named.headline == "Khánh thành cầu Đá Bạc"
    assert search_text(named, passage).split("\n") == [
        "Khánh thành cầu Đá Bạc",
        "Cầu dài 240 mét, rộng 8 mét, nối hai bờ sông.",
    ]


def test_a_first_sentence_that_is_the_name_of_the_file_and_no_headline_is_searched():
    text = "Cầu dài 240 mét, rộng 8 mét, nối hai bờ sông Mây và làng Đồi Xanh với xã Đá Bạc, xe tải mười tấn qua được."
    unnamed = Article.from_text(f"{text}\n\nHết.", id=f"{text}.txt")
    (passage,) = cut_passages(unnamed, count_tokens=words)
    assert unnamed.headline is None
    assert search_text(unnamed, passage) == f"{text} Hết."
