from index.article import Article
from ui.examples import example_questions


def article(text: str) -> Article:
    return Article(text.split("\n")[0], text.split("\n")[0], text)


def test_a_number_that_somebody_has_is_asked_for():
    text = "Tin ngắn\nHiện nay, Đảng bộ Sở GDĐT có 07 chi bộ trực thuộc, 72 đảng viên."
    assert example_questions([article(text)]) == ("Đảng bộ Sở GDĐT có bao nhiêu chi bộ trực thuộc?",)


def test_a_person_named_with_an_office_is_asked_about():
    text = "Tin ngắn\nDự lễ có bà Lê Thị Hạnh, Giám đốc Thư viện."
    assert example_questions([article(text)]) == ("Lê Thị Hạnh giữ chức vụ gì?",)


def test_a_headline_that_tells_an_event_becomes_a_question():
    assert example_questions([article("Trường A tổ chức hội thi."), article("Hội nghị sơ kết năm 2022")]) == (
        "Trường A tổ chức hội thi khi nào?",
        "Ai chủ trì hội nghị sơ kết năm 2022?",
    )


def test_no_question_is_made_where_no_article_has_the_form():
    assert example_questions([article("Tin ngắn\nHôm nay trời đẹp."), article("")]) == ()


def test_questions_come_by_turns_from_the_articles_and_each_once():
    same = article("Hội nghị sơ kết\nông Trần Văn Ba, Chủ tịch xã.")
    other = article("Hội thảo mùa xuân")
    assert example_questions([same, other, same], most=3) == (
        "Trần Văn Ba giữ chức vụ gì?",
        "Ai chủ trì hội thảo mùa xuân?",
        "Ai chủ trì hội nghị sơ kết?",
    )


def test_a_headline_too_long_to_read_is_left_out():
    assert example_questions([article("Hội nghị " + "rất dài " * 20)]) == ()


def test_questions_of_different_kinds_are_preferred():
    text = "Hội nghị {}\nThư viện Sông Mây có 500 đầu sách.\nDự lễ có bà Lê Thị Hạnh, Giám đốc Thư viện."
    assert example_questions(article(text.format(number)) for number in range(3)) == (
        "Thư viện Sông Mây có bao nhiêu đầu sách?",
        "Lê Thị Hạnh giữ chức vụ gì?",
        "Ai chủ trì hội nghị 2?",
        "Ai chủ trì hội nghị 0?",
    )
