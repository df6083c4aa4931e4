import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.abbreviations import STRONG
from index.sentences import split_sentences
from index.syllable import is_syllable


def split(text):
    return [sentence.of(text) for sentence in split_sentences(text)]


WHOLE = [
    "Tham dự có PGS.TS. Phạm Bảo Sơn và PGS. TS. Chử Đức Trình.",
    "ThS. Lê An, GS. Trần Bình và BS. Võ Chi cùng dự.",
    "Ông sống ở TP. Hồ Chí Minh, quê ở Tp. Vinh.",
    "Bà ở TP.Hồ Chí Minh, học GS.TS.Nguyễn Lân.",
    "Trường mua sách, vở, bút, v.v. cho học sinh.",
    "Tác giả là J. K. Rowling, người Anh.",
    "Người ký là Nguyễn V. A. và Trần T. B. cùng phòng.",
    "Tổng thống V. Putin và ông J. Smith gặp nhau.",
    "Trường dạy 27 lớp với 3.789 học viên trong 07/2022.",
    "Xem tại UET.vnu.edu.vn hoặc https://vnu.edu.vn/tin.html?x=1. rồi trả lời",
    "Tệp SKĐB2022.jpg và bao-cao.docx đã gửi.",
    "Ông nói rất lâu... rồi ngồi xuống.",
    "Ông nói… nhưng không ai nghe.",
    "Ông nói “Tôi đồng ý. Chúng ta làm.” rồi ký.",
    'Ông nói "Tôi đồng ý! Chúng ta làm." rồi ký.',
    "Hội nghị (họp ngày 1. Ngày 2 nghỉ. Ngày 3 họp) đã bế mạc.",
    "1. Nội dung chính của báo cáo",
    "1.2. Nội dung chính của báo cáo",
    "IV. Tổ chức thực hiện",
    "Điều 5. Phạm vi điều chỉnh",
    "a) Chủ trì hội nghị",
    "Xem Quyết định số QĐ. 12 và tr. 15, Nxb. Giáo dục.",
    "Mr. Smith met Dr. Jones at No. 10.",
    "Bà làm ở Q. 1 và P. 3 của thành phố.",
    "Vụ Yahoo! là ví dụ.",
    "Vụ Gregg v. Georgia nổi tiếng.",
    "Kết luận (xem mục a) và b) của báo cáo) được thông qua.",
    "Thời gian họp: 8. giờ sáng",
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text):
    assert split(text) == [text]


CUT = [
    ("Đảng ủy họp. Chi bộ dự! Ai vắng? Không ai… Hết.", "Đảng ủy họp.|Chi bộ dự!|Ai vắng?|Không ai…|Hết."),
    ("Mua sách, vở, v.v. Các em rất vui.", "Mua sách, vở, v.v.|Các em rất vui."),
    ("Quả cam nhiều vitamin C. Các em nên ăn.", "Quả cam nhiều vitamin C.|Các em nên ăn."),
    ("Họp vào năm 2022. 72 người dự.", "Họp vào năm 2022.|72 người dự."),
    ("Dự có Sở GDĐT. Tiếp theo là báo cáo.", "Dự có Sở GDĐT.|Tiếp theo là báo cáo."),
    ("Hội nghị kết thúc.Tiếp theo là lễ trao giải.", "Hội nghị kết thúc.|Tiếp theo là lễ trao giải."),
    ("Ông nói: “Tôi đồng ý.” Mọi người vỗ tay.", "Ông nói: “Tôi đồng ý.”|Mọi người vỗ tay."),
    ("Họp (ngày 5). “Tốt”, ông nói.", "Họp (ngày 5).|“Tốt”, ông nói."),
    (
        "Có bốn ý: (1) Một; Hai; (2) Ba. Bốn; (3) Năm.",
        "Có bốn ý:|(1) Một; Hai;|(2) Ba.|Bốn;|(3) Năm.",
    ),
    (
        "Gồm: a) đọc báo cáo; b) thảo luận; c) biểu quyết.",
        "Gồm:|a) đọc báo cáo;|b) thảo luận;|c) biểu quyết.",
    ),
    (
        "Gồm: 1. Đọc báo cáo; 2. Thảo luận. 3. Biểu quyết.",
        "Gồm:|1. Đọc báo cáo;|2. Thảo luận.|3. Biểu quyết.",
    ),
    ("Gồm • Đọc báo cáo • Thảo luận", "Gồm|• Đọc báo cáo|• Thảo luận"),
    ("Gồm: - Đọc báo cáo; - Thảo luận", "Gồm:|- Đọc báo cáo;|- Thảo luận"),
    ("Họp (lần một (kín. Hai), hở. Ba. Bốn.", "Họp (lần một (kín. Hai), hở.|Ba.|Bốn."),
    ("- Một mục\n- Hai mục\n• Ba mục", "- Một mục|- Hai mục|• Ba mục"),
    ("“Ngoặc mở mà không đóng. Câu sau.", "“Ngoặc mở mà không đóng.|Câu sau."),
    ("Ngoặc đóng thừa). Câu sau.", "Ngoặc đóng thừa).|Câu sau."),
    ("(Mở. Một dòng\nkhác) đóng. Hết.", "(Mở.|Một dòng|khác) đóng.|Hết."),
    (
        "Tiêu đề\n18/08/2022 20:02 GMT+7\nNgày 17 tháng 8, họp.",
        "Tiêu đề|18/08/2022 20:02 GMT+7|Ngày 17 tháng 8, họp.",
    ),
    (
        "Phạm Đăng Khoa – Bí thư Đảng bộ\n\nNay H’Ban – Bí thư Chi bộ 7",
        "Phạm Đăng Khoa – Bí thư Đảng bộ|Nay H’Ban – Bí thư Chi bộ 7",
    ),
    ("Hết năm 1945.[1][12] Sau đó . [ 3 ] Rồi thôi.", "Hết năm 1945.[1][12]|Sau đó . [ 3 ]|Rồi thôi."),
    ("会議。終了。", "会議。|終了。"),
]


