from hypothesis import given
from hypothesis import strategies as st

from index.pieces import Cutter
from index.span import Span


def letters(texts):
    return [sum(not character.isspace() for character in text) for text in texts]


def cut(text, most):
    pieces = Cutter(count_tokens=letters, max_tokens=most).cut(text, sentences=[Span(0, len(text))])
    return [(span.of(text), tokens) for span, tokens in pieces]


def test_a_sentence_that_fits_is_left_alone():
    assert cut("một, hai, ba", 10) == [("một, hai, ba", 10)]


def test_clauses_are_put_together_evenly():
    assert cut("aaaa, bbbb, cccc, dddd;", 16) == [("aaaa, bbbb,", 10), ("cccc, dddd;", 10)]


def test_an_item_stays_whole_and_a_day_with_what_it_dates():
    assert cut("aa, bbbb; cc, dd; eeee", 12) == [("aa, bbbb;", 8), ("cc, dd; eeee", 10)]
    pieces = [piece for piece, _ in cut("học tập nghị quyết, thi hành Chỉ thị số 5, ngày 15/5/2016", 32)]
    assert pieces == ["học tập nghị quyết,", "thi hành Chỉ thị số 5, ngày 15/5/2016"]


def test_a_clause_that_does_not_fit_is_cut_between_words_and_a_word_anywhere():
    assert cut("aaa bbb ccc", 6) == [("aaa bbb", 6), ("ccc", 3)]
    assert "".join(piece for piece, _ in cut("x" * 30, 8)) == "x" * 30


@given(st.text(alphabet="ab ,;:–\n", max_size=300).map(str.strip).filter(bool), st.integers(1, 30))
def test_pieces_fit_and_lose_nothing(text, most):
    pieces = cut(text, most)
    assert all(tokens <= most for _, tokens in pieces)
    assert "".join("".join(piece.split()) for piece, _ in pieces) == "".join(text.split())
    assert [tokens for _, tokens in pieces] == letters(piece for piece, _ in pieces)
