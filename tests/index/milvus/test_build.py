"""A collection mirrors its folder, costs only what changed, and survives a broken run."""

from __future__ import annotations

import os
import re
from itertools import pairwise

import pytest

from index.article import read_articles
from index.errors import IndexDamaged, IndexLocked, IndexMismatch, IndexNotFound, UsageError
from index.isolation import Limits
from index.milvus import build as building
from index.milvus import reading
from index.milvus.checkup import examine_collection
from index.milvus.layout import Layout
from index.terms import FOLDED, syllables
from tests.fakes import BagEncoder

pytestmark = pytest.mark.milvus

BRIDGE = "Cầu Đá Bạc\n\nCầu Đá Bạc nay dài 250 mét, do ông Phan Văn Lộc thiết kế.\n"


def ids(index):
    return [summary.id for summary in index.articles()]


def vocabulary(folder):
    """Every syllable and folded pair that the folder has, and some that it has not."""
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.*")]
    words = [word for text in texts for sentence in syllables(text) for word in sentence]
    return sorted({*words, *(f"{FOLDED}{a} {b}" for a, b in pairwise(words)), "xyzzy", "~da bac"})


def assert_counts_agree(index, local, folder):
    terms = vocabulary(folder)
    assert index.frequency(terms).tolist() == local.frequency(terms).tolist()
    assert index.rarity(terms).tolist() == local.rarity(terms).tolist()


def test_only_what_changed_is_read_and_what_went_is_found_no_more(build, opened, local, folder, encoder):
    first = build()
    assert (first.generation, first.articles, first.added, first.embedded) == (1, 3, 3, first.passages)
    before = opened()

    (folder / "cau.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "thu-vien.txt").unlink()
    (folder / "moi.txt").write_text("Chợ nổi\n\nChợ nổi Sông Mây họp lúc năm giờ.\n", encoding="utf-8")
    encoded = encoder.encoded
    second = build()
    assert (second.added, second.changed, second.removed) == (1, 1, 1)
    assert encoder.encoded - encoded == second.embedded == 2

    # gone from what was opened before, too
    found = before.search("Thư viện huyện Sông Mây có bao nhiêu đầu sách?", k=10)
    assert "thu-vien.txt" not in {hit.article.id for hit in found}
    assert not before.is_current
    after = before.renewed()
    assert after.number == 2
    assert ids(after) == ids(local()) == ["cau.txt", "moi.txt", "sau/le-hoi.md"]
    assert "250 mét" in after.search("cầu Đá Bạc dài bao nhiêu mét", k=1)[0].text
    assert_counts_agree(after, local(), folder)


def test_an_unchanged_folder_embeds_nothing_and_keeps_its_number(build, encoder):
    first = build()
    encoded = encoder.encoded
    second = build()
    assert encoder.encoded == encoded
    assert (second.generation, second.articles, second.passages) == (1, 3, first.passages)


def test_an_interrupted_run_is_taken_up_where_it_was(
    build, place, opened, local, folder, encoder, monkeypatch
):
    monkeypatch.setattr(reading, "_BATCH", 1)  # each article a batch of its own
    whole, encode = encoder.encode_passages, iter([True, True, False])

    def break_off(texts, *, progress=None):
        if not next(encode):
            raise KeyboardInterrupt
        return whole(texts, progress=progress)

    monkeypatch.setattr(encoder, "encode_passages", break_off)
    with pytest.raises(KeyboardInterrupt):
        build()
    _, problem = examine_collection(place)
    assert isinstance(problem, IndexDamaged)

    monkeypatch.setattr(encoder, "encode_passages", whole)
    encoded = encoder.encoded
    report = build()
    assert report.articles == 3
    assert encoder.encoded - encoded == report.embedded == 1
    assert examine_collection(place)[1] is None
    assert_counts_agree(opened(), local(), folder)


def test_an_article_half_written_by_a_broken_run_is_not_there_twice(build, place, folder, monkeypatch):
    lines = "".join(f'{{"id": {n}, "text": "Tin {n}: xã Đồi {n} họp chợ."}}\n' for n in range(3))
    (folder / "tin.jsonl").write_text(lines, encoding="utf-8")
    monkeypatch.setattr(reading, "_BATCH", 1)
    write = building._Run.write
    left = iter([True, True, True, True, False])  # breaks off within the file of several articles

    def break_off(run, batch, encoded):
        if not next(left):
            raise KeyboardInterrupt
        write(run, batch, encoded)

    monkeypatch.setattr(building._Run, "write", break_off)
    with pytest.raises(KeyboardInterrupt):
        build()
    monkeypatch.setattr(building._Run, "write", write)
    report = build()
    assert (report.articles, report.passages) == (6, 6)
    assert examine_collection(place)[1] is None


def test_another_encoder_or_layout_needs_a_rebuild(build, opened, encoder):
    build(layout=Layout(partitions=4))
    with pytest.raises(IndexMismatch, match="--rebuild"):
        build(load=lambda _: BagEncoder(identity="bag-2"))
    with pytest.raises(UsageError, match="--rebuild"):
        build(layout=Layout(partitions=8))
    report = build(rebuild=True)
    assert report.embedded == report.passages
    assert report.generation == 2
    assert len(opened()) == report.passages


def test_a_folder_without_a_readable_article_leaves_the_collection_as_it_was(build, opened, tmp_path):
    build()
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "trong.txt").write_text("  \n", encoding="utf-8")
    for rebuild in (False, True):
        with pytest.raises(UsageError, match="left as it was"):
            build(empty, rebuild=rebuild)
    assert len(ids(opened())) == 3


