"""Whether a line is the name of a person or of an office, and nothing else.

A person is told by form: capitalised syllables, a Vietnamese family name first.  An office is told by its
first word and by having no verb.
"""

from __future__ import annotations

import re

from index.phrases import phrases
from index.syllable import is_syllable

# Tables read better as text than as lists of strings, hence SIM905 below.
SURNAMES = frozenset(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý An Âu Bạch Bành Bế Biện Cao Cát Chu Châu
    Chử Chung Cù Cung Danh Diệp Doãn Đái Đàm Đào Đậu Điểu Đinh Đoàn Đồng Đổng Đường Giang Giáp Hà Hàn Hầu Hứa Kiều
    Kim Khổng Khuất Khúc Khương La Lã Lại Lâm Lò Lô Lỗ Lục Luyện Lưu Lường Lương Lữ Ma Mã Mạc Mai Mạnh Mẫn Nghiêm
    Ngụy Nhâm Nhan Nhữ Ninh Nông Phí Phó Phú Phùng Quách Quàng Quan Sầm Sử Tạ Tăng Thạch Thái Thẩm Thân Thi Thiều
    Thiệu Tiêu Tô Tôn Tống Trang Triệu Trịnh Trương Từ Ung Uông Ứng Vi Viên Vương Xa Yên Kha Giàng Sùng Thào Vừ Tẩn
    Tòng Đới Lèo Lừu Ngần Chẩu Phàn
    """.split()  # noqa: SIM905
)
"""Family names, as they are written first in a name."""

# Words that are capitalised in headings, captions and places but hardly stand in a person's name
_NOT_IN_NAMES = frozenset(
    """
    hội nghị thảo tin tức bài ảnh toàn cảnh trường sở ban phòng liên kết hết xem thêm mục chi đảng đoàn đại biểu việt
    nội tỉnh huyện xã phường quận thành phố khoa viện học tổng hợp thông báo kế hoạch nhà nước nhân dân giáo dục công
    nghệ chính trị chủ tịch bí thư giám đốc trang tác giả nguồn trân trọng cảm ơn kính gửi nơi nhận lưu và của các
    những về tại
    """.split()  # noqa: SIM905
)
_NO_GIVEN_NAMES = frozenset(
    "sở ban phòng đảng tỉnh huyện xã phường viện các những của và về tại gửi hết xem mục ủy uỷ".split()  # noqa: SIM905
)
"""Those of them that nobody is called by: Cảnh, Khoa, Thành, Trang and Việt are given names."""
_NO_NAME = phrases(
    r".*\b(hội (nghị|thảo|đồng)|tin tức|toàn cảnh|an toàn|liên kết|đại (biểu|học)|cao đẳng|trung (tâm|ương)|việt nam",
    "hà nội|thành phố|tổng hợp|thông báo|kế hoạch|nhà (nước|trường)|nhân dân|giáo dục|đào tạo|công (nghệ|ty|an|đoàn)",
    "chính trị|chủ tịch|bí thư|giám đốc|hiệu trưởng|tác giả|trân trọng|cảm ơn|kính gửi|nơi nhận|thanh niên|thi đua",
    r"văn phòng|phụ nữ|học viện|đồng chí|khoa học)\b.*",
)
"""Words of two syllables that stand in headings and offices and in no name."""
PROVINCES = tuple(
    re.split(
        r",\s+",
        """
    An Giang, Bà Rịa, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước, Bình Thuận,
    Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam,
    Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Huế, Hưng Yên, Khánh Hòa, Kiên Giang,
    Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên,
    Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên,
    Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
        """.strip(),
    )
)
"""Provinces and cities of their rank, those that have been merged since included."""
PLACES = phrases(*map(str.lower, PROVINCES), "đà lạt|vũng tàu|sài gòn|việt nam|đông nam á")
"""Provinces and what else bodies are called after, in lower case."""
_NOBODY = phrases(
    "thái lan|hàn quốc|hà lan|đan mạch|châu (á|âu|phi|mỹ|úc|đại dương)|hoàng sa|phú quốc|lý sơn|côn đảo|cù lao chàm",
    "mai châu|từ sơn|đồng hới|đồng đăng|an khê|hồ (tây|gươm|hoàn kiếm|ba bể|núi cốc|thác bà|dầu tiếng|trị an)",
    "kim bảng|kim thành|kim sơn|cao lãnh|châu đốc|châu thành|hà tiên|hà đông",
)
"""Countries, islands, towns and lakes that begin like a name."""
_OFFICE = phrases(
    r"(văn phòng|ban|phòng|tổ|trường|viện|sở|bộ|(chi |tổng )?cục|vụ|ubnd|hđnd|ubmttq|(ủy|uỷ) ban|khoa|đài) .*",
    r"(đảng (ủy|uỷ|bộ)|chi (bộ|ủy|uỷ)|đoàn|công đoàn|liên đoàn|hội(?! nghị| thảo| thi)|trung tâm|học viện) .*",
    r"(đại học|báo(?! cáo)|tạp chí|(cổng|trang) (thông tin|ttđt)|thông tấn xã|công ty|tập đoàn|thư viện|bệnh viện) .*",
    r"bảo tàng .*|bbt|pv|p\.v|ttxvn|vov|vtv|nhóm (pv|phóng viên|tác giả)",
)
_VERB = phrases(
    r"\b(phát biểu|trao|chụp|dự|tham (dự|gia)|tại|đã|đang|sẽ|tổ chức (hội|lễ|buổi|cuộc|đại)|khai mạc|trình bày)\b",
    r"\b(báo cáo|nhận|chủ trì|gặp|thăm|tặng|biểu quyết|là|có|được|cùng|ký|họp|làm việc|về)\b",
)
_BETWEEN_PEOPLE = re.compile(r"\s*(?:,|;|&|/|\s[-–]\s|\bvà\b)\s*")


def is_name(text: str, *, surely: bool = False) -> bool:
    """Whether a line is a personal name, or several.

    :param surely: only names that begin with a Vietnamese family name.

    >>> is_name("Trần Thị Huyền"), is_name("Đình Vinh"), is_name("Toàn cảnh hội nghị"), is_name("Hà Nội")
    (True, True, False, False)
    >>> is_name("Đặng Thị Thu Trang", surely=True), is_name("Hà Quốc Việt"), is_name("Đoàn Thanh Niên Việt Nam")
    (True, True, False)
    >>> is_name("Thái Thị Lan", surely=True), is_name("Thái Lan", surely=True), is_name("Hồ Gươm", surely=True)
    (True, False, False)
    """
    people = _BETWEEN_PEOPLE.split(text)
    return 1 <= len(people) <= 4 and all(_is_person(person, surely=surely) for person in people)


def is_office(text: str) -> bool:
    """Whether a line names an office, a newsroom included, and does nothing else.

    >>> is_office("Văn phòng Đảng ủy Viện KHGD Việt Nam"), is_office("Ban tổ chức trao giải nhất")
    (True, False)
    """
    if not text[:1].isupper() or len(text.split()) > 14 or re.search(r"[.:;!?…\d|](?!v\b)", text):
        return False
    return bool(_OFFICE.fullmatch(text)) and not _VERB.search(text)


def _is_person(text: str, *, surely: bool) -> bool:
    words = text.replace("'", "’").split()
    if not 2 <= len(words) <= 5 or PLACES.fullmatch(text) or _NOBODY.fullmatch(text):
        return False
    # H’Ban, K’Lê and Y-Bion are no Vietnamese syllables
    if not all(word[0].isupper() and (is_syllable(word) or "’" in word) for word in words):
        return False
    if words[0].capitalize() in SURNAMES:
        given = {word.casefold() for word in words[1:]}
        return given.isdisjoint(_NO_GIVEN_NAMES) and not _NO_NAME.fullmatch(" ".join(words))
    return not surely and len(words) <= 3 and not any(word.casefold() in _NOT_IN_NAMES for word in words)
