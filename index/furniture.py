"""Page furniture: what a web page prints around an article, kept in the text but never answered with.

View counters, buttons, bars, names of image files, page numbers, running heads.  Datelines and bylines are
no furniture: people ask for them.  A button that could be a heading as well (``Liên kết``) counts only near
the head and the end of the article, and not in a list or a table of other things.
"""

from __future__ import annotations

import re
from itertools import groupby

from index.bylines import is_byline
from index.dates import cells, parse_date
from index.lines import lines
from index.phrases import phrases
from index.span import Span
from index.trim import outside, trim

HEAD_LINES, TAIL_LINES = 10, 15
"""How many lines from the top and from the end hold buttons that are also ordinary words."""

_LONGEST_LINE = 160
_NUMBER = r"\d[\d.,]*\s*k?"
_COUNTED = "(số )?(lượt|lần) (xem|đọc|truy cập|tải|thích|chia sẻ|bình luận|nghe)( bài( viết)?| trang| tin)?"
_END = r"\s*[.:»>]*"

_COUNTERS = (
    rf"{_COUNTED}\s*[:：]?\s*({_NUMBER})?{_END}",
    rf"{_NUMBER}\s*{_COUNTED}{_END}",
    rf"(đã )?(xem|đọc)\s*[:：]\s*{_NUMBER}",
    rf"(đã )?(xem|đọc) {_NUMBER} lần",
    rf"{_NUMBER}\s*(views?|hits?|shares?|likes?|comments?|bình luận)",
    rf"((page\s?)?views?|hits?)\s*[:：]\s*({_NUMBER})?",
)
_COUNTER = phrases(*_COUNTERS)
_ANYWHERE = phrases(
    *_COUNTERS,
    rf"(nghe )?đọc bài( viết| báo| này)?{_END}",
    rf"nghe (bài( viết)?|nội dung){_END}",
    rf"(in|lưu|gửi|chia sẻ|share|print|sao chép) (bài( viết)?|tin|trang|liên kết|link|this)( này| page)?{_END}",
    rf"gửi (e?mail|cho bạn bè|qua email|bình luận|phản hồi|ý kiến){_END}",
    r"(chia sẻ (lên|qua|trên)|share (on|via)) \w+",
    r"(xem (với )?)?cỡ chữ.{0,12}",
    rf"(về|quay lại|trở về|lên) (đầu trang|trang chủ|trang trước){_END}",
    r"(trang chủ|home)(\s*[>»/|].*)?",
    "bản in|in ra giấy|copy link|ý kiến bạn đọc|đánh giá bài viết|theo dõi .{0,12}google news",
    r"skip to (main )?content|(>>+|»)\s*\S.*|(xem|đọc) thêm\s*:.*",
)
_OTHERS = (
    rf"(các )?(tin|bài)( viết)? (liên quan|khác|cùng (chuyên mục|loại)|(mới|cũ) hơn|mới nhất|tiếp theo){_END}"
)
_OTHER_ARTICLES = phrases(_OTHERS)
_NEAR_AN_EDGE = phrases(
    _OTHERS,
    rf"(liên kết( website)?|chia sẻ|thích|bình luận|like|share|in|print|email|tweet|download|tải về){_END}",
    "facebook|zalo|twitter|linkedin|messenger|youtube|đăng nhập|đăng ký",
    rf"(mục lục|đầu trang|top|quay lại|trở (về|lại)|back|prev(ious)?|next){_END}",
    rf"(xem thêm|đọc thêm|tin tức|tin tổng hợp|tin (mới|nổi bật)|(tin|bài) (trước|sau)){_END}",
    r"a[-+]?(\s+a[-+]?)+",
)
_SUFFIX = r"\.(?:jpe?g|png|gif|bmp|webp|tiff?|svg|heic)"
_IMAGE_LINE = re.compile(rf"[\w\-()% ]{{1,80}}{_SUFFIX}", re.IGNORECASE)
_IMAGE_GLUED = re.compile(rf"(?<=[.…!?”\"»)])\s{{0,3}}[\w\-%()]{{1,80}}{_SUFFIX}\Z", re.IGNORECASE)
_ITEM = re.compile(r"[-–—•·*+▪]\s")
_BULLETS = "|•·*-–▪() \t"
_DIGITS = re.compile(r"\d+")
_FEWEST_PAGES = 3
_PAGE_NUMBER = phrases(r"(trang|page)?\s*\d{1,4}(\s*(/|of)\s*\d{1,4})?")


