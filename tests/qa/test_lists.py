"""A question about several things gets all items of the list that its best span is part of, and nothing else."""

from __future__ import annotations

import pytest

from index.article import Article
from index.passage import sentences_of
from index.span import Span
from qa.lists import list_around
from qa.question_kind import Kind

NUMBERED = (
    "Hội nghị thống nhất bốn ý chính: (1) Họp đúng hạn, đủ người; (2) Đổi mới sinh hoạt; Khuyến khích học nhóm; "
    "(3) Phối hợp chuyên môn. Hội nghị kết thúc lúc 17 giờ."
)
BULLETS = "Các nhiệm vụ gồm:\n- Sửa cầu Đá Bạc;\n- Trồng 500 cây;\n\nHội nghị kết thúc."
CAPTIONS = (
    "Sáng 4/3, huyện tổ chức hội nghị.\n\nĐồng chí Lê Anh Hạnh – Bí thư phát biểu tại Hội nghị\n\n"
    "Đồng chí H’Ban – Chủ tịch phát biểu tại Hội nghị\n\nĐồng chí Võ Bình – Giám đốc trao quà cho học sinh\n\n"
    "Toàn cảnh hội nghị"
)
SENTENCE = (
    "Chủ trì có các đồng chí Phan Văn Lộc - Giám đốc Sở; đồng chí Lê Thị Hạnh – Hiệu trưởng trường Tô Hiệu; "
    "ông Y Bion."
)
COMMAS = "Dự hội nghị gồm: Chi bộ Hành chính, Chi bộ Giảng viên và 50 học viên. Trời mưa."


def items(text, best, *, kind=Kind.THING, question="Gồm những gì?"):
    article = Article.from_text(text, id="a.txt", title="")
    start = article.text.index(best)
    span = Span(start, start + len(best))
    found = list_around(article.text, span, sentences=sentences_of(article), kind=kind, question=question)
    for item in found:
        assert item.sentence.start <= item.span.start < item.span.end <= item.sentence.end
    return [item.span.of(article.text) for item in found]


@pytest.mark.parametrize("best", ["bốn ý chính", "Đổi mới sinh hoạt", "Phối hợp chuyên môn"])
def test_a_numbered_list(best):
    assert items(NUMBERED, best) == [
        "Họp đúng hạn, đủ người",
        "Đổi mới sinh hoạt; Khuyến khích học nhóm",
        "Phối hợp chuyên môn",
    ]


def test_a_number_with_nothing_behind_it_is_no_item():
    text = "Hội nghị thống nhất: (1) Họp đúng hạn; (2) Đổi mới công tác; (3) …"
    assert items(text, "Đổi mới công tác") == ["Họp đúng hạn", "Đổi mới công tác"]


def test_a_sentence_behind_the_list_is_no_part_of_it():
    assert items(NUMBERED, "17 giờ") == []


@pytest.mark.parametrize("best", ["Trồng 500 cây", "Các nhiệm vụ gồm"])
def test_lines_with_bullets(best):
    assert items(BULLETS, best) == ["Sửa cầu Đá Bạc", "Trồng 500 cây"]


@pytest.mark.parametrize(("asks", "answers"), [("*", "-"), ("-", "-")])
def test_the_dashes_of_a_conversation_are_no_list(asks, answers):
    text = f"{asks} Khi nào đi viện?\n{answers} Khi đau bụng, nôn nhiều, lừ đừ.\n{asks} Tốn không?\n{answers} Vừa."
    assert items(text, "đau bụng, nôn nhiều, lừ đừ") == ["đau bụng", "nôn nhiều", "lừ đừ"]


def test_what_one_point_announces_by_itself_is_the_list():
    text = "Kết quả:\n- Xuất khẩu tăng 5%.\n- Ba thị trường lớn nhất là Mỹ, Trung Quốc và EU.\n- Biên lợi nhuận tăng."
    assert items(text, "Mỹ, Trung Quốc và EU") == ["Mỹ", "Trung Quốc", "EU"]
    assert len(items(text, "Xuất khẩu tăng 5%")) == 3


