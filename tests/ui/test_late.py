from pathlib import Path

import pytest

from index.errors import IndexNotFound
from tests.ui.fake_assistant import QUESTION, FakeAssistant
from ui.late import LateAssistant


def test_it_is_opened_when_it_is_first_there_and_then_kept():
    tries = []

    def opens(folder, *, caution):
        tries.append((folder, caution))
        if len(tries) < 3:
            raise IndexNotFound("There is no index.")
        return FakeAssistant()

    late = LateAssistant(Path("x"), caution="strict", opens=opens)
    for _ in range(2):
        with pytest.raises(IndexNotFound):
            late.articles()
    assert late.ask(QUESTION).answered
    assert late.article("cau.txt").id == "cau.txt"
    assert len(late.search("cầu")) == 2
    assert late.versions["generation"] == 7
    assert tries == [(Path("x"), "strict")] * 3