@pytest.mark.parametrize(("text", "sentences"), CUT)
def test_sentences_are_cut(text, sentences):
    assert [" ".join(sentence.split()) for sentence in split(text)] == sentences.split("|")


def test_a_very_long_quotation_is_cut_inside():
    quotation = "“" + "Câu này khá dài và có nhiều chữ. " * 12 + "Hết.”"
    assert len(split(quotation)) == 13


WRAPPED = """\
Hội nghị sơ kết công tác xây dựng Đảng
Ngày 17 tháng 8 năm 2022, Đảng ủy Viện Khoa học Giáo dục Việt Nam đã tổ chức
hội nghị sơ kết công tác và triển khai nhiệm vụ trọng tâm các tháng cuối năm
2022. Dự hội nghị có các đồng chí trong Ban Chấp hành Đảng bộ, đồng chí PGS.TS.
Phạm Bảo Sơn, lãnh đạo Viện, cấp ủy các chi bộ, trưởng các đoàn thể, đồng chí
Lê Anh Vinh và toàn thể đảng viên.
Toàn cảnh hội nghị
Kết thúc hội nghị, Bí thư Đảng ủy cảm ơn các đại biểu, đề nghị các chi bộ tiếp
tục thực hiện nghị quyết.
"""


def test_hard_wrapped_lines_are_joined_and_headings_and_captions_are_not():
    assert [" ".join(sentence.split()) for sentence in split(WRAPPED)] == [
        "Hội nghị sơ kết công tác xây dựng Đảng",
        "Ngày 17 tháng 8 năm 2022, Đảng ủy Viện Khoa học Giáo dục Việt Nam đã tổ chức hội nghị sơ kết công tác và"
        " triển khai nhiệm vụ trọng tâm các tháng cuối năm 2022.",
        "Dự hội nghị có các đồng chí trong Ban Chấp hành Đảng bộ, đồng chí PGS.TS. Phạm Bảo Sơn, lãnh đạo Viện, cấp ủy"
        " các chi bộ, trưởng các đoàn thể, đồng chí Lê Anh Vinh và toàn thể đảng viên.",
        "Toàn cảnh hội nghị",
        "Kết thúc hội nghị, Bí thư Đảng ủy cảm ơn các đại biểu, đề nghị các chi bộ tiếp tục thực hiện nghị quyết.",
    ]


def test_a_sentence_goes_on_over_a_page_break():
    assert split("Đảng ủy tổ chức hội nghị sơ kết công tác\fvà triển khai nhiệm vụ trọng tâm.") == [
        "Đảng ủy tổ chức hội nghị sơ kết công tác\fvà triển khai nhiệm vụ trọng tâm."
    ]


def test_lists_and_verse_are_not_joined():
    assert split("sữa tươi\nbánh mì\ntrứng gà") == ["sữa tươi", "bánh mì", "trứng gà"]
    assert split("Đồng chí Lê Anh Vinh phát biểu\nĐồng chí Nguyễn Đức Minh phát biểu ý kiến") == [
        "Đồng chí Lê Anh Vinh phát biểu",
        "Đồng chí Nguyễn Đức Minh phát biểu ý kiến",
    ]


def test_no_abbreviation_is_an_ordinary_word():
    assert not [word for word in STRONG if is_syllable(word)]


MARKS = st.text(alphabet="aáĐ1 .…!?;:,()“”\"'‘’[]|-–•\n\f\r\t\u2028v0", max_size=80)


@given(st.one_of(st.text(max_size=60), MARKS))
@example("(1) (2) ((( ... ”.” a.b. A. B. C. ; (1) ")
def test_every_character_that_is_not_blank_is_in_exactly_one_sentence(text):
    sentences = split_sentences(text)
    end = 0
    for sentence in sentences:
        assert sentence.start >= end
        assert not text[end : sentence.start].strip()
        assert sentence.of(text) == sentence.of(text).strip() != ""
        end = sentence.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 60_000 + ")" * 60_000,
        '"a. B ' * 20_000,
        "1. " * 40_000,
        "A. " * 40_000,
        "a" * 200_000,
        ". " * 60_000,
        "a\n" * 50_000,
        " \n" * 50_000,
        "; (1) " * 20_000,
        "“" * 50_000 + "a. B" * 10_000,
        "x.Y" * 40_000,
    ],
)
def test_time_grows_with_the_length_only(text):
    began = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - began < 10
