from random import Random

import numpy as np

from qa.training.data import Example, split_pairs
from qa.training.encoder_report import ranks
from qa.training.pairs import GROUP, LONGEST, crop, holds, make_batches, mine_neighbours
from tests.fakes import BagEncoder

SUBJECTS = ("Thư viện", "Bệnh viện", "Trường học", "Nhà hát", "Bảo tàng", "Công viên", "Sân bay", "Bến xe")
PLACES = ("Sông Mây", "Đá Bạc", "Hòn Rơm", "Bãi Dài")


def example(number, context, question, answer, title=None, source="made"):
    return Example(f"{source}-{number}", source, title, context, question, (answer,) if answer else ())


EXAMPLES = [
    example(
        n, f"{subject} {place} mở cửa năm {1900 + n}.", f"{subject} {place} mở cửa năm nào?", f"{1900 + n}"
    )
    for n, (subject, place) in enumerate((s, p) for s in SUBJECTS for p in PLACES)
]


def test_neighbours_are_confusable_and_hold_no_answer():
    neighbours = mine_neighbours(EXAMPLES, BagEncoder())
    assert set(neighbours) == {e.context for e in EXAMPLES}
    for one in EXAMPLES:
        near = neighbours[one.context]
        assert one.context not in near
        assert not any(holds(other, {one.answers[0].casefold()}) for other in near)
        shared = [set(one.context.split()[:4]) & set(other.split()[:4]) for other in near[:3]]
        assert all(shared)


def test_batches_never_hold_a_passage_twice_in_a_group_and_repeat_with_the_seed():
    neighbours = mine_neighbours(EXAMPLES, BagEncoder())
    batches = make_batches(EXAMPLES, neighbours, size=2 * GROUP, epochs=2, seed=5)
    assert batches == make_batches(EXAMPLES, neighbours, size=2 * GROUP, epochs=2, seed=5)
    assert batches != make_batches(EXAMPLES, neighbours, size=2 * GROUP, epochs=2, seed=6)
    assert len(batches) == 4
    for batch in batches:
        assert len({row.passage for row in batch[:GROUP]}) == GROUP
        assert len({row.passage for row in batch[GROUP:]}) == GROUP


def test_a_crop_holds_both_answers_if_it_can():
    context = "".join(f"Câu số {n} nói về việc {n * 7}. " for n in range(100))
    first = example(1, context, "?", "việc 210")
    near = example(2, context, "?", "việc 280")
    far = example(3, context, "?", "việc 693")
    for seed in range(30):
        both = crop(first, near, Random(seed))
        assert len(both) <= LONGEST and "việc 210" in both and "việc 280" in both
        assert "việc 210" in crop(first, far, Random(seed))
    assert crop(EXAMPLES[0], EXAMPLES[0], Random(0)) == EXAMPLES[0].context


def test_english_pairs_are_split_in_halves():
    rows = [example(n, "c", "q", "a", source="MLQA en") for n in range(6)] + EXAMPLES
    train, check = split_pairs(rows)
    assert [e.id for e in train] == ["MLQA en-0", "MLQA en-1", "MLQA en-2"]
    assert [e.id for e in check] == ["MLQA en-3", "MLQA en-4", "MLQA en-5"]


def test_ranks_count_from_one_and_ties_go_to_the_first_row():
    scores = np.array([[0.1, 0.9, 0.5], [0.4, 0.4, 0.4]])
    assert ranks(scores, [2, 1]).tolist() == [2, 2]
    assert ranks(scores, [1, 0]).tolist() == [1, 1]
