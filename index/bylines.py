"""Who an article is by: a labelled byline, an agency in parentheses, a name or an office on the last line.

Takes the text and its furniture, gives one source or none.  A name is told by its form (capitalised
syllables, a Vietnamese family name), an office by its first word and by having no verb.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.dates import cells, parse_date
from index.lines import lines
from index.span import Span
from index.syllable import is_syllable

HEAD_LINES, TAIL_LINES = 6, 10
"""How many lines from the top and from the end may hold a byline."""

SURNAMES = frozenset(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý An Âu Bạch Bành Bế Biện Cao Cát Chu
    Châu Chử Chung Cù Cung Danh Diệp Doãn Đái Đàm Đào Đậu Điểu Đinh Đoàn Đồng Đổng Đường Giang Giáp Hà Hàn Hầu Hứa
    Kiều Kim Khổng Khuất Khúc Khương La Lã Lại Lâm Lò Lô Lỗ Lục Luyện Lưu Lường Lương Lữ Ma Mã Mạc Mai Mạnh Mẫn Nghiêm
    Ngụy Nhâm Nhan Nhữ Ninh Nông Phí Phó Phú Phùng Quách Quàng Quan Sầm Sử Tạ Tăng Thạch Thái Thẩm Thân Thi Thiều
    Thiệu Tiêu Tô Tôn Tống Trang Triệu Trịnh Trương Từ Ung Uông Ứng Vi Viên Vương Xa Yên
    """.split()
)

