from dataclasses import replace

import pytest

from index.hit import Hit
from index.span import Span
from qa.answer import Answer, Note, Reply
from qa.explanation import Considered, Evidence
from qa.message import Message
from qa.reader import Candidate
from tests.ui.fake_assistant import BOOKS, LENGTH, LIBRARY, NEW_BOOKS
from tests.ui.html_page import HtmlPage
from ui.conversation_view import conversation_html
from ui.place import Place
from ui.render import NO_ANSWER, answer_html, confidence_html, marked_html
from ui.turn import Turn

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \"><a href='javascript:alert(3)'>x</a> "
    "$$x^2$$ **đậm** {{value}} ${1 + 1} `a` \x1b[31mđỏ\x1b[0m a\u202eb\u2066c \x00"
)
HARMLESS = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \"><a href='javascript:alert(3)'>x</a> "
    "$$x^2$$ **đậm** {{value}} ${1 + 1} `a` [31mđỏ[0m abc "
)


def reply(*answers: Answer, closest=(), notes=()) -> Reply:
    return Reply("Câu hỏi?", answers=answers, closest=closest, notes=notes, seconds=0.1)


def test_the_answer_is_marked_in_its_sentence():
    page = HtmlPage(answer_html(reply(Answer(0.93, (BOOKS,)))))
    assert page.one("short").text.startswith("12.500 đầu sách")
    assert [mark.text for mark in page.all("mark")] == [BOOKS.text]
    assert page.one("sentence").text == f"{BOOKS.sentence} [1]"


def test_an_answer_that_is_its_whole_sentence_is_written_once():
    whole = replace(BOOKS, text=BOOKS.sentence, start=BOOKS.sentence_start, end=BOOKS.sentence_end)
    page = HtmlPage(answer_html(reply(Answer(0.93, (whole,)))))
    assert page.of_class("sentence") == []
    assert page.one("short").text.startswith(f"{BOOKS.sentence} [1]")


def test_a_citation_tells_number_title_date_and_source():
    source = HtmlPage(answer_html(reply(Answer(0.93, (BOOKS,))))).one("source")
    assert source.text == "1Thư viện huyện Sông Mây mở cửa trở lại05/03/2021 · Trần Bình · mở bài"


def test_a_date_and_a_source_that_are_not_known_are_left_out():
    source = HtmlPage(answer_html(reply(Answer(0.93, (LENGTH,))))).one("source")
    assert source.text == "1Khánh thành cầu Đá Bạcmở bài"


def test_citations_are_numbered_through_the_reply():
    page = HtmlPage(answer_html(reply(Answer(0.9, (BOOKS,)), Answer(0.4, (NEW_BOOKS, LENGTH)))))
    assert [source.text[0] for source in page.of_class("source")] == ["1", "2", "3"]
    assert page.all("summary")[0].text == "1 câu trả lời khác"


def test_a_citation_links_to_its_place_with_the_other_spans_of_the_article():
    page = HtmlPage(answer_html(reply(Answer(0.9, (BOOKS,)), Answer(0.4, (NEW_BOOKS, LENGTH)))))
    places = [Place.from_query(link.attributes["href"]) for link in page.of_class("source")]
    assert [place.article for place in places] == [BOOKS.article, BOOKS.article, LENGTH.article]
    assert [[mark.number for mark in place.marks] for place in places] == [[1, 2], [2, 1], [3]]
    assert [place.marks[0].span for place in places] == [
        (cited.start, cited.end) for cited in (BOOKS, NEW_BOOKS, LENGTH)
    ]


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(1.0, "chắc chắn"), (0.85, "chắc chắn"), (0.84, "khá chắc"), (0.6, "khá chắc"), (0.0, "chưa chắc")],
)
def test_confidence_is_a_word(confidence, word):
    assert HtmlPage(confidence_html(confidence)).one("confidence").text == word


def test_without_an_answer_the_closest_sentences_are_labelled_and_not_marked():
    page = HtmlPage(answer_html(replace(reply(closest=(BOOKS, LENGTH)), understood="Thư viện ở đâu?")))
    assert page.one("short").text == NO_ANSWER
    assert page.one("looked").text == "Đã tìm: Thư viện ở đâu?"
    assert "không phải là câu trả lời" in page.all("h3")[0].text
    assert [sentence.text for sentence in page.of_class("sentence")] == [
        f"{BOOKS.sentence} [1]",
        f"{LENGTH.sentence} [2]",
    ]
    assert page.all("mark") == []


