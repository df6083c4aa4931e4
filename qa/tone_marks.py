"""A question typed without tone marks → the same question with them, by the words of the passages it found.

A passage that is about the question says most of its words, with their marks and in their order, so that pairs of
neighbouring syllables in the passages tell which of the syllables that look alike is meant.  Words that only ask
("bao nhiêu", "khi nào") stand in no article and come from a table of common pairs; what neither has is judged by how
often the whole index says it.  Marks that were typed are never changed; leaves out finding the passages.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cached_property, lru_cache
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING

from index.names import PROVINCES
from index.syllable import TONES
from index.terms import fold, has_tone_marks, marked_spellings, spelled, syllables, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Frequency = Callable[[Sequence[str]], NDArray[np.int64] | Sequence[int]]

COMMON = Path(__file__).with_name("common_pairs.txt")
"""Pairs of syllables in the project's own articles and questions; made by ``python -m qa.training.common_pairs``."""

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_SHARES = (0.05, 0.55, 0.4)
"""How much a syllable alone, its pair and its triple decide: linear interpolation (Jelinek and Mercer, 1980)."""
_END = 0.1
"""How much of all syllables the end of a question is taken for."""
_WITNESS = 3
"""How often a pair in the passages found counts, beside one in the table of common pairs."""
_PROVINCES = {fold(name): tuple(name.split()) for name in PROVINCES if name.count(" ") == 1}
"""By the folded name, its two words."""
_FORMS = 8
"""The most forms of a syllable that are weighed."""
_HARDLY = 0.2
"""Share of words with marks below which a question is as good as typed without; of Vietnamese it is three quarters."""
_STRANGERS = 0.3
"""Share of words that are no Vietnamese at all from which a question is left as it is: it is in another language."""


class Neighbours:
    """Counts of pairs of neighbouring syllables, and of how each syllable is written.

    :ivar pairs: of syllables in their one spelling.
    :ivar triples: likewise, of three.
    :ivar forms: by folded syllable, those that fold to it.
    """

    def __init__(self) -> None:
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.triples: Counter[tuple[str, str, str]] = Counter()
        self.forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._sentences: list[tuple[list[str], list[str]]] = []

    @classmethod
    def of(cls, texts: Iterable[str]) -> Neighbours:
        """Count in texts."""
        made = cls()
        said: Counter[str] = Counter()
        for text in texts:
            for written in words(text):
                sentence = [spelled(word) for word in written]
                made.pairs.update(pairwise(sentence))
                made.triples.update(zip(sentence, sentence[1:], sentence[2:], strict=False))
                said.update(sentence)
                made._sentences.append((sentence, written))
        for syllable, times in said.items():
            made.forms[fold(syllable)][syllable] += times
        return made

    @cached_property
    def written(self) -> dict[tuple[str, ...], Counter[tuple[str, ...]]]:
        """By syllable, its spellings in upper and lower case; by a pair of neighbours, theirs.

        The first word of a sentence tells nothing of it.
        """
        found: defaultdict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
        for sentence, written in self._sentences:
            for size in (1, 2):
                for at in range(1, len(sentence) - size + 1):
                    found[tuple(sentence[at : at + size])][tuple(written[at : at + size])] += 1
        return dict(found)

    def usual(self, before: str, syllable: str, behind: str) -> str:
        """How a syllable is mostly written, between two others where the texts have it so; empty for never.

        By itself it has a capital only if it is an abbreviation: "chi" does not get that of "Chi cục".
        """
        pairs = [((before, syllable), 1), ((syllable, behind), 0)]
        told = [(self.written[pair].total(), pair, at) for pair, at in pairs if pair in self.written]
        _, found, at = max(told, default=(0, (syllable,), 0))
        spellings = self.written.get(found, Counter())
        usual = max(spellings, key=lambda words: (spellings[words], words))[at] if spellings else ""
        return usual if told or usual.isupper() else usual.lower()

    @classmethod
    def read(cls, path: Path) -> Neighbours:
        """Read a table of pairs."""
        made = cls()
        for line in path.read_text(encoding="utf-8").splitlines():
            first, second, count = line.split(" ")
            made.pairs[first, second] = int(count)
            made.forms[fold(second)][second] += int(count)
        return made


