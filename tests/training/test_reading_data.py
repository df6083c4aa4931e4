"""Training examples: answers stand where they are said to, and questions made wrong have none."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from random import Random

import pytest

from index.span import Span
from qa.training.near_misses import near_misses
from qa.training.questions import strip_marks
from qa.training.reading_data import (
    Paragraph,
    ReadingExample,
    mismatched,
    read_own,
    read_paragraphs,
    read_public,
    varied,
)

BRIDGE = "Cầu Đá Bạc dài 240 mét, do Công ty Hoa Mai xây năm 2019."


def example(question, passage=BRIDGE, *, answer="240 mét", title="Cầu Đá Bạc", source="x", language="vi"):
    start = passage.find(answer) if answer else -1
    spans = (Span(start, start + len(answer)),) if start >= 0 else ()
    return ReadingExample(source, language, title, passage, question, spans)


@pytest.fixture
def public(tmp_path):
    def write(*rows):
        path = tmp_path / "data.jsonl.gz"
        full = [{"id": "1", "title": None, "source": "one", **row} for row in rows]
        path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in full).encode()))
        return path

    return write


@pytest.mark.parametrize(
    ("context", "answer", "wanted"),
    [
        ("Ông A ( Giám đốc ) , tức B , nói .", "B", "B"),
        ("Ông A ( Giám đốc ) , tức B , nói .", "A ( Giám đốc )", "A (Giám đốc)"),
        ("Giá : 30 % , tăng .", "30 %", "30%"),
    ],
)
def test_answers_move_with_the_blanks_that_a_tokeniser_left(public, context, answer, wanted):
    row = {"source": "mailong25", "context": context, "question": "Ai ?"}
    path = public({**row, "answers": [{"text": answer, "start": context.index(answer)}]})
    (read,) = read_public(path)
    assert [span.of(read.passage) for span in read.answers] == [wanted]
    assert read.question == "Ai?"


def test_other_sources_stay_as_they_are(public):
    path = public({"context": "A , B", "question": "C ?", "answers": [{"text": "B", "start": 4}]})
    (read,) = read_public(path)
    assert (read.passage, read.question, read.answers) == ("A , B", "C ?", (Span(4, 5),))
    assert list(read_paragraphs(path).values()) == [Paragraph("one", "", "A , B")]


def own_folder(folder, *rows):
    (folder / "articles.jsonl").write_text(json.dumps({"id": "a", "title": "T", "text": "T\n\nHai."}))
    (folder / "paragraphs.jsonl").write_text(json.dumps({"id": "p", "title": "U", "text": "Ba."}))
    rows = ({"id": str(n), "kind": "fact", "history": [], "answers": [], **row} for n, row in enumerate(rows))
    (folder / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def test_own_questions_find_their_paragraph_and_read_what_was_asked_before(tmp_path, public):
    row = {"title": "Cầu", "context": BRIDGE, "question": "?", "answers": []}
    folder = own_folder(
        tmp_path,
        {"context": "a", "question": "Mấy?", "answers": [{"text": "Hai", "start": 3}]},
        {"context": "p", "question": "Mấy?"},
        {
            "context": sha256(BRIDGE.encode()).hexdigest(),
            "question": "Còn rộng?",
            "history": ["Cầu dài bao nhiêu?"],
        },
    )
    first, second, third = read_own(folder, paragraphs=read_paragraphs(public(row)))
    assert (first.title, first.answers[0].of(first.passage)) == ("T", "Hai")
    assert (second.title, second.passage) == ("U", "Ba.")
    assert (third.title, third.passage, third.question) == ("Cầu", BRIDGE, "Cầu dài bao nhiêu? Còn rộng?")


def test_own_questions_over_tokenised_paragraphs_are_read_without_the_blanks(tmp_path, public):
    text = "Ông A ( Giám đốc ) , tức B , nói ."
    row = {"source": "mailong25", "context": text, "question": "?", "answers": []}
    answer = {"text": "A ( Giám đốc )", "start": text.index("A (")}
    digest = sha256(text.encode()).hexdigest()
    folder = own_folder(tmp_path, {"context": digest, "question": "Ai?", "answers": [answer]})
    (read,) = read_own(folder, paragraphs=read_paragraphs(public(row)))
    assert (read.source, [span.of(read.passage) for span in read.answers]) == ("own", ["A (Giám đốc)"])


def test_mismatched_pairs_have_no_answer_and_do_not_say_it():
    examples = [example(f"Dài bao nhiêu {n}?", f"{BRIDGE} Lần {n}.") for n in range(6)]
    examples += [example("Dài?", f"Không nói {n}.", answer=None, title="Cầu Đá Bạc") for n in range(6)]
    pairs = mismatched(examples, share=1.0, draw=Random(1))
    assert pairs
    for pair in pairs:
        assert pair.answers == ()
        assert "240 mét" not in pair.passage


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Cầu Đá Bạc do ai xây năm 2019?", "Cầu Đá Bạc do ai xây năm"),
        ("Ai là giám đốc công ty?", "công ty?"),
        ("Khi nào Công ty Hoa Mai xây cầu?", "xây cầu?"),
    ],
)
def test_a_near_miss_asks_for_what_the_passage_does_not_mention(question, kept):
    asked = [example(question), example("Khi nào Công ty Sông Lam xây?", title="Cầu Đá Bạc")]
    changed = [miss for seed in range(20) for miss in near_misses(asked[:1], share=1.0, draw=Random(seed))]
    changed += [miss for seed in range(20) for miss in near_misses(asked, share=1.0, draw=Random(seed))]
    assert any(kept in miss.question for miss in changed)
    for miss in changed:
        assert miss.answers == () and miss.passage == BRIDGE
        assert miss.question not in (question, asked[1].question)
        new = set(miss.question.casefold().split()) - set(
            f"{question} {asked[1].question}".casefold().split()
        )
        assert not any(word.strip("?") in BRIDGE.casefold().split() for word in new)


def test_questions_in_other_languages_are_not_changed():
    other = example("Who built it in 2019?", language="en")
    assert list(near_misses([other], share=1.0, draw=Random(1))) == []
    assert varied(other, draw=Random(1), titled=1.0, stripped=1.0) == other


def test_variants_keep_the_passage_and_lose_title_and_marks_as_often_as_asked():
    typed = example("Cầu dài bao nhiêu?")
    many = [varied(typed, draw=Random(seed), titled=0.5, stripped=0.5) for seed in range(400)]
    assert {variant.passage for variant in many} == {BRIDGE}
    assert 150 < sum(variant.title == "" for variant in many) < 250
    unmarked = [variant for variant in many if variant.question == strip_marks(variant.question)]
    assert 150 < len(unmarked) < 250