def test_what_is_of_another_noun_is_no_item_where_several_are_of_the_one_asked_for():
    assert items(COMMAS, "Chi bộ Hành chính", question="Gồm các chi bộ nào?") == [
        "Chi bộ Hành chính",
        "Chi bộ Giảng viên",
    ]
    for question in ("Gồm các đơn vị nào?", "Gồm những chi bộ, lớp nào?"):
        assert len(items(COMMAS, "Chi bộ Hành chính", question=question)) == 3


def test_half_of_a_pair_of_quotation_marks_is_no_part_of_an_item():
    text = 'Tỉnh có "Cam Đông Lĩnh" và "Mật ong Phù Lâm".'
    assert items(text, 'Cam Đông Lĩnh" và "Mật ong Phù Lâm') == ["Cam Đông Lĩnh", "Mật ong Phù Lâm"]


def test_groups_of_people_are_told_where_nobody_is_named():
    text = "Dự họp có các đồng chí trong Đảng ủy, Ban Giám hiệu và cấp ủy các chi bộ gồm: Chi bộ 1, Chi bộ 2."
    best = "các đồng chí trong Đảng ủy, Ban Giám hiệu và cấp ủy các chi bộ"
    assert items(text, best, kind=Kind.PERSON, question="Dự họp gồm những ai?") == [
        "các đồng chí trong Đảng ủy",
        "Ban Giám hiệu",
        "cấp ủy các chi bộ",
        "Chi bộ 1",
        "Chi bộ 2",
    ]
    said = "Các đại biểu đã trao đổi, góp ý và biểu quyết."
    assert items(said, said[:-1], kind=Kind.PERSON, question="Những ai góp ý?") == []


def test_captions_of_one_pattern_but_not_those_of_another():
    found = items(CAPTIONS, "Lê Anh Hạnh", kind=Kind.PERSON, question="Những ai phát biểu tại hội nghị?")
    assert found == ["Lê Anh Hạnh", "H’Ban"]


def test_the_people_of_a_sentence_but_no_school_that_is_named_after_one():
    found = items(SENTENCE, "Phan Văn Lộc", kind=Kind.PERSON, question="Những ai chủ trì?")
    assert found == ["Phan Văn Lộc", "Lê Thị Hạnh", "Y Bion"]


def test_an_enumeration_within_a_sentence():
    assert items(COMMAS, "Chi bộ Hành chính, Chi bộ Giảng viên") == [
        "Chi bộ Hành chính",
        "Chi bộ Giảng viên",
        "50 học viên",
    ]


def test_a_department_is_one_item_though_its_name_has_an_and():
    text = "Cụm gồm Sở Lao động - Thương binh và Xã hội, Sở Văn hóa, Thể thao và Du lịch, Đài Phát thanh và Truyền hình"
    found = items(text, "Sở Lao động")
    assert found == [
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Đài Phát thanh và Truyền hình",
    ]
    assert (
        items("Dự có Sở Y tế và bà Lê Lan, Ban Giám hiệu và Công đoàn.", "Sở Y tế và bà Lê Lan, Ban")[0]
        == "Sở Y tế"
    )


def test_a_title_in_quotation_marks_is_one_thing():
    assert (
        items("Toạ đàm có chủ đề “Nâng cao chất lượng cán bộ, giảng viên ở trường” rất hay.", "Nâng cao chất")
        == []
    )


def test_a_span_that_is_part_of_no_list():
    assert items("Cầu dài 240 mét.", "240 mét") == []


