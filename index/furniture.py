"""Page furniture: what a web page prints around an article, kept in the text but never answered with.

View counters, buttons, bars, names of image files.  Datelines and bylines are no furniture: people ask for
them.  A word that could be a heading (``Liên kết``) counts only near the head and the end of the article.
"""

from __future__ import annotations

import re

from index.bylines import is_byline
from index.dates import cells, parse_date
from index.lines import lines
from index.span import Span

HEAD_LINES, TAIL_LINES = 10, 15
"""How many lines from the top and from the end hold buttons that are also ordinary words."""

_LONGEST_LINE = 160
_NUMBER = r"\(?\d[\d.,\s]*[kKmM]?\)?"
_COUNTED = r"(?:lượt|lần|số lần)\s*(?:xem|đọc|truy cập|tải|thích|chia sẻ|bình luận|nghe)(?:\s+(?:bài(?: viết)?|trang|tin))?"
_COUNTER = (
    rf"(?:số\s+)?{_COUNTED}\s*[:：]?\s*(?:{_NUMBER})?|{_NUMBER}\s*{_COUNTED}"
    rf"|(?:đã\s+)?(?:xem|đọc)\s*[:：]\s*{_NUMBER}|(?:đã\s+)?(?:xem|đọc)\s+{_NUMBER}\s+lần"
    rf"|{_NUMBER}\s*(?:views?|hits?|shares?|likes?|comments?|bình luận)|(?:views?|hits?|page\s?views?)\s*[:：]\s*(?:{_NUMBER})?"
)
_BUTTON = (
    r"(?:nghe\s+)?đọc\s+bài(?:\s+(?:viết|báo|này))?|nghe\s+(?:bài(?:\s+viết)?|nội dung)|nghe đọc bài"
    r"|(?:in|lưu|gửi|chia sẻ|share|print|sao chép)\s+(?:bài(?:\s+viết)?|tin|trang|liên kết|link)(?:\s+này)?"
    r"|bản in|in ra giấy|gửi (?:email|mail|cho bạn bè|qua email|bình luận|phản hồi|ý kiến)|chia sẻ (?:lên|qua|trên) \w+"
    r"|print(?: this)?(?: page)?|share this|share on \w+|copy link|tweet|cỡ chữ.{0,12}|xem (?:với )?cỡ chữ.{0,12}"
    r"|(?:về|quay lại|trở về)\s+(?:đầu trang|trang chủ|trang trước|trước)|(?:lên )?đầu trang|ý kiến bạn đọc|đánh giá bài viết"
    r"|tweet this|theo dõi trên google news|skip to (?:main )?content|đăng nhập|đăng ký"
)
_BUTTON_OR_WORD = (
    r"liên kết(?:\s+website)?|chia sẻ|share|in|print|email|facebook|zalo|twitter|linkedin|messenger|youtube|thích|like|bình luận"
    r"|trang chủ|home|tin tức|tin tổng hợp|tin (?:mới|nổi bật)|xem thêm|đọc thêm|các tin khác|quay lại|trở về|trở lại|mục lục"
    r"|(?:các )?(?:tin|bài)(?: viết)?\s+(?:liên quan|khác|cùng chuyên mục|cùng loại|mới hơn|cũ hơn|tiếp theo|đọc nhiều|mới nhất)"
    r"|(?:tin|bài) (?:trước|sau)|prev(?:ious)?|next|back|top|download|tải về|a[-+]?(?:\s+a[-+]?)*|\d+"
)
_ANYWHERE = re.compile(rf"(?:{_COUNTER}|{_BUTTON})[\s.:»›>]*", re.IGNORECASE)
_NEAR_AN_EDGE = re.compile(rf"(?:{_BUTTON_OR_WORD})[\s.:»›>]*", re.IGNORECASE)
_SUFFIX = r"\.(?:jpe?g|png|gif|bmp|webp|tiff?|svg|heic)"
_IMAGE_LINE = re.compile(rf"[\w\-()% ]{{1,80}}{_SUFFIX}", re.IGNORECASE)
_IMAGE_GLUED = re.compile(rf"(?<=[.…!?”\"»)])\s{{0,3}}[\w\-%()]{{1,80}}{_SUFFIX}(?=\s*$)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–]?\s*\d{1,4}\s*(?:[-–]|(?:/|of)\s*\d{1,4})?", re.IGNORECASE)