def test_without_any_sentence_only_the_verdict_is_shown():
    assert HtmlPage(answer_html(reply())).elements[0].text == NO_ANSWER


def test_a_note_offers_the_question_as_it_was_typed():
    note = Note("did_you_mean", Message("Đã hiểu là: {}", ("thư viện",)), alternative='"thu vien"')
    page = HtmlPage(answer_html(reply(Answer(0.9, (BOOKS,)), notes=(note,))))
    assert page.one("instead").attributes["data-question"] == '"thu vien"'


def test_notes_on_the_question_come_before_the_answer():
    html = answer_html(reply(Answer(0.9, (BOOKS,)), notes=(Note("follow_up", Message("Đã hiểu là: …")),)))
    assert HtmlPage(html).elements[0].text == "Đã hiểu là: …"


def test_a_waiting_turn_says_what_is_being_done():
    assert HtmlPage(conversation_html([Turn("Câu hỏi?")], articles=5)).one("pending").text == (
        "Đang tìm trong 5 bài viết…"
    )


def test_an_error_stands_where_the_answer_would():
    page = HtmlPage(conversation_html([Turn("?", error=Message("The question is empty."))], articles=5))
    assert page.one("problem").text == "Chưa trả lời được. The question is empty."


def test_a_conversation_without_turns_offers_questions():
    page = HtmlPage(conversation_html([], articles=5, examples=["Ai?", 'Vì "sao"?']))
    assert [(one.text, one.attributes["data-question"]) for one in page.of_class("example")] == [
        ("Ai?", "Ai?"),
        ('Vì "sao"?', 'Vì "sao"?'),
    ]


def test_whatever_articles_and_users_write_is_inert():
    cited = replace(
        BOOKS, text=HOSTILE, sentence=HOSTILE, title=HOSTILE, source=HOSTILE, article=HOSTILE, start=0,
        end=len(HOSTILE), sentence_start=0, sentence_end=len(HOSTILE),
    )  # fmt: skip
    inner = replace(cited, end=10, text=HOSTILE[:10])
    turns = [
        Turn(
            HOSTILE,
            reply=reply(Answer(0.9, (cited,)), Answer(0.9, (inner,)), notes=(Note("x", Message(HOSTILE)),)),
        ),
        Turn(HOSTILE, reply=reply(closest=(cited,))),
        Turn(HOSTILE, error=Message(HOSTILE)),
    ]
    for html in (
        conversation_html(turns, articles=1),
        conversation_html(turns, articles=1, conversation=HOSTILE),
        conversation_html([], articles=1, examples=[HOSTILE]),
    ):
        page = HtmlPage(html)
        assert {element.tag for element in page.elements}.isdisjoint({"script", "img"})
        names = {name for element in page.elements for name in element.attributes}
        assert names <= {
            "class",
            "href",
            "title",
            "role",
            "type",
            "aria-label",
            "aria-pressed",
            "autocomplete",
            "data-conversation",
            "data-number",
            "data-place",
            "data-question",
            "data-verdict",
            "hidden",
            "maxlength",
            "name",
            "tabindex",
            "value",
        }
        assert all(link.attributes["href"].startswith("?article=") for link in page.all("a"))
        assert HARMLESS in page.elements[0].text


def listed(*answers: Answer) -> Reply:
    return Reply("Câu hỏi?", answers=answers, closest=(), notes=(), seconds=0.1, listed=True)


def test_the_items_of_a_list_stand_in_order_each_with_its_number_and_each_source_once():
    page = HtmlPage(
        answer_html(listed(Answer(0.9, (BOOKS,)), Answer(0.9, (NEW_BOOKS,)), Answer(0.9, (LENGTH,))))
    )
    assert [item.text for item in page.all("li")[:3]] == [
        f"{BOOKS.text} [1]",
        f"{NEW_BOOKS.text} [2]",
        f"{LENGTH.text} [3]",
    ]
    assert [number.text for number in page.of_class("number")] == ["1, 2", "3"]
    assert page.one("count").text.startswith("3 mục")