def find_furniture(text: str) -> tuple[Span, ...]:
    r"""The pieces of furniture, in order, not overlapping.

    >>> text = "Hội nghị sơ kết\nLượt xem: 133\n|\nĐảng ủy họp…SKĐB2022.jpg"
    >>> [piece.of(text) for piece in find_furniture(text)]
    ['Lượt xem: 133', '|', 'SKĐB2022.jpg']
    """
    rows = list(lines(text))
    running = _running_heads(text, rows)
    found: list[Span] = []
    others = _other_articles(text, rows)
    listed = _listed(text, rows)
    for row, line in enumerate(rows):
        if row in running or (row >= others and not is_byline(line.of(text))):
            found.append(line)
        elif line.end - line.start > _LONGEST_LINE:
            found.extend(_image_name(text, line))
        elif _is_between_bars(text, rows, row) or _is_page_number(text, rows, row):
            found.append(line)
        else:
            near_edge = 0 < row < HEAD_LINES or row >= max(1, len(rows) - TAIL_LINES)
            found.extend(_of_line(text, line, near_edge=near_edge and row not in listed))
    return tuple(found)


def is_counter(words: str) -> bool:
    """Whether a piece of furniture tells how often a page was viewed, liked or passed on.

    >>> is_counter("• lượt xem: 133"), is_counter("Lượt xem:"), is_counter("Đọc bài viết")
    (True, False, False)
    """
    return any(map(str.isdigit, words)) and _COUNTER.fullmatch(words.strip(_BULLETS)) is not None


def _of_line(text: str, line: Span, *, near_edge: bool) -> list[Span]:
    words = line.of(text)
    bare = words.strip(_BULLETS)
    if not any(character.isalnum() for character in words) or _IMAGE_LINE.fullmatch(words):
        return [line]
    if _is_furniture(bare, near_edge=near_edge):
        return [line]
    parts = cells(text, line)
    dated = [part for part in parts if parse_date(part.of(text))]
    kept = [part for part in parts if part in dated or is_byline(part.of(text))]
    others = [part.of(text) for part in parts if part not in kept]
    if parts == dated or (others and all(_is_furniture(words, near_edge=near_edge) for words in others)):
        return list(outside(text, line, pieces=kept))
    return _image_name(text, line)


def _listed(text: str, rows: list[Span]) -> set[int]:
    """The rows that are items of a list of which not every one could be a button."""
    listed: set[int] = set()
    for is_item, run in groupby(range(len(rows)), key=lambda row: _ITEM.match(text, *rows[row]) is not None):
        items = list(run) if is_item else []
        words = (rows[row].of(text) for row in items)
        if not all(
            len(w) <= _LONGEST_LINE and _is_furniture(w.strip(_BULLETS), near_edge=True) for w in words
        ):
            listed.update(items)
    return listed


def _image_name(text: str, line: Span) -> list[Span]:
    """The name of an image file that an editor left behind the last sentence of a line."""
    image = _IMAGE_GLUED.search(text, max(line.start, line.end - 100), line.end)
    return [trim(text, Span(*image.span()))] if image else []


def _is_furniture(words: str, *, near_edge: bool) -> bool:
    return bool(_ANYWHERE.fullmatch(words) or (near_edge and _NEAR_AN_EDGE.fullmatch(words)))


def _is_between_bars(text: str, rows: list[Span], row: int) -> bool:
    """Whether a short line stands between two lines of bars and is neither a date nor a byline."""
    if not 0 < row < len(rows) - 1:
        return False
    around = rows[row - 1].of(text), rows[row + 1].of(text)
    if around[0].strip("|•·") or around[1].strip("|•·"):
        return False
    words = rows[row].of(text)
    return (
        len(words.split()) <= 6 and words[-1] not in ".!?…" and not parse_date(words) and not is_byline(words)
    )


def _other_articles(text: str, rows: list[Span]) -> int:
    """The row from which the page lists other articles up to its end; one past the last where it does not."""
    for row in range(len(rows) - 1, max(0, len(rows) - 3 * TAIL_LINES), -1):
        words = rows[row].of(text)
        if _OTHER_ARTICLES.fullmatch(words.strip("|•·*-–# ")):
            return row
        if len(words) > _LONGEST_LINE or words.endswith("."):
            break
    return len(rows)


def _running_heads(text: str, rows: list[Span]) -> set[int]:
    """Rows that most pages begin or end with, numbers aside; the first of each stays, it may be the headline."""
    pages: list[list[int]] = [[]]
    for row, line in enumerate(rows):
        if row and "\f" in text[rows[row - 1].end : line.start]:
            pages.append([])
        pages[-1].append(row)
    alike: dict[str, list[int]] = {}
    for page in pages if len(pages) >= _FEWEST_PAGES else ():
        for row in {*page[:2], *page[-2:]}:
            alike.setdefault(_DIGITS.sub("0", rows[row].of(text)), []).append(row)
    often = max(_FEWEST_PAGES, len(pages) // 2)
    return {row for repeated in alike.values() if len(repeated) >= often for row in sorted(repeated)[1:]}


def _is_page_number(text: str, rows: list[Span], row: int) -> bool:
    """Whether a line next to a page break is the number of the page."""
    line = rows[row]
    before = text[rows[row - 1].end : line.start] if row else ""
    after = text[line.end : rows[row + 1].start] if row + 1 < len(rows) else ""
    return ("\f" in before or "\f" in after) and bool(_PAGE_NUMBER.fullmatch(line.of(text).strip("-– ")))