def find_furniture(text: str) -> tuple[Span, ...]:
    """The pieces of furniture, in order, not overlapping.

    >>> text = "Hội nghị sơ kết\\nLượt xem: 133\\n|\\nĐảng ủy họp…SKĐB2022.jpg"
    >>> [piece.of(text) for piece in find_furniture(text)]
    ['Lượt xem: 133', '|', 'SKĐB2022.jpg']
    """
    places = list(lines(text))
    found: list[Span] = []
    for row, line in enumerate(places):
        length = line.end - line.start
        image = _IMAGE_GLUED.search(text, max(line.start, line.end - 120), line.end)
        if image:
            found.append(_stripped(text, Span(*image.span())))
        elif length <= _LONGEST_LINE:
            near_edge = 0 < row < HEAD_LINES or row >= max(1, len(places) - TAIL_LINES)
            if _is_between_bars(text, places, row) or _is_page_number(text, places, row):
                found.append(line)
            else:
                found.extend(_furniture_of_line(text, line, near_edge=near_edge))
    return tuple(found)


def _furniture_of_line(text: str, line: Span, *, near_edge: bool) -> list[Span]:
    words = line.of(text)
    if not any(character.isalnum() for character in words):
        return [line]
    if _is_furniture(words.strip("|•·*-–▪() \t"), near_edge=near_edge) or _IMAGE_LINE.fullmatch(words):
        return [line]
    parts = cells(text, line)
    furniture = [part for part in parts if _is_furniture(part.of(text), near_edge=near_edge)]
    if len(parts) > 1 and furniture:
        # one counter or button among bars makes the row a row of furniture, but for its date and byline
        furniture = [part for part in parts if not parse_date(part.of(text)) and not is_byline(part.of(text))]
    elif len(parts) == 1 and not parse_date(parts[0].of(text)):
        return []  # "• Một mục của danh sách": the bullet belongs to it
    elif len(parts) > 1 or parts[0] == line:
        return []
    return _with_bars(text, line, furniture)


def _with_bars(text: str, line: Span, furniture: list[Span]) -> list[Span]:
    """Furniture of a line together with the bars around it, without the blanks at its ends."""
    kept = [part for part in cells(text, line) if part not in furniture]
    pieces, start = [], line.start
    for end, following in [*((part.start, part.end) for part in kept), (line.end, line.end)]:
        piece = _stripped(text, Span(start, end))
        if piece.start < piece.end:
            pieces.append(piece)
        start = following
    return pieces


def _is_furniture(words: str, *, near_edge: bool) -> bool:
    return bool(_ANYWHERE.fullmatch(words) or (near_edge and _NEAR_AN_EDGE.fullmatch(words)))


def _is_between_bars(text: str, places: list[Span], row: int) -> bool:
    """Whether a short line stands between two lines of bars and is neither a date nor a byline."""
    if not 0 < row < len(places) - 1:
        return False
    words = places[row].of(text)
    around = (
        text[places[row - 1].start : places[row - 1].end],
        text[places[row + 1].start : places[row + 1].end],
    )
    if any(not mark or mark.strip("|•·") for mark in around):
        return False
    short = len(words.split()) <= 6 and words[-1] not in ".!?…"
    return short and not parse_date(words) and not is_byline(words)


def _is_page_number(text: str, places: list[Span], row: int) -> bool:
    """Whether a line next to a page break is the number of the page."""
    line = places[row]
    before = text[places[row - 1].end : line.start] if row else ""
    after = text[line.end : places[row + 1].start] if row + 1 < len(places) else ""
    return ("\f" in before or "\f" in after) and bool(_PAGE_NUMBER.fullmatch(line.of(text).strip("-– ")))


def _stripped(text: str, span: Span) -> Span:
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))
