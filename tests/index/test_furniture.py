import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.furniture import find_furniture

BODY = "Đảng bộ Sở GDĐT có 07 chi bộ trực thuộc, 72 đảng viên.\n\n" * 30


def furniture(text):
    return [piece.of(text) for piece in find_furniture(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Lượt xem:",
        "Lượt xem: 1.234",
        "• lượt xem: 133",
        "Số lượt xem: 133",
        "133 lượt xem",
        "(133 lượt xem)",
        "Đã xem: 133",
        "4075 Views",
        "1.2K views",
        "Views: 12",
        "Lượt đọc: 12 | Lượt tải: 3",
        "Đọc bài viết",
        "Nghe đọc bài",
        "In bài viết",
        "Chia sẻ bài viết",
        "Chia sẻ lên Facebook",
        "Gửi email",
        "Về đầu trang",
        "Trang chủ",
        ">> Xem điểm chuẩn tại đây",
        "Xem thêm: Hội nghị sơ kết năm 2021",
        "Trang chủ > Tin tức > Hội nghị",
        "Quay lại trang chủ",
        "|",
        "* * *",
        "-----",
        "SKĐB2022.jpg",
        "IMG_2022 (1).JPEG",
    ],
)
def test_counters_buttons_bars_and_image_names_are_furniture_anywhere(line):
    assert furniture(f"Tiêu đề\n\n{BODY}{line}\n\n{BODY}") == [line]


@pytest.mark.parametrize(
    "line", ["Liên kết", "Chia sẻ", "Tin liên quan", "Các tin khác", "Facebook", "Bình luận", "Xem thêm"]
)
def test_words_that_may_be_headings_are_furniture_only_near_the_edges(line):
    assert furniture(f"Tiêu đề\n{line}\n{BODY}") == [line]
    assert furniture(f"Tiêu đề\n{BODY}\n{line}") == [line]
    assert furniture(f"Tiêu đề\n{BODY}\n{line}\n\n{BODY}") == []


@pytest.mark.parametrize(
    "line",
    [
        "18/08/2022 20:02 GMT+7",
        "Tin, ảnh: Võ Thị Nhiên",
        "(UET-News)",
        "Trần Thị Huyền",
        "Toàn cảnh hội nghị",
        "Bài viết có 133 lượt xem và 12 bình luận.",
        "Liên kết giữa nhà trường và doanh nghiệp",
        "In sách giáo khoa là nhiệm vụ chính trị.",
        "Mở tệp anh.jpg để xem sơ đồ",
        "• Chi bộ 1 có 12 đảng viên",
        "Nguyễn Văn A | 12 | Hà Nội",
        "72",
    ],
)
def test_what_an_article_says_is_no_furniture(line):
    assert furniture(f"Tiêu đề\n\n{BODY}{line}\n\n{BODY}") == []


def test_of_an_image_name_glued_to_a_sentence_only_the_name_is():
    assert furniture("Tiêu đề\n\nĐảng ủy đã họp…SKĐB2022.jpg\n\nQuang cảnh") == ["SKĐB2022.jpg"]
    assert furniture("Tiêu đề\n\nĐảng ủy đã họp. IMG-01.png\n\nQuang cảnh") == ["IMG-01.png"]


def test_the_section_between_bars_is_and_the_date_and_the_agency_are_not():
    text = f"Tiêu đề\n{BODY}(UET-News)\n|\n17/12/2018\n|\nTin Tổng Hợp\n|\n4075 Views"
    assert furniture(text) == ["|", "|", "Tin Tổng Hợp", "|", "4075 Views"]


def test_a_row_of_bars_with_a_counter_keeps_its_date():
    text = f"Tiêu đề\n{BODY}|17/12/2018| Tin Tổng Hợp | 4075 Views"
    assert furniture(text) == ["|", "| Tin Tổng Hợp | 4075 Views"]
    assert furniture("Tiêu đề\nNgày đăng: 17/12/2018 | Lượt xem: 5\n" + BODY) == ["| Lượt xem: 5"]


@pytest.mark.parametrize(
    "row", ["Trần Văn Bình | Khoa Toán | A", "Tên video | Lượt xem", "Cầu Đá Bạc | 133 lượt xem"]
)
def test_a_row_of_a_table_is_none_unless_every_cell_is(row):
    assert furniture(f"Tiêu đề\n{row}\n{BODY}") == []
    assert furniture(f"Tiêu đề\n{BODY}{row}") == []


def test_buttons_for_the_size_of_letters_are_several():
    assert furniture(f"Tiêu đề\nA- A A+\n{BODY}") == ["A- A A+"]
    assert furniture(f"Tiêu đề\nA\n{BODY}") == []


def test_items_of_a_list_of_other_things_are_none():
    real = "Liên hệ qua các kênh:\n- Điện thoại bàn\n- Zalo\n- Facebook\n- Email\n- Chia sẻ"
    assert furniture(f"Tiêu đề\n{real}\n{BODY}") == []
    assert furniture(f"Tiêu đề\n{BODY}{real}") == []


def test_a_list_of_nothing_but_buttons_is():
    buttons = ["- Chia sẻ", "- Facebook", "- Zalo"]
    assert furniture(f"Tiêu đề\n{BODY}" + "\n".join(buttons)) == buttons
    assert furniture(f"Tiêu đề\n{BODY}• Chia sẻ\nĐã xem: 5") == ["• Chia sẻ", "Đã xem: 5"]


def test_bars_around_a_date_alone_are():
    assert furniture(f"Tiêu đề\n{BODY}|17/12/2018|") == ["|", "|"]


def test_page_numbers_are_at_page_breaks_only():
    assert furniture("Tiêu đề\nMột dòng.\n2\n\fTrang 3/12\nHai dòng.") == ["2", "Trang 3/12"]


def test_the_list_of_other_articles_at_the_end_is():
    others = ["Các tin khác", "- Hội nghị viên chức 2022 (12/10/2022)", "- Khai giảng năm học"]
    assert furniture(f"Tiêu đề\n{BODY}Phòng Truyền thông\n" + "\n".join(others)) == others
    assert furniture(f"Tiêu đề\n{BODY}Các tin khác\nĐảng bộ đã họp.\nTin: Lê An") == ["Các tin khác"]


def test_lines_that_most_pages_begin_or_end_with_are_running_heads_but_for_the_first():
    bodies = ["Một.", "Hai.", "Ba.", "Bốn."]
    pages = [f"Báo cáo năm 2022\n{body}\nTrường ĐHCN – {number}" for number, body in enumerate(bodies)]
    assert furniture("\f".join(pages)) == [
        "Báo cáo năm 2022",
        "Trường ĐHCN – 1",
        "Báo cáo năm 2022",
        "Trường ĐHCN – 2",
        "Báo cáo năm 2022",
        "Trường ĐHCN – 3",
    ]
    assert furniture("\f".join(pages[:2])) == []


def test_the_first_line_may_be_a_word_that_is_a_button_elsewhere():
    assert furniture("Liên kết\n" + BODY) == []


@given(st.text(alphabet="a1 |•.…\n\fĐ:/", max_size=60) | st.text(max_size=40))
def test_furniture_is_in_order_without_overlap_or_blanks_around(text):
    end = 0
    for piece in find_furniture(text):
        assert end <= piece.start < piece.end
        assert piece.of(text) == piece.of(text).strip()
        end = piece.end
