"""Example questions made from the articles that are indexed: none is written in advance.

Takes articles, gives questions whose answer stands in one of them by its form: how many of something somebody has,
a person named together with an office, a headline that says who did what.  Pure; leaves out the choice of articles.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.article import Article

_LONGEST = 110  # characters; a longer question does not read as an example

_UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠ-Ỹ"
# "…, Đảng bộ Sở GDĐT có 07 chi bộ trực thuộc, …"
_NUMBER = re.compile(
    rf"(?:^|[.,;] )(?P<who>[{_UPPER}][^.,;:()\n]{{5,50}}?) có \d[\d.]* (?P<what>[^\d.,;:()\n]{{4,40}})[.,;]",
    re.MULTILINE,
)
# "đồng chí Lê Anh Vinh, Bí thư Đảng ủy Viện": a name of two to five words, then an office
_PERSON = re.compile(
    rf"\b(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|TS\.|ThS\.)\s+(?P<name>[{_UPPER}]\w+(?: [{_UPPER}]\w+){{1,4}})(?:,| [–-])\s+"
    r"(?:Phó |Nguyên )?(?:Bí thư|Chủ tịch|Giám đốc|Tổng|Hiệu trưởng|Chủ nhiệm|Trưởng|Vụ trưởng|Viện trưởng)\b",
)
_EVENT = re.compile(r"(?:Hội nghị|Hội thảo|Đại hội|Lễ|Toạ đàm|Tọa đàm|Hội thi|Cuộc họp)\b")


def example_questions(articles: Iterable[Article], *, most: int = 4) -> tuple[str, ...]:
    """Up to ``most`` questions, each once: by turns from each article, of the kind that was made least so far."""
    found: list[str] = []
    made: Counter[str] = Counter()
    offers = [dict(_questions(article)) for article in articles]
    while any(offers) and len(found) < most:
        for offer in filter(None, offers):
            kind = min(offer, key=made.__getitem__)
            question = offer.pop(kind)
            if question not in found and len(found) < most:
                found.append(question)
                made[kind] += 1
    return tuple(found)


def _questions(article: Article) -> Iterator[tuple[str, str]]:
    """At most one question of each kind, after its kind."""
    if match := _NUMBER.search(article.text):
        yield "number", f"{match['who']} có bao nhiêu {match['what'].strip()}?"
    if match := _PERSON.search(article.text):
        yield "person", f"{match['name']} giữ chức vụ gì?"
    title = article.title.strip().rstrip(".")
    question = f"{title} khi nào?" if " tổ chức " in title else f"Ai chủ trì {title[:1].lower()}{title[1:]}?"
    if len(question) <= _LONGEST and (_EVENT.match(title) or " tổ chức " in title):
        yield "headline", question
