"""What is shown is a place in an article; what is not sure enough is not an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.article import Article
from index.hit import Hit
from index.span import Span
from qa.confidence import FEATURES, SUPPORT, Calibration
from qa.decision import cite, decide
from qa.question import understand
from qa.ranking import EVIDENCE
from qa.reader import Candidate
from qa.turn import Turn

ARTICLE = Article(
    "a.txt", "Tiêu đề", "Tiêu đề\nCầu dài 240 mét. Cầu rộng 8 mét.", published=date(2022, 11, 20)
)
LONG, WIDE = Span(8, 24), Span(25, 40)
QUERY = understand("Cầu dài bao nhiêu?")


def place(text, *, article=ARTICLE):
    start = article.text.index(text)
    return Span(start, start + len(text))


def candidate(text, sentence=LONG, *, margin, article=ARTICLE):
    hit = Hit(article, 0, len(article.text), (sentence,), 0.5, 1, 1, 0.8)
    return Candidate(hit, place(text, article=article), sentence, margin, 0.5)


def calibration(least):
    """A probability that is the logistic of the margin alone."""
    ranking = tuple({"margin": 1.0, "misfit": -20.0}.get(name, 0.0) for name in EVIDENCE)
    weights = tuple(1.0 if name == "margin" else 0.0 for name in FEATURES)
    support = tuple(float(name == "margin") for name in SUPPORT)
    thresholds = {"balanced": least, "strict": 0.99}
    return Calibration(ranking, weights, 0.0, support, 0.0, thresholds, 0.0)


def answers_to(candidates, *, query=QUERY, least=0.5, **options):
    decision = decide(query, candidates, calibration=calibration(least), **options)
    return decision.answers, decision.closest


def test_an_answer_much_less_sure_than_the_first_is_not_shown():
    far, near = candidate("8 mét", WIDE, margin=-2.0), candidate("8 mét", WIDE, margin=-0.5)
    first = candidate("240 mét", margin=2.0)
    assert [len(answers_to([first, other], least=0.1)[0]) for other in (far, near)] == [1, 2]
    assert len(answers_to([far], least=0.1)[0]) == 1


@pytest.mark.parametrize(("margin", "shown"), [(-0.5, ["27 lớp"]), (1.0, ["27 lớp", "3.789 học viên"])])
def test_what_else_is_counted_is_no_other_answer_where_it_is_much_less_sure(margin, shown):
    text = "Trường dạy 27 lớp với 3.789 học viên."
    article = Article("b.txt", "Tin", f"Tin\n{text}")
    given = [
        replace(candidate(part, place(text, article=article), margin=sureness, article=article), fit=fit)
        for part, sureness, fit in (("27 lớp", 2.0, 1), ("3.789 học viên", margin, 0))
    ]
    query = understand("Trường dạy bao nhiêu lớp?")
    assert [answer.text for answer in answers_to(given, query=query, least=0.1)[0]] == shown
    assert [answer.text for answer in answers_to(given[1:], query=query, least=0.1)[0]] == ["3.789 học viên"]


@pytest.mark.parametrize(("part", "answered"), [("tài cấp", False), ("2 cầu", True)])
def test_a_part_of_what_does_not_fit_is_no_answer_either(part, answered):
    text = "Sở có 08 đề tài cấp cơ sở và 2 cầu."
    article = Article("b.txt", "Tin", f"Tin\n{text}")
    whole, other = (
        candidate(words, place(text, article=article), margin=margin, article=article)
        for words, margin in (("08 đề tài cấp", 3.0), (part, 2.0))
    )
    query = understand("Sở có bao nhiêu đề tài cấp bộ?")
    assert bool(answers_to([replace(whole, fit=-1), other], query=query)[0]) is answered


def test_the_list_that_most_candidates_are_of_is_given():
    text = "Dự lễ có Sở Y tế, Sở Nội vụ. Trung tâm gồm: (1) Khoa Nội; (2) Khoa Ngoại; (3) Tổ Xe."
    article = Article("b.txt", "Tin", f"Tin\n{text}")
    guests, parts = (
        place("Dự lễ có Sở Y tế, Sở Nội vụ.", article=article),
        place("Trung tâm gồm: (1) Khoa Nội; (2) Khoa Ngoại; (3) Tổ Xe.", article=article),
    )
    given = [
        candidate("Sở Y tế, Sở Nội vụ", guests, margin=-0.5, article=article),
        *(candidate(part, parts, margin=-1.0, article=article) for part in ("Khoa Nội", "Tổ Xe")),
    ]
    query = understand("Trung tâm gồm những bộ phận nào?")
    answers, _ = answers_to(given, query=query, least=0.1)
    assert [answer.text for answer in answers] == ["Khoa Nội", "Khoa Ngoại", "Tổ Xe"]
    answers, _ = answers_to(given[:2], query=query, least=0.1)
    assert [answer.text for answer in answers] == ["Sở Y tế", "Sở Nội vụ"]


def test_what_tells_a_number_goes_before_what_tells_none():
    text = "Dự họp có toàn thể đảng viên của hai chi bộ, 72 đảng viên."
    article = Article("b.txt", "Tin", f"Tin\n{text}")
    given = [
        candidate(words, place(text, article=article), margin=margin, article=article)
        for words, margin in (("toàn thể đảng viên", 3.0), ("72 đảng viên", 2.0))
    ]
    answers, _ = answers_to(given, query=understand("Có bao nhiêu đảng viên dự họp?"))
    assert [answer.text for answer in answers] == ["72 đảng viên", "toàn thể đảng viên"]


def test_the_office_of_who_is_named_is_no_second_answer():
    told = "Ông Lê An, Phó Chủ nhiệm Ủy ban Kiểm tra trình bày báo cáo."
    another = "Bí thư đọc diễn văn."
    event = "Hội nghị bế mạc."
    article = Article("b.txt", "Tin", f"Tin\n{told} {another} {event}")
    given = [
        candidate(text, place(sentence, article=article), margin=margin, article=article)
        for text, sentence, margin in (
            ("Lê An", told, 3.0),
            ("Phó Chủ nhiệm", told, 2.0),
            ("Ủy ban Kiểm tra", told, 1.5),
            ("Bí thư", another, 1.0),
            ("Hội nghị", event, 0.9),
        )
    ]
    query = understand("Ai trình bày báo cáo?")
    answers, _ = answers_to(given, query=query)
    assert [answer.text for answer in answers] == ["Lê An", "Ủy ban Kiểm tra", "Bí thư"]
    answers, _ = answers_to(given[1:], query=query)
    assert [answer.text for answer in answers] == ["Phó Chủ nhiệm", "Ủy ban Kiểm tra", "Bí thư"]


def test_answers_are_verbatim_places_best_first():
    answers, closest = answers_to([candidate("8 mét", WIDE, margin=1.0), candidate("240 mét", margin=2.0)])
    assert [answer.text for answer in answers] == ["240 mét", "8 mét"]
    assert [answer.citation.sentence for answer in answers] == ["Cầu dài 240 mét.", "Cầu rộng 8 mét."]
    assert closest == ()
    for answer in answers:
        assert ARTICLE.text[answer.citation.start : answer.citation.end] == answer.text
        assert answer.citation.sha256 == ARTICLE.sha256


def test_below_the_threshold_the_closest_sentences_are_no_answers():
    unsure = [candidate("240", margin=-1), candidate("240 mét", margin=-2), candidate("8", WIDE, margin=-3)]
    answers, closest = answers_to(unsure)
    assert answers == ()
    assert [citation.text for citation in closest] == ["Cầu dài 240 mét.", "Cầu rộng 8 mét."]


def test_a_span_that_is_hardly_right_is_no_answer_however_well_its_passage_was_found():
    shown = replace(calibration(0.5), support_bias=10.0)
    for margin, count in ((-2.0, 1), (-4.0, 0)):
        decision = decide(QUERY, [candidate("240 mét", margin=margin)], calibration=shown)
        assert len(decision.answers) == count
        assert (decision.considered[0].support > 0.5) == bool(count)


def test_the_stricter_threshold_is_the_callers_choice():
    assert answers_to([candidate("240 mét", margin=2.0)])[0]
    assert not answers_to([candidate("240 mét", margin=2.0)], caution="strict")[0]


def test_nothing_found_is_nothing_shown():
    assert answers_to([], least=0.0) == ((), ())


def test_who_asks_for_people_is_not_told_of_things():
    article = Article("c.txt", "Họp", "Ông Sơn và bà Hoa dự họp, một số nhiệm vụ còn chậm, của Sở.")
    whole = Span(0, len(article.text))
    things = candidate("một số nhiệm vụ còn chậm", whole, margin=3, article=article)
    people = candidate("Ông Sơn và bà Hoa", whole, margin=2, article=article)
    asked = understand("Liệt kê những người dự họp")
    assert answers_to([things], query=asked)[0] == ()
    assert [answer.text for answer in answers_to([things, people], query=asked)[0]] == ["Ông Sơn và bà Hoa"]


def test_a_yes_or_no_question_is_settled_by_a_whole_sentence():
    (answer,), _ = answers_to(
        [candidate("240 mét", margin=3)], query=understand("Cầu dài 240 mét phải không?")
    )
    assert answer.text == "Cầu dài 240 mét."


def test_a_place_is_cited_once():
    both = [candidate("240 mét", margin=3), candidate("Cầu dài", margin=2)]
    (answer,), _ = answers_to(both, query=understand("Cầu dài 240 mét phải không?"))
    assert [citation.text for citation in answer.citations] == ["Cầu dài 240 mét."]


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (Span(8, 8), LONG),
        (Span(7, 10), LONG),
        (Span(8, 30), LONG),
        (Span(8, 9), Span(8, 400)),
        (Span(-3, 4), LONG),
    ],
)
def test_a_place_that_is_none_is_never_cited(span, sentence):
    with pytest.raises(ValueError, match="no place"):
        cite(ARTICLE, span, sentence=sentence)


def test_a_terminal_shows_the_answer_before_its_sentence_also_without_colours():
    from io import StringIO

    from rich.console import Console

    from qa.answer import Reply

    answers, _ = answers_to([candidate("240 mét", margin=2.0)])
    console = Console(file=StringIO(), width=200)
    console.print(Reply("Cầu dài bao nhiêu?", answers, (), (), 0.1))
    assert console.file.getvalue().splitlines()[:2] == ["240 mét  (88%)", "Cầu dài 240 mét."]


def decided(candidates, *, question, least=0.5):
    return decide(understand(question), candidates, calibration=calibration(least))


OLDER = Article("cu.txt", "Bài cũ", "Cầu dài 200 mét.", published=date(2021, 1, 2))


PEOPLE = Article(
    "c.txt",
    "Tin",
    "Chủ trì có ông Phan Văn Lộc và bà Lê Thị Hạnh. Thư ký là ông Võ Bình.",
    published=date(2022, 1, 1),
)


def test_a_question_for_several_gets_all_items_in_the_order_of_the_article():
    found = [candidate("Lê Thị Hạnh", Span(0, 46), margin=3.0, article=PEOPLE)]
    decision = decided(found, question="Những ai chủ trì?")
    assert decision.listed
    assert [answer.text for answer in decision.answers] == ["Phan Văn Lộc", "Lê Thị Hạnh"]
    for answer in decision.answers:
        assert PEOPLE.text[answer.citation.start : answer.citation.end] == answer.text


def test_asking_for_more_leaves_out_what_was_given():
    query = understand("Còn ai nữa không?", before=Turn("Ai chủ trì?", ("Phan Văn Lộc",), "c.txt"))
    found = [candidate("Phan Văn Lộc", Span(0, 46), margin=3.0, article=PEOPLE)]
    decision = decide(query, found, calibration=calibration(0.5))
    assert [answer.text for answer in decision.answers] == ["Lê Thị Hạnh"]


def test_what_stood_behind_the_first_answer_is_more_of_it_unless_all_were_items_of_a_list():
    names = ("Phan Văn Lộc", "Lê Thị Hạnh")
    found = [candidate(name, Span(0, 46), margin=3.0, article=PEOPLE) for name in names]

    def more(*, listed):
        query = understand("Còn ai nữa không?", before=Turn("Ai chủ trì?", names, "c.txt", listed=listed))
        return [answer.text for answer in decide(query, found, calibration=calibration(0.5)).answers]

    assert more(listed=False) == ["Lê Thị Hạnh"]
    assert more(listed=True) == []


def test_what_cannot_be_the_answer_stands_behind_what_can():
    found = [candidate("Cầu", margin=4.0), candidate("240 mét", margin=1.0)]
    decision = decided(found, question="Cầu dài bao nhiêu mét?")
    assert [answer.text for answer in decision.answers] == ["240 mét", "Cầu"]


def test_an_article_of_other_years_answers_nothing_about_the_year_that_is_asked_for():
    article = Article("n.txt", "Tin", "Năm 2022 cầu dài 240 mét.", published=date(2022, 1, 1))
    found = [candidate("240 mét", Span(0, 25), margin=5.0, article=article)]
    assert decided(found, question="Năm 2022 cầu dài bao nhiêu mét?").answers
    refused = decided(found, question="Năm 2023 cầu dài bao nhiêu mét?")
    assert refused.answers == ()
    assert refused.considered[0].support == 0.0


def test_the_list_is_that_of_the_strongest_span_that_is_part_of_one():
    found = [
        candidate("Thư ký", Span(47, 70), margin=4.0, article=PEOPLE),
        candidate("Lê Thị Hạnh", Span(0, 46), margin=3.0, article=PEOPLE),
    ]
    decision = decided(found, question="Những ai chủ trì?")
    assert [answer.text for answer in decision.answers] == ["Phan Văn Lộc", "Lê Thị Hạnh"]


def test_the_list_of_a_much_weaker_span_is_not_given_instead():
    listed = Span(0, 46)
    found = [
        candidate("Thư ký", Span(47, 69), margin=2.0, article=PEOPLE),
        candidate("Lê Thị Hạnh", listed, margin=-1.0, article=PEOPLE),
    ]
    query = understand("Những ai chủ trì?")
    decision = decide(query, found, calibration=calibration(0.1))
    assert [one.support >= 0.1 for one in decision.considered] == [True, True]
    assert decision.answers[0].text == "Thư ký"
    assert not decision.listed


def test_parts_of_one_answer_that_a_comma_joins_are_given_as_one():
    told = "Viện đề nghị Bộ quan tâm, tạo điều kiện và cấp vốn trong năm 2022."
    article = Article("b.txt", "Tin", f"Tin\n{told}")
    sentence = place(told, article=article)
    found = [
        candidate(part, sentence, margin=margin, article=article)
        for part, margin in (("tạo điều kiện", 3.0), ("quan tâm", 2.5), ("2022", 2.0))
    ]
    decision = decided(found, question="Viện đề nghị Bộ điều gì?")
    assert [answer.text for answer in decision.answers] == ["quan tâm, tạo điều kiện", "2022"]
    alone = decided(found[:1], question="Viện đề nghị Bộ điều gì?")
    assert [answer.text for answer in alone.answers] == ["tạo điều kiện"]


def test_a_fragment_that_nobody_would_be_shown_is_joined_to_no_answer():
    told = "Bão đổ bộ vào huyện Mường Lạng rạng sáng 11/9."
    article = Article("b.txt", "Tin", f"Tin\n{told}")
    sentence = place(told, article=article)
    found = [
        candidate(part, sentence, margin=margin, article=article)
        for part, margin in (("huyện Mường Lạng", 3.0), ("rạng sáng 11/9", -2.0))
    ]
    decision = decided(found, question="Bão đổ bộ vào đâu?", least=0.1)
    assert [answer.text for answer in decision.answers] == ["huyện Mường Lạng"]
