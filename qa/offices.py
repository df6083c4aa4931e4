"""Whether somebody holds the office that a question names, by what stands beside the name.

Who is named as Phó Bí thư is not the Bí thư, the secretary of a cell not that of the committee, and the head of the
school of one province not that of another.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.names import PLACES
from index.terms import fold, marked_spellings
from qa.abbreviations import folded_words
from qa.people import people_in
from qa.phrase import DEPARTMENTS
from qa.question_kind import HEADS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.span import Span

_OFFICE = re.compile(
    r"\b(?P<beside>(?:nguyen|cuu|tro ly|thu ky|phu nhan|tong(?= bi thu)) )?(?P<deputy>(?:pho|deputy|vice) (?:\w+ )?)?"
    rf"(?P<office>{fold(HEADS)}|cum truong|trong tai|huan luyen vien)\b"
)
"""An office in folded text, and whether of a deputy, or of who had it once, or serves who has it, or has a higher one;
see :func:`offices_in`.  A body may be cụm trưởng as well."""
_OFFICE_ALONE = re.compile(rf"(?:pho )?(?:{fold(HEADS)})|cum (?:truong|pho)")
_VICE = re.compile(r"\bthu truong\b")
_BODY = re.compile(rf" (?P<kind>{fold(DEPARTMENTS)}|ubnd|hdnd|trung tam|cong ty|benh vien) (?P<name>\w+)")
"""The body that an office is of, right behind it."""
_LEVELS = {
    name: level
    for level, names in (
        ("cell", "chi bo, chi uy"),
        ("committee", "dang uy, dang bo"),
        ("district", "huyen uy, quan uy, thi uy"),
        ("province", "tinh uy, thanh uy"),
        ("youth", "doan, chi doan, lien chi doan, thanh doan, tinh doan, huyen doan, xa doan"),
        ("government", "ubnd, uy ban nhan dan"),
        ("council", "hdnd, hoi dong nhan dan"),
        ("union", "ldld, lien doan lao dong, cong doan"),
        ("state", "nuoc"),
        ("parliament", "quoc hoi"),
        ("board", "hoi dong quan tri, hdqt"),
        (
            "association",
            "hoi nong dan, hoi phu nu, hoi lien hiep phu nu, hoi lhpn, hoi cuu chien binh, hoi khuyen hoc"
            ", hoi chu thap do, hoi nguoi cao tuoi, hoi sinh vien",
        ),
        ("front", "mttq, ubmttq, mat tran to quoc, uy ban mat tran to quoc"),
    )
    for name in names.split(", ")
}
_LEVEL = re.compile(rf" (?P<name>{'|'.join(_LEVELS)})\b")
"""The body that a secretary or a chairman is of: he of a cell is not he of the committee."""
_JOINING = frozenset(("va", "-", "–"))
"""Words of a name that its abbreviation leaves out."""
_OF = re.compile(r"\b(?:cua|thay mat|thay|do|voi|cho) $")
"""What stands before the office of somebody else: who hands out the "Bằng khen của Chủ tịch" is not the chairman."""
_APART = re.compile(r"[;,–]| - ")  # what stands before one of these is the office of somebody else
_OTHERS = re.compile(r"[;.]| cùng | và ")  # behind one of these stands somebody else
_SEAT = re.compile(rf"\b(?:{fold(PLACES.pattern)})\b")
_NEAR = 60  # characters before a name that may tell its office
_BEHIND = 90  # and behind it: "Hiệu trưởng trường Chính trị Nguyễn Văn Linh tỉnh Hưng Yên"


def offices_in(text: str) -> Iterator[re.Match[str]]:
    """The offices that a text names, found in its folded form; with its marks "đảng bộ trường" has no bộ trưởng.

    >>> [len([*offices_in(text)]) for text in ("Đảng bộ trường", "Bộ trưởng", "Bo truong")]
    [0, 1, 1]
    """
    folded = fold(text)
    marked = text.lower() if len(folded) == len(text) else folded
    return (
        found for found in _OFFICE.finditer(folded) if "trường" not in marked[found.start() : found.end()]
    )


def fit_of_office(asked: re.Match[str], text: str, span: Span, sentence: Span, *, several: bool) -> int:
    """1 where the span names who holds the office, -1 where it names somebody else, 0 where nothing tells.

    :param asked: the first of :func:`offices_in` the question.
    :param text: of the article.
    :param sentence: around the span.
    :param several: several people are asked for; their office may be told once, before all of them.
    """
    names = list(people_in(text, sentence))
    own = next((name for name in names if name.start < span.end and span.start < name.end), None)
    if own is None:
        return 0 if several or _could_be_named(span.of(text)) else -1
    end = min([name.start for name in names if name.start > own.start], default=sentence.end)
    start = max([name.end for name in names if name.end <= own.start], default=sentence.start)
    before = _APART.split(text[max(start, own.start - _NEAR) : own.start])[-1]
    behind, *others = _OTHERS.split(text[own.end : min(end, own.end + _BEHIND)], maxsplit=1)
    if not others and end < own.end + _BEHIND and end < sentence.end:
        behind = behind.rpartition(",")[0] or behind  # the rest belongs to the next name
    offices = [office for office in offices_in(behind) if not _OF.search(office.string, 0, office.start())]
    offices += [*offices_in(before)][-1:]
    if asked["office"] == "bo truong" and any(_VICE.search(fold(part)) for part in (before, behind)):
        return -1
    held = [_rank(office) for office in offices if office["office"] == asked["office"]]
    own_body = _Named.behind(asked)
    # the "Giám đốc Sở" of an article is the head of the department that it is about
    if _is_of_another_body(asked, own_body, before, behind) or (own_body and not own_body.is_told_of(text)):
        return -1
    if not any(map(_level, offices)) and _has_only_others(asked, text):
        return -1
    if not held:
        said = {office["office"] for office in offices_in(sentence.of(text))}
        return -1 if offices and asked["office"] not in said and not several else 0
    return 1 if _rank(asked) in held else -1


def _rank(office: re.Match[str]) -> tuple[bool, str | None]:
    """What tells holders of one office apart."""
    return bool(office["deputy"]), office["beside"]


def _is_of_another_body(asked: re.Match[str], own: _Named | None, *parts: str) -> bool:
    """Whether the text beside a name gives it the office that is asked for, but of bodies that are not named."""
    told = [
        (office, part) for part in parts for office in offices_in(part) if office["office"] == asked["office"]
    ]
    offices = [office for office, _ in told]
    return (
        _is_elsewhere(asked, offices)
        or _is_of_another_level(asked, offices)
        or (own is not None and _is_of_another_name(own, told))
    )


def _is_elsewhere(asked: re.Match[str], told: Sequence[re.Match[str]]) -> bool:
    """Whether the question names a province, and all offices told are in others."""
    wanted = _seats(asked)
    seats = [_seats(office) for office in told]
    return bool(wanted) and any(seats) and all(there and there.isdisjoint(wanted) for there in seats)


def _seats(office: re.Match[str]) -> set[str]:
    """The provinces named behind an office before the first comma: what a body there is called after."""
    return {place[0] for place in _SEAT.finditer(office.string[office.end() :].partition(",")[0])}


def _is_of_another_level(asked: re.Match[str], told: Sequence[re.Match[str]]) -> bool:
    """Whether the secretary of a cell is asked for and that of a committee told, or the other way round, and so on."""
    wanted, levels = _level(asked), {_level(office) for office in told}
    return wanted is not None and bool(levels) and levels.isdisjoint((wanted, None))


def _has_only_others(asked: re.Match[str], text: str) -> bool:
    """Whether the article has holders of the office that is asked for, and says of all whose body it tells that they
    are of another kind of body: the one "Chủ tịch" of an article about the Hội Phụ nữ is not that of the UBND.
    """
    wanted, levels = _level(asked), _levels_of(asked["office"], text) - {None}
    return wanted is not None and bool(levels) and wanted not in levels


@lru_cache(maxsize=64)
def _levels_of(office: str, text: str) -> frozenset[str | None]:
    return frozenset(_level(told) for told in offices_in(text) if told["office"] == office)


def _level(office: re.Match[str]) -> str | None:
    """What somebody is the secretary of, right behind the office; nothing where that is not told."""
    named = _LEVEL.match(office.string, office.end())
    return _LEVELS[named["name"]] if named else None


class _Named(NamedTuple):
    """A department that a question names behind an office.

    :ivar words: of its name and of what follows, those left out that no abbreviation has.
    """

    kind: str
    words: list[str]

    @classmethod
    def behind(cls, asked: re.Match[str]) -> _Named | None:
        """Nothing where the name is an abbreviation: "Sở GDĐT" may well be another form of a name."""
        own = _BODY.match(asked.string, asked.end())
        if own is None or not own["name"].isalpha() or not marked_spellings(own["name"]):
            return None
        names = asked.string[own.start("name") :].split()
        return cls(own["kind"], [name for name in names if name not in _JOINING])

    def is_short(self, abbreviation: str) -> bool:
        """Whether an abbreviation may be that of the name."""
        initials = "".join(word[0] for word in self.words)
        return initials.startswith(abbreviation) or abbreviation.startswith(initials[:2])

    def is_told_of(self, text: str) -> bool:
        """Whether a text has the name or an abbreviation of it."""
        words = folded_words(text)
        initials = "".join(word[0] for word in self.words[:2])
        forms = (
            f" {' '.join(self.words[:2])} ",
            f" {self.kind} {self.words[0]} ",
            f" {self.kind} {initials}",
        )
        return any(form in words for form in forms)


def _is_of_another_name(own: _Named, told: Sequence[tuple[re.Match[str], str]]) -> bool:
    """Whether all departments that are told have other names than the one asked about.

    :param told: offices in folded text, with the text itself.
    """
    bodies = [
        (body, part[body.start("name") : body.end("name")])
        for office, part in told
        if (body := _BODY.match(office.string, office.end()))
    ]
    named = [(body, written) for body, written in bodies if written.istitle() or written.isupper()]
    return bool(named) and all(
        body["kind"] == own.kind
        and body["name"] not in own.words
        and not (written.isupper() and own.is_short(body["name"]))
        and not own.is_told_of(body.string[body.end("kind") :])  # trường Chính trị Nguyễn Văn Linh
        for body, written in named
    )


def _could_be_named(text: str) -> bool:
    """Whether a span may name somebody by a name that is not known for one; an office alone does not."""
    office = _OFFICE_ALONE.fullmatch(fold(text))
    return not office and any(map(str.isupper, text)) and not any(map(str.isdigit, text))