@lru_cache(maxsize=1)
def common_pairs() -> Neighbours:
    """The table that ships with the package."""
    return Neighbours.read(COMMON)


def is_common_pair(pair: str) -> bool:
    """Whether two words stand together in the table of common pairs."""
    spelled = [syllable for words in syllables(pair) for syllable in words]
    return len(spelled) == 2 and common_pairs().pairs[spelled[0], spelled[1]] > 0


def share_marked(question: str) -> float:
    """Share of words that have a mark, but of abbreviations: those of "so GDĐT o dau" are learnt with it.

    >>> share_marked("so GDĐT o dau"), share_marked("Sở GDĐT ở đâu"), share_marked("SỞ GDĐT Ở ĐÂU")
    (0.0, 1.0, 1.0)
    """
    typed = _WORD.findall(question)
    said = [word for word in typed if len(word) == 1 or not word.isupper()] or typed
    return sum(map(has_tone_marks, said)) / max(1, len(said))


def hardly_marked(question: str) -> bool:
    """Whether a question is as good as typed without marks.

    >>> hardly_marked("đia chi cua truong o dau"), hardly_marked("Địa chi cua trường o đâu")
    (True, False)
    """
    return share_marked(question) < _HARDLY


def keeps_marks(typed: str, form: str) -> bool:
    """Whether a form of a word's letters has the marks that were typed.

    >>> [keeps_marks(typed, "kết") for typed in ("ket", "kêt", "két", "kệt")]
    [True, True, True, False]
    """
    (letters, tone), (formed, other) = _apart(typed), _apart(form)
    return tone in ("", other) and all(a in (b, fold(b)) for a, b in zip(letters, formed, strict=True))


def _apart(word: str) -> tuple[str, str]:
    """The letters of a word without its tone, and the tone."""
    parts = unicodedata.normalize("NFD", word)
    tone = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)), tone


def restore_tone_marks(question: str, texts: Iterable[str], *, frequency: Frequency) -> str:
    """The question with its tone marks; as it is where it is not Vietnamese. Words that have marks keep them.

    The likeliest sequence of syllables (Viterbi, 1967) under trigrams of the texts.

    :param texts: what the question found, with marks.
    :param frequency: terms → how many passages of the index hold each.

    >>> texts = ["Đảng bộ Sở GDĐT có 72 đảng viên, họp tại Hải Dương."]
    >>> restore_tone_marks("dang bo so gddt co bao nhieu dang vien?", texts, frequency=lambda terms: [0] * len(terms))
    'đảng bộ Sở GDĐT có bao nhiêu đảng viên?'
    >>> restore_tone_marks("truong tinh nam dinh", ["Trường họp năm ngoái"], frequency=lambda terms: [0] * len(terms))
    'trường tỉnh Nam Định'
    """
    typed_words = list(_WORD.finditer(question))
    if not typed_words:
        return question
    found = Neighbours.of(texts)
    typed = [spelled(match[0]) for match in typed_words]
    shares = [
        {syllable: 1.0} if has_tone_marks(syllable) else shares_of(syllable, found, frequency)
        for syllable in typed
    ]
    strangers = sum(not forms for forms in shares)
    if strangers > _STRANGERS * len(typed_words):
        return question
    named = _provinces(typed, found)
    best = likeliest(
        [
            {spelled(named[place]): 1.0} if place in named else forms or {syllable: 1.0}
            for place, (syllable, forms) in enumerate(zip(typed, shares, strict=True))
        ],
        found,
    )
    parts, end = [], 0
    around = zip(["", *best], best, [*best[1:], ""], strict=False)
    for place, (match, (before, form, behind)) in enumerate(zip(typed_words, around, strict=True)):
        usual = named.get(place) or found.usual(before, form, behind)
        kept = has_tone_marks(match[0])
        parts += [question[end : match.start()], match[0] if kept else written(match[0], form, usual)]
        end = match.end()
    return "".join([*parts, question[end:]])