def test_a_run_notices_that_another_has_written_meanwhile(build, folder, monkeypatch):
    build()
    (folder / "cau.txt").write_text(BRIDGE, encoding="utf-8")
    monkeypatch.setattr(building, "current_number", lambda _: 7)
    with pytest.raises(IndexLocked, match="alone"):
        build()


def test_a_long_article_comes_back_as_it_was(build, opened, folder):
    text = "Biên bản 𝄞\n\n" + "".join(f"Điều {n}: họp ngày {n % 28 + 1}/3/2021.\n" for n in range(2_000))
    (folder / "dai.txt").write_text(text, encoding="utf-8")
    build()
    assert len(text) > 40_000  # several pieces
    assert opened().article("dai.txt") == read_articles(folder / "dai.txt", id="dai.txt").articles[0]


def test_what_is_not_there_is_one_sentence(place, opened):
    made_with = re.escape(f"`hoidap index FOLDER --engine milvus --uri {place.uri} --collection thu`")
    with pytest.raises(IndexNotFound, match=made_with):
        opened()
    figures, problem = examine_collection(place)
    assert figures == {"collection": place.collection, "uri": place.uri}
    assert isinstance(problem, IndexNotFound)


def test_a_line_that_cannot_be_read_is_told_by_every_run(build, folder):
    (folder / "tin.jsonl").write_text('{"id": "a", "text": "Chợ nổi họp."}\n{\n', encoding="utf-8")
    first, second = build(), build()
    assert [problem.path for problem in first.problems] == ["tin.jsonl"]
    assert list(map(str, second.problems)) == list(map(str, first.problems))
    assert (second.embedded, second.generation) == (0, first.generation)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_what_cannot_be_read_is_told_and_nothing_is_waited_for(build, folder, monkeypatch):
    monkeypatch.setattr("index.article._LARGEST_TEXT", 10_000)
    os.mkfifo(folder / "ong.txt")
    (folder / "lon.txt").write_text("Chợ nổi họp. " * 1_000, encoding="utf-8")
    report = build()
    assert report.articles == 3
    assert report.unread == ("lon.txt", "ong.txt")
    assert [problem.reason for problem in report.problems] == [
        "is larger than 0 MiB; split it",
        "is no file but a pipe or a device",
    ]


def test_files_are_read_in_a_process_with_limits(build, load):
    for run in (build, load):
        report = run(limits=Limits(output=10), rebuild=True)
        assert "sau/le-hoi.md" in report.unread
        assert any("made its reader stop" in problem.reason for problem in report.problems)