def test_a_caption_need_not_repeat_the_title_and_nobody_comes_twice():
    text = (
        "Hội nghị sơ kết\n\nPhát biểu tại Hội nghị, ông Lê Hạnh cảm ơn đại biểu.\n\n"
        "Ông Lê Hạnh phát biểu tại Hội nghị\n\n"
        "Bà Võ Bình phát biểu ý kiến\n\nBà Phan Mai trao quà"
    )
    article = Article.from_text(text, id="a.txt", title="Hội nghị sơ kết")
    start = article.text.index("Lê Hạnh phát")
    found = list_around(
        article.text,
        Span(start, start + 7),
        sentences=sentences_of(article),
        kind=Kind.PERSON,
        question="Những ai phát biểu tại hội nghị?",
        title=article.title,
    )
    assert [item.span.of(article.text) for item in found] == ["Lê Hạnh", "Võ Bình"]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Những trường nào được tặng Bằng khen?", ["Trường Hưng Hà", "Trường Hải Vân"]),
        (
            "Những trường nào được khen thưởng?",
            ["Trường Ninh Sơn – Cờ thi đua", "Trường Hưng Hà và Trường Hải Vân – Bằng khen"],
        ),
    ],
)
def test_of_who_got_what_those_are_listed_who_got_what_is_named(question: str, wanted: list[str]) -> None:
    text = "Hội nghị khen thưởng: Trường Ninh Sơn – Cờ thi đua; Trường Hưng Hà và Trường Hải Vân – Bằng khen."
    assert items(text, "Trường Hưng Hà", kind=Kind.BODY, question=question) == wanted


def test_who_is_what_is_told_behind_a_colon_part_by_part() -> None:
    text = (
        "Cụm bầu các đơn vị gồm: Trường Ninh Sơn là Cụm trưởng; Trường Hưng Hà và Trường Hải Vân là Cụm phó."
    )
    span = "Trường Ninh Sơn là Cụm trưởng; Trường Hưng Hà và Trường Hải Vân"
    asked = "Những trường nào là Cụm phó?"
    assert items(text, span, kind=Kind.BODY, question=asked) == ["Trường Hưng Hà", "Trường Hải Vân"]


def test_a_part_with_and_in_it_is_one_item_where_commas_go_on():
    text = "Cô nêu các vấn đề: vai trò và trách nhiệm của hội viên, công tác sinh hoạt, quản lý và phát triển hội viên."
    assert items(text, "công tác sinh hoạt") == [
        "vai trò và trách nhiệm của hội viên",
        "công tác sinh hoạt",
        "quản lý và phát triển hội viên",
    ]


def test_documents_of_several_kinds_are_told_whole():
    text = (
        "Xã thực hiện Nghị quyết Trung ương 5 khóa XI, XII; Kết luận số 12-KL/TW, ngày 3/4/2021 “Về Luật Đất đai”; "
        "Chỉ thị số 7-CT/TW và chủ đề năm."
    )
    asked = "Xã thực hiện những nghị quyết, kết luận, chỉ thị nào?"
    assert items(text, "Kết luận số 12-KL/TW", question=asked) == [
        "Nghị quyết Trung ương 5 khóa XI, XII",
        "Kết luận số 12-KL/TW",
        "Chỉ thị số 7-CT/TW",
    ]


PLAIN = (
    "Ba xã thu cao nhất:\n\nXã Lam Hạ: 2 tỷ đồng\nXã Vân Kê: 970 triệu đồng\nXã Bến Đá: 415 triệu đồng\n\n"
    "Thu sẽ tăng."
)


@pytest.mark.parametrize("best", ["Xã Vân Kê", "Ba xã", "415 triệu đồng"])
def test_short_lines_behind_a_colon_are_items(best):
    assert items(PLAIN, best) == [
        "Xã Lam Hạ: 2 tỷ đồng",
        "Xã Vân Kê: 970 triệu đồng",
        "Xã Bến Đá: 415 triệu đồng",
    ]


def test_what_no_colon_announces_or_a_blank_line_parts_is_no_list_of_lines():
    assert items(PLAIN, "Thu sẽ tăng") == []
    assert items(PLAIN.replace("nhất:", "nhất."), "Xã Vân Kê") == []
