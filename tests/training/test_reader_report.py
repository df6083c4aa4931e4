"""The reader's report counts what its candidates say; the table of common pairs is what counting gives."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from qa.examples import Example
from qa.tone_marks import COMMON
from qa.training.common_pairs import own_sentences
from qa.training.questions import strip_marks
from qa.training.reader_report import report
from qa.training.reading_data import OWN
from tests.fakes import SentenceReader


class MarkedReader(SentenceReader):
    """Reads nothing that has no tone marks."""

    def read(self, questions, hits):
        return () if questions == list(map(strip_marks, questions)) else super().read(questions, hits)


def test_exact_match_f1_and_area_are_those_of_the_best_candidate():
    examples = [
        Example("1", "Cầu dài 240 mét. Thư viện có sách.", "Cầu dài mấy mét?", ("Cầu dài 240 mét.",), "one"),
        Example("2", "Chợ có 35 gian hàng. Cầu mới.", "Chợ có mấy gian?", ("35 gian hàng",), "two"),
        Example("3", "Không nói gì. Trời mưa.", "Thư viện mở cửa khi nào?", (), "two"),
    ]
    rows = list(report([SentenceReader(), MarkedReader()], examples))
    assert rows == [
        "| one (1) | 1.000 / 1.000 | 1.000 / 1.000 | 1.000 / 1.000 | .000 / .000 |",
        "| two (1) | .000 / .750 | .000 / .750 | .000 / .750 | .000 / .000 |",
        "| all (2) | .500 / .875 | .500 / .875 | .500 / .875 | .000 / .000 |",
        "| area under the curve, answered or not (3) | 1.000 | 1.000 | 1.000 | 0.500 |",
    ]


def test_the_common_pairs_that_ship_are_those_of_the_projects_own_texts():
    pairs = Counter(pair for sentence in own_sentences(OWN) for pair in pairwise(sentence))
    wanted = {pair: count for pair, count in pairs.items() if count >= 2}
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    assert {tuple(line.split(" ")[:2]): int(line.split(" ")[2]) for line in lines} == wanted