def test_the_items_of_a_list_are_marked_in_their_sentences_each_sentence_once_above_its_article():
    items = (Answer(0.9, (BOOKS,)), Answer(0.9, (NEW_BOOKS,)), Answer(0.9, (LENGTH,)))
    page = HtmlPage(answer_html(listed(*items)))
    assert [sentence.text for sentence in page.of_class("sentence")] == [
        f"{BOOKS.sentence} [1] [2]",
        f"{LENGTH.sentence} [3]",
    ]
    assert [mark.text for mark in page.all("mark")] == [BOOKS.text, NEW_BOOKS.text, LENGTH.text]
    shown = [element.classes[0] for element in page.elements if {*element.classes} & {"sentence", "source"}]
    assert shown == ["sentence", "source"] * 2


def test_an_item_that_is_its_whole_sentence_is_written_once():
    whole = replace(LENGTH, text=LENGTH.sentence, start=LENGTH.sentence_start, end=LENGTH.sentence_end)
    page = HtmlPage(answer_html(listed(Answer(0.9, (BOOKS,)), Answer(0.9, (whole,)))))
    assert [sentence.text for sentence in page.of_class("sentence")] == [f"{BOOKS.sentence} [1]"]


def test_of_spans_that_overlap_the_first_is_marked_and_the_sentence_stays_whole():
    wider = replace(BOOKS, text="có 12.500 đầu", start=BOOKS.start - 3, end=BOOKS.end - 5)
    outside = replace(BOOKS, start=BOOKS.sentence_end, end=BOOKS.sentence_end + 4)
    page = HtmlPage(f"<p>{marked_html(BOOKS, outside, NEW_BOOKS, wider)}</p>")
    assert page.elements[0].text == BOOKS.sentence
    assert [mark.text for mark in page.all("mark")] == [wider.text, NEW_BOOKS.text]


def test_answers_that_contradict_each_other_are_not_folded_and_the_best_comes_before_the_contradiction():
    conflict = Note("conflict", Message("Các bài viết trả lời khác nhau: …"))
    other = Note("follow_up", Message("Đã hiểu là: …"))
    page = HtmlPage(
        answer_html(reply(Answer(0.9, (BOOKS,)), Answer(0.8, (LENGTH,)), notes=(conflict, other)))
    )
    assert page.of_class("others") == []
    shown = [element.text for element in page.elements if {*element.classes} & {"note", "short"}]
    assert shown == [
        other.text,
        f"{BOOKS.text}  chắc chắn",
        conflict.text,
        f"{LENGTH.text}  khá chắc",
    ]


def test_why_is_folded_and_tells_what_was_searched_and_decided():
    hit = Hit(
        LIBRARY, 0, len(LIBRARY.text), (Span(BOOKS.sentence_start, BOOKS.sentence_end),), 1.0, 1, None, 0.83
    )
    span = Span(BOOKS.start, BOOKS.end)
    candidate = Candidate(hit, span, Span(BOOKS.sentence_start, BOOKS.sentence_end), 4.2, 0.7)
    evidence = Evidence(
        "Thư viện <b>có</b> bao nhiêu đầu sách?", (hit,), (Considered(candidate, 0.9, 0.8),), 0.35
    )
    turn = Turn("Câu hỏi?").answered(replace(reply(Answer(0.9, (BOOKS,))), evidence=evidence))
    assert turn.reply.evidence is None  # else each page would keep the articles that it was read from
    page = HtmlPage(conversation_html([turn], articles=2))
    why = page.one("why")
    assert page.all("summary")[0].text == "Vì sao?"
    lines = [line.text for line in page.all("li") if line.text in why.text]
    assert lines[0] == "Đã tìm: Thư viện <b>có</b> bao nhiêu đầu sách?"
    assert "90%, đạt ngưỡng 35%" in lines[1]
    assert "bộ đọc +4.2" in lines[2]
    assert "BM25 hạng 1, véc-tơ hạng –" in lines[3]
    assert "thư, viện, có, đầu, sách" in lines[3]