def _provinces(typed: Sequence[str], found: Neighbours) -> dict[int, str]:
    """The words that name a province or city behind what says so, by their place: of "tinh nam dinh" Nam and Định.

    None where the texts have other words that look like it, as in "tính hai đường tròn".
    """
    named: dict[int, str] = {}
    for at in range(len(typed)):
        said = typed[at - 1 : at] in (["tinh"], ["tp"]) or typed[max(0, at - 2) : at] == ["thanh", "pho"]
        words = _PROVINCES.get(" ".join(typed[at : at + 2]), ()) if said else ()
        if not words:
            continue
        forms = product(found.forms[typed[at]], found.forms[typed[at + 1]])
        if {(one, other) for one, other in forms if found.pairs[one, other]} <= {tuple(map(spelled, words))}:
            named.update(enumerate(words, start=at))
    return named


def shares_of(
    syllable: str, found: Neighbours, frequency: Frequency, *, allowed: Callable[[str], bool] = lambda _: True
) -> dict[str, float]:
    """The forms that a syllable without marks may stand for, with their share of all; none where nobody has any."""
    near, common = found.forms[syllable], common_pairs().forms.get(syllable, Counter())
    every = dict.fromkeys([*sorted(near), *sorted(common), *marked_spellings(syllable)])
    forms = [form for form in every if allowed(form)]
    counts = {
        form: near[form] + math.log1p(common[form]) + math.log1p(held)
        for form, held in zip(forms, frequency(forms), strict=True)
    }
    best = sorted(counts, key=lambda form: (-counts[form], form))[:_FORMS]
    total = sum(counts[form] for form in best)
    return {form: counts[form] / total for form in best if counts[form] > 0} if total else {}


def likeliest(
    shares: Sequence[dict[str, float]], found: Neighbours, *, likelier: Sequence[dict[str, float]] = ()
) -> list[str]:
    """The best form of each syllable, between the begin and the end of the question.

    :param likelier: by form, how many times likelier it is than its neighbours tell; of each syllable, or of none.
    """
    paths: dict[tuple[str, str], tuple[float, list[str]]] = {("", ""): (0.0, [])}
    for place, forms in enumerate(shares):
        weights = likelier[place] if likelier else {}
        onward: dict[tuple[str, str], tuple[float, list[str]]] = {}
        for (first, second), (score, path) in paths.items():
            for form, share in forms.items():
                chance = _chance(first, second, form, share, found) * weights.get(form, 1.0)
                reached = (score + math.log(chance), [*path, form])
                onward[second, form] = max(reached, onward.get((second, form), (-math.inf, [])))
        paths = onward
    ended = (
        (score + math.log(_chance(first, second, "", _END, found)), path)
        for (first, second), (score, path) in paths.items()
    )
    return max(ended)[1]


def _chance(first: str, second: str, form: str, share: float, found: Neighbours) -> float:
    """Probability of a form behind two others."""
    common = common_pairs()
    pair = _WITNESS * found.pairs[second, form] + common.pairs[second, form]
    before = _WITNESS * found.forms[fold(second)][second] + common.forms.get(fold(second), Counter())[second]
    alone, paired, tripled = _SHARES
    chance = alone * share
    if pair:
        chance += paired * pair / max(before, pair)
        chance += tripled * found.triples[first, second, form] / max(1, found.pairs[first, second])
    return chance


def written(typed: str, form: str, usual: str) -> str:
    """A form in the letters that were typed: ``y`` where ``i`` is only its other spelling, capitals where the texts
    mostly have them.

    :param usual: how the texts mostly write it; empty where they do not.
    """
    if typed.islower() and not usual.islower() and fold(usual) == fold(typed):
        return usual
    if fold(form) != fold(typed):
        form = unicodedata.normalize("NFC", unicodedata.normalize("NFD", form).replace("i", "y"))
    if fold(form) != fold(typed):
        return typed
    return form.upper() if typed.isupper() else form.capitalize() if typed[0].isupper() else form
