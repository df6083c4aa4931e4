"""A bare preposition and a verb without its object get the rest from the question before."""

from __future__ import annotations

import pytest

from qa.adverbials import asks_beside
from qa.ellipsis import filled
from qa.turn import Turn


@pytest.mark.parametrize(
    ("question", "how"),
    [
        ("Của ai?", "cua"),
        ("Do đơn vị nào?", "do"),
        ("Vào ngày nào?", "vao"),
        ("Cho những ai?", "cho"),
        ("Với giá bao nhiêu?", "voi"),
        ("cua co quan nao", "cua"),
        ("Do đơn vị nào tổ chức?", ""),
        ("Độ tuổi nào?", ""),
        ("Vé hạng nào?", ""),
        ("Tủ sách nào?", ""),
        ("Bằng khen gì?", ""),
        ("Về hưu năm nào?", ""),
        ("Ở tỉnh nào trồng nhiều chè nhất?", ""),
        ("?", ""),
    ],
)
def test_a_preposition_asks_alone_only_with_what_asks_behind_it(question, how):
    assert asks_beside(question) == how


ORDER = Turn("Nghị quyết số 12-NQ/TU ban hành khi nào?")
FUND = Turn("Quỹ Vì người nghèo trao học bổng ở đâu?")


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("Của ai?", ORDER, "Nghị quyết số 12-NQ/TU của ai?"),
        ("Do cơ quan nào?", ORDER, "Nghị quyết số 12-NQ/TU do cơ quan nào ban hành?"),
        ("của ai", Turn("nghi quyet so 12 ban hanh ngay nao"), "Nghi quyet so 12 của ai?"),
        ("Cho những ai?", FUND, "Quỹ Vì người nghèo trao học bổng cho những ai?"),
        ("Vào ngày nào?", FUND, "Quỹ Vì người nghèo trao học bổng vào ngày nào?"),
        ("Ở đâu?", Turn("Xe tải lật lúc mấy giờ?"), "Xe tải lật ở đâu?"),
        ("Ở đâu?", Turn("Ai chủ trì hội thảo về rừng?"), "Hội thảo ở đâu?"),
        ("Do ai?", Turn("Hội nghị của Sở Y tế họp hôm nào?"), "Hội nghị của Sở Y tế do ai?"),
        ("Do ai?", Turn("Ông Lê Văn An bị kỷ luật năm nào?"), "Ông Lê Văn An bị kỷ luật do ai?"),
        ("Cho ai?", Turn("Ai trao giải cuộc thi vẽ?"), "Trao giải cuộc thi vẽ cho ai?"),
        ("Ở đâu?", Turn("Trời mưa mấy ngày liền?"), ""),
        ("Ai chủ trì?", ORDER, ""),
    ],
)
def test_a_preposition_stands_behind_what_was_said(question, before, whole):
    assert filled(question, before) == whole


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        (
            "Khách mời dự bằng cách nào?",
            Turn("Ai được dự đại hội Hội Nông dân tỉnh?"),
            "Khách mời dự đại hội Hội Nông dân tỉnh bằng cách nào?",
        ),
        (
            "Thư ký tham dự thế nào?",
            Turn("Hội thảo của Viện Dầu khí họp ở đâu?"),
            "Thư ký tham dự Hội thảo của Viện Dầu khí thế nào?",
        ),
        (
            "Hiệu trưởng phát biểu lúc nào?",
            Turn("Ai phát biểu tại lễ khai giảng của Trường Đồi Xanh?"),
            "Hiệu trưởng phát biểu tại lễ khai giảng của Trường Đồi Xanh lúc nào?",
        ),
        (
            "Tài trợ từ năm nào?",
            Turn("Công ty nào tài trợ giải bóng bàn?", ("Công ty Hoa Lan",)),
            "Công ty Hoa Lan tài trợ giải bóng bàn từ năm nào?",
        ),
        ("Nuôi mấy con?", Turn("Ai nuôi bò sữa?"), "Nuôi bò sữa mấy con?"),
        ("Bà con nuôi mấy con?", Turn("Ai nuôi bò sữa?"), ""),
        ("Chủ ở đâu?", Turn("Hội thảo nào bàn về rừng?"), ""),
        ("Thư ký dự hội thảo khác thế nào?", Turn("Ai được dự đại hội Hội Nông dân tỉnh?"), ""),
    ],
)
def test_a_verb_gets_the_object_that_it_had(question, before, whole):
    assert filled(question, before) == whole