# Words that stand capitalised in headings, captions and names of places, but hardly in a person's name
_NOT_IN_NAMES = frozenset(
    """
    hội nghị thảo tin tức bài ảnh toàn cảnh trường sở ban phòng liên kết hết xem thêm mục chi đảng đoàn đại biểu
    việt nội tỉnh huyện xã phường quận thành phố khoa viện học tổng hợp thông báo kế hoạch nhà nước nhân dân
    giáo dục công nghệ chính trị chủ tịch bí thư giám đốc trang tác giả nguồn trân trọng cảm ơn kính gửi
    nơi nhận lưu và của các những về tại
    """.split()
)
_PLACES = frozenset(
    """
    an giang|bắc giang|bắc kạn|bạc liêu|bắc ninh|bến tre|bình định|bình dương|bình phước|bình thuận|cà mau|cần thơ
    |cao bằng|đà nẵng|đà lạt|đắk lắk|đắk nông|điện biên|đồng nai|đồng tháp|gia lai|hà giang|hà nam|hà nội|hà tĩnh|hải dương
    |hải phòng|hậu giang|hòa bình|hưng yên|khánh hòa|kiên giang|kon tum|lai châu|lâm đồng|lạng sơn|lào cai|long an
    |nam định|nghệ an|ninh bình|ninh thuận|phú thọ|phú yên|quảng bình|quảng nam|quảng ngãi|quảng ninh|quảng trị
    |sóc trăng|sơn la|tây ninh|thái bình|thái nguyên|thanh hóa|huế|thừa thiên huế|tiền giang|trà vinh|tuyên quang
    |vĩnh long|vĩnh phúc|vũng tàu|yên bái|sài gòn|hồ chí minh|việt nam|đông nam á
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)

_AUTHOR = re.compile(
    r"(?:tác giả(?: bài viết)?|người viết|(?:tin|bài|tin bài|bài viết)(?:\s*(?:,|và|&|\+|-|–|/)\s*(?:ảnh|bài|hình))*"
    r"|(?:tin|bài)\s+ảnh|thực hiện|phóng viên|by|author|written by)\s*[:：]\s*(?P<name>\S.*)",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"(?:nguồn(?: tin)?|theo|source|đơn vị đăng|nơi đăng)\s*[:：]\s*(?P<name>\S.*)", re.IGNORECASE
)
_PHOTOGRAPHER = re.compile(r"(?:ảnh|hình ảnh|photo)\s*[:：]\s*(?P<name>\S.*)", re.IGNORECASE)
_ACCORDING = re.compile(r"\(?(?:Theo|THEO|Nguồn:?)\s+(?P<name>[^\W\d_a-zđ][^().;]{1,60}?)\)?\.?")
_AGENCY = re.compile(r"\((?P<name>[^\W\d_a-zđ][^()]{1,60})\)\.?")
_AGENCY_AT_END = re.compile(r"\((?:Theo|Nguồn:?)\s+(?P<name>[^()]{2,60})\)\.?$")
_NOT_AN_AGENCY = re.compile(r"(?:ảnh|hình|còn|hết|xem|kèm|lưu ý|ghi chú|đã|sưu tầm|tiếp)\b", re.IGNORECASE)
_OTHER_CREDIT = re.compile(r"\s*[-–,;|.(]*\s*(?:ảnh|hình|video|đồ họa|nguồn)\s*[:：].*", re.IGNORECASE)

_OFFICE = re.compile(
    r"(?:văn phòng|ban|phòng|tổ|trường|viện|sở|bộ|cục|vụ|chi cục|tổng cục|ubnd|hđnd|ubmttq|ủy ban|uỷ ban|đảng ủy|đảng uỷ"
    r"|đảng bộ|chi bộ|chi ủy|đoàn|công đoàn|trung tâm|khoa|hội(?! nghị| thảo| thi)|liên đoàn|học viện|đại học|báo(?! cáo)|tạp chí"
    r"|cổng thông tin|trang thông tin|ttxvn|thông tấn xã|công ty|tập đoàn|thư viện|bệnh viện|bảo tàng|đài)\s",
    re.IGNORECASE,
)
_NEWSROOM = re.compile(
    r"(?:bbt|pv|p\.v|ttxvn|vov|vtv|ban biên tập|nhóm (?:pv|phóng viên|tác giả))", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:phát biểu|trao|chụp|tham dự|tham gia|dự|tại|đã|đang|sẽ|tổ chức (?:hội|lễ|buổi|cuộc|đại)|khai mạc|trình bày|báo cáo|nhận"
    r"|chủ trì|gặp|thăm|tặng|biểu quyết|là|có|được|cùng|ký|họp|làm việc|về|năm \d{4})\b",
    re.IGNORECASE,
)


class Byline(NamedTuple):
    """A source and the line, or the part of a line, that states it.

    :ivar rank: 0 the author, 1 the publisher, 2 a bare name or office, 3 the photographer alone.
    """

    source: str
    span: Span
    rank: int


def find_byline(text: str, *, furniture: tuple[Span, ...] = ()) -> Byline | None:
    """The best byline near the end or the head of an article, or ``None``.

    >>> find_byline("Tổng kết năm học\\n\\nNăm học kết thúc.\\n\\nTin, ảnh: Võ Thị Nhiên").source
    'Võ Thị Nhiên'
    """
    kept = [
        cell
        for line in lines(text)
        for cell in (cells(text, line) if line.end - line.start < 200 else [line])
        if not any(
            piece.start <= cell.start and cell.end <= piece.end for piece in furniture_near(furniture, cell)
        )
    ]
    body = [cell for cell in kept if not parse_date(cell.of(text))]
    if len(body) < 2:
        return None
    head, tail = body[1:HEAD_LINES], body[max(HEAD_LINES, len(body) - TAIL_LINES) :]
    found = [byline for cell in (*head, *tail) if (byline := _labelled(text, cell))]
    found += [byline for cell in body[-4:] if cell != body[0] and (byline := _agency(text, cell))]
    last = body[-1]
    if is_name(last.of(text)) or is_office(last.of(text)):
        found.append(Byline(last.of(text).strip(" .*_-–"), last, 2))
    elif is_name(body[1].of(text), surely=True):
        found.append(Byline(body[1].of(text).strip(" .*_-–"), body[1], 2))
    return min(found, key=lambda byline: (byline.rank, -byline.span.start), default=None)


def furniture_near(furniture: tuple[Span, ...], place: Span) -> list[Span]:
    """The pieces of furniture that share a character with a place."""
    from bisect import bisect_left

    at = bisect_left(furniture, (place.start,))
    return [piece for piece in furniture[max(0, at - 1) : at + 4] if piece.overlaps(place)]


def is_byline(text: str) -> bool:
    """Whether a line or cell says by whom the article is, in words or in parentheses."""
    whole = Span(0, len(text))
    return _labelled(text, whole) is not None or _agency(text, whole) is not None


def is_name(text: str, *, surely: bool = False) -> bool:
    """Whether a line is a personal name, or several; with a Vietnamese family name where ``surely``.

    >>> is_name("Trần Thị Huyền"), is_name("Đình Vinh"), is_name("Toàn cảnh hội nghị"), is_name("Hà Nội")
    (True, True, False, False)
    """
    people = re.split(r"\s*(?:,|;|&|/|\s[-–]\s|\bvà\b)\s*", text.strip(" .*_-–"))
    return 1 <= len(people) <= 4 and all(_is_person(person, surely=surely) for person in people)


def is_office(text: str) -> bool:
    """Whether a line names an office and does nothing else.

    >>> is_office("Văn phòng Đảng ủy Viện KHGD Việt Nam"), is_office("Ban tổ chức trao giải nhất")
    (True, False)
    """
    text = text.strip(" .*_-–")
    if _NEWSROOM.fullmatch(text):
        return True
    words = text.split()
    return (
        2 <= len(words) <= 14
        and text[:1].isupper()
        and bool(_OFFICE.match(text))
        and not _VERB.search(text)
        and not re.search(r"[.:;!?…\d|]", text)
    )


def _is_person(text: str, *, surely: bool) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or text.casefold() in _PLACES:
        return False
    parts = [part for word in words for part in word.replace("'", "’").split("’")]
    if not all(part[:1].isupper() and (is_syllable(part) or "’" in text) for part in parts if part):
        return False
    if any(word.casefold() in _NOT_IN_NAMES for word in words[1:]):
        return False
    if words[0].capitalize() in SURNAMES:
        return True
    return not surely and len(words) <= 3 and words[0].casefold() not in _NOT_IN_NAMES


def _labelled(text: str, cell: Span) -> Byline | None:
    if cell.end - cell.start > 160:
        return None
    line = cell.of(text).strip("()[]*_ ")
    for rank, pattern in ((0, _AUTHOR), (1, _PUBLISHER), (3, _PHOTOGRAPHER), (1, _ACCORDING)):
        match = pattern.fullmatch(line)
        if match:
            name = _OTHER_CREDIT.sub("", match["name"]).strip(" .,;|()[]*_-–")
            if name and len(name.split()) <= 14 and name[0].isalnum():
                return Byline(name, cell, rank)
    return None


def _agency(text: str, cell: Span) -> Byline | None:
    match = _AGENCY.fullmatch(text, *cell) or _AGENCY_AT_END.search(
        text, max(cell.start, cell.end - 90), cell.end
    )
    if not match or _NOT_AN_AGENCY.match(match["name"]) or len(match["name"].split()) > 8:
        return None
    name = re.sub(r"^(?:Theo|Nguồn:?)\s+", "", match["name"]).strip()
    return Byline(name, Span(*match.span()), 1)
