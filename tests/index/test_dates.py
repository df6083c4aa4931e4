from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import find_dateline, parse_date

DAY = date(2022, 8, 18)


@pytest.mark.parametrize(
    "text",
    [
        "18/08/2022",
        "18/8/2022 20:02 GMT+7",
        "18-8-2022",
        "18.08.2022",
        "18 / 08 / 2022",
        "2022-08-18",
        "2022-08-18T20:02:11+07:00",
        "2022-08-18T13:02:11Z",
        "2022-08-18 20:02:11.123",
        "Thứ Năm, 18/08/2022, 20:02 (GMT+7)",
        "Thứ 5, ngày 18/08/2022 - 20h02",
        "20:02, 18/08/2022",
        "Ngày đăng: 18/08/2022",
        "Đăng ngày 18/08/2022 lúc 20:02",
        "Đăng lúc 20 giờ 02 phút, ngày 18/8/2022",
        "Cập nhật lần cuối: 18/08/2022 08:02 AM",
        "(18/08/2022)",
        "Ngày 18 tháng 8 năm 2022",
        "Hà Nội, ngày 18 tháng 8 năm 2022",
        "TP. Hồ Chí Minh, ngày 18 tháng 08 năm 2022",
        "Ngày đăng: 18/08/2022 - Cập nhật: 19/08/2022",
        "18 August 2022",
        "Published on Aug 18, 2022",
        "Thursday, August 18, 2022",
        "T5, 18/08/2022 - 08:02 SA",
        "Ngày: 18/08/2022",
        "Tin đăng ngày 18/08/2022",
        "Hà Nội, 18/8/2022",
        "Võ Thị Nhiên - 18/08/2022",
        "Được đăng bởi admin ngày 18/08/2022",
    ],
)
def test_a_line_that_is_a_date_is_read(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2022",
        "08/18/2022",
        "18/08/22",
        "18/08",
        "08/2022",
        "2022",
        "20:02",
        "0/0/0000",
        "Sáng 18/8/2022, hội nghị khai mạc",
        "Bế mạc: 18/08/2022",
        "18/08/2022 - 20/08/2022",
        "Kết luận số 21-KL/TW, ngày 25/10/2021",
        "Hội nghị ngày 18 tháng 8 năm 2022",
        "118/08/2022",
        "18/08/20222",
        "Đảng bộ, ngày mai",
    ],
)
def test_what_is_not_a_date_or_not_only_one_is_no_date(text):
    assert parse_date(text) is None


@given(st.dates(min_value=date(1801, 1, 1)))
def test_every_day_is_read_in_each_notation(day):
    for notation in ("{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{y}-{m:02}-{d:02}", "Ngày {d} tháng {m} năm {y}"):
        assert parse_date(notation.format(d=day.day, m=day.month, y=day.year)) == day


@given(st.text(max_size=200))
def test_any_text_is_read_or_not(text):
    assert parse_date(text) is None or isinstance(parse_date(text), date)


def found(text):
    dateline = find_dateline(text)
    return dateline and (dateline.day.isoformat(), dateline.span.of(text))


PROSE = "Hội nghị ngày 17/8/2022 đã thông qua báo cáo.\n\n"


def test_the_date_below_the_title_is_the_day_of_publication():
    assert found(f"Tiêu đề\n\n18/08/2022 20:02\n\n{PROSE * 12}") == ("2022-08-18", "18/08/2022 20:02")


def test_a_date_between_bars_at_the_end_is_found():
    assert found(f"Tiêu đề\n{PROSE * 12}(UET-News)\n|\n17/12/2018\n|\nTin\n|") == ("2018-12-17", "17/12/2018")
    assert found(f"Tiêu đề\n{PROSE * 12}UET-News |17/12/2018| Tin") == ("2018-12-17", "17/12/2018")


def test_a_date_in_prose_or_in_the_middle_is_not():
    assert found(f"Tiêu đề\n\n{PROSE * 3}") is None
    assert found(f"Tiêu đề\n\n{PROSE * 12}18/08/2022\n\n{PROSE * 12}") is None


def test_a_day_that_does_not_exist_is_not_guessed_at():
    assert found("Tiêu đề\n\n31/02/2022\n\nNội dung.") is None


def test_what_is_called_the_day_of_publication_goes_before_a_bare_date_and_an_update():
    text = "Tiêu đề\n01/01/2021\nCập nhật: 02/02/2022\nNgày đăng: 03/03/2020 | Lượt xem: 5\nNội dung."
    assert found(text) == ("2020-03-03", "Ngày đăng: 03/03/2020")
    assert found("Tiêu đề\nCập nhật: 02/02/2022\n01/01/2021\nNội dung.") == ("2021-01-01", "01/01/2021")
