import pytest

from index.bylines import find_byline
from index.names import is_name, is_office

BODY = "\n\nHội nghị đã thông qua báo cáo tổng kết.\n\nCác đại biểu chụp ảnh lưu niệm tại Hội nghị\n\n"


def source(text):
    byline = find_byline(text)
    return byline and byline.source


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Tin, ảnh: Võ Thị Nhiên", "Võ Thị Nhiên"),
        ("Tin và ảnh: Võ Thị Nhiên", "Võ Thị Nhiên"),
        ("Bài, ảnh : Võ Thị Nhiên – Lê An", "Võ Thị Nhiên – Lê An"),
        ("Tin: Võ Thị Nhiên - Ảnh: Lê An", "Võ Thị Nhiên"),
        ("Tác giả: Võ Thị Nhiên", "Võ Thị Nhiên"),
        ("TÁC GIẢ: VÕ THỊ NHIÊN", "VÕ THỊ NHIÊN"),
        ("Thực hiện: Phòng Truyền thông", "Phòng Truyền thông"),
        ("Nguồn: vnu.edu.vn", "vnu.edu.vn"),
        ("Theo VnExpress", "VnExpress"),
        ("Theo vnu.edu.vn", "vnu.edu.vn"),
        ("Theo Cổng TTĐT Chính phủ", "Cổng TTĐT Chính phủ"),
        ("(Theo Báo Nhân Dân)", "Báo Nhân Dân"),
        ("(UET-News)", "UET-News"),
        ("(TTXVN)", "TTXVN"),
        ("Đình Vinh", "Đình Vinh"),
        ("Trần Thị Huyền", "Trần Thị Huyền"),
        ("TRẦN THỊ HUYỀN", "TRẦN THỊ HUYỀN"),
        ("Nay H’Ban", "Nay H’Ban"),
        ("Lê An, Trần Bình", "Lê An, Trần Bình"),
        ("Văn phòng Đảng ủy Viện KHGD Việt Nam", "Văn phòng Đảng ủy Viện KHGD Việt Nam"),
        ("Ban Biên tập", "Ban Biên tập"),
        ("Phòng Tổ chức – Hành chính", "Phòng Tổ chức – Hành chính"),
    ],
)
def test_the_last_line_says_who_wrote(line, name):
    assert source(f"Tiêu đề{BODY}{line}") == name


@pytest.mark.parametrize(
    "line",
    [
        "Toàn cảnh hội nghị",
        "Toàn Cảnh Hội Nghị",
        "Hà Nội",
        "Tin Tổng Hợp",
        "(Còn tiếp)",
        "(Ảnh minh họa)",
        "Theo đó, các chi bộ tiếp tục thực hiện.",
        "Theo Đảng trọn đời",
        "[Ảnh: Toàn cảnh Đại hội]",
        "Bài: Tổng kết năm học",
        "Ban tổ chức trao giải nhất",
        "Hội nghị biểu quyết về dự thảo báo cáo",
        "Trường Chính trị tỉnh Ninh Bình trao cờ luân lưu",
        "Đồng chí Lê Anh Vinh phát biểu tại Hội nghị",
        "Xin trân trọng cảm ơn!",
    ],
)
def test_other_last_lines_do_not(line):
    assert source(f"Tiêu đề{BODY}{line}") is None


def test_the_agency_at_the_end_of_the_last_sentence_is_read():
    assert source("Tiêu đề\n\nHội nghị đã bế mạc hôm qua. (Theo VnExpress)") == "VnExpress"


def test_an_author_goes_before_a_source_and_a_photographer():
    assert source(f"Tiêu đề{BODY}Ảnh: Lê An\nTác giả: Võ Nhiên\nNguồn: VnExpress") == "Võ Nhiên"
    assert source(f"Tiêu đề{BODY}Ảnh: Lê An") == "Lê An"


def test_a_byline_below_the_title_is_read():
    assert source("Tiêu đề\nTác giả: Võ Nhiên\n" + BODY) == "Võ Nhiên"
    assert source("Tiêu đề\nVõ Thị Nhiên\n18/08/2022" + BODY) == "Võ Thị Nhiên"


def test_a_name_on_the_dateline_is_read():
    assert source("Tiêu đề\nVõ Thị Nhiên - 18/08/2022" + BODY) == "Võ Thị Nhiên"
    assert source("Tiêu đề\nĐăng bởi Ban Truyền thông, 18/08/2022" + BODY) == "Ban Truyền thông"


def test_photo_credits_in_the_middle_are_not_the_source():
    assert source("Tiêu đề" + BODY * 6 + "Ảnh: Lê An" + BODY * 6) is None


def test_a_text_of_one_line_has_no_source():
    assert source("Trần Thị Huyền") is None


def test_names_and_offices_by_form():
    assert is_name("Nguyễn Văn A", surely=True)
    assert not is_name("Đình Vinh", surely=True)
    assert not is_name("nguyễn văn an")
    assert not is_name("Trần Thị Huyền phát biểu")
    assert is_office("Trung tâm Truyền thông")
    assert not is_office("Báo cáo tổng kết năm")
