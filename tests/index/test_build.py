"""The index mirrors its folders, costs only what changed, and a broken run leaves the old state or the new."""

from __future__ import annotations

import json
import threading

import pytest

from index import generation, publishing
from index.build import build_index, index_uploads
from index.errors import IndexDamaged, IndexLocked, IndexMismatch, IndexNotFound, UsageError
from index.search import Index
from tests.fakes import BagEncoder


@pytest.fixture
def build(tmp_path, folder, encoder):
    def run(*paths, **options):
        options.setdefault("load", lambda _: encoder)
        return build_index(paths or [folder], index=tmp_path / "state", **options)

    return run


@pytest.fixture
def open_index(tmp_path, encoder):
    return lambda: Index.open(tmp_path / "state", load=lambda _: encoder)


def ids(index):
    return [summary.id for summary in index.articles()]


def test_articles_are_named_by_their_path_below_the_folder(build, open_index):
    report = build()
    assert (report.articles, report.added, report.changed, report.removed) == (3, 3, 0, 0)
    assert ids(open_index()) == ["cau.txt", "sau/le-hoi.md", "thu-vien.txt"]


def test_an_unchanged_folder_embeds_nothing_and_keeps_its_generation(build, encoder):
    first = build()
    before = encoder.encoded
    second = build()
    assert encoder.encoded == before
    assert (second.embedded, second.generation) == (0, first.generation)


def test_one_changed_file_costs_that_file(build, folder, encoder, open_index):
    build()
    (folder / "cau.txt").write_text("Cầu Đá Bạc\n\nCầu Đá Bạc dài 250 mét.\n", encoding="utf-8")
    before = encoder.encoded
    report = build()
    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    assert encoder.encoded - before == report.embedded == 1
    assert "250 mét" in open_index().search("cầu Đá Bạc dài bao nhiêu mét", k=1)[0].text


def test_a_deleted_file_is_found_no_more_and_embeds_nothing(build, folder, encoder, open_index):
    build()
    (folder / "cau.txt").unlink()
    before = encoder.encoded
    report = build()
    assert (report.removed, report.embedded, encoder.encoded) == (1, 0, before)
    index = open_index()
    assert ids(index) == ["sau/le-hoi.md", "thu-vien.txt"]
    assert all(hit.article.id != "cau.txt" for hit in index.search("cầu Đá Bạc", k=10))


def test_a_reader_keeps_the_generation_it_opened_and_sees_that_there_is_a_newer_one(
    build, folder, open_index
):
    build()
    old = open_index()
    (folder / "cau.txt").unlink()
    build()
    assert not old.is_current
    assert "240 mét" in old.search("cầu Đá Bạc dài bao nhiêu", k=1)[0].text
    assert open_index().is_current


def test_a_file_that_comes_back_within_a_generation_costs_nothing(build, folder, encoder):
    build()
    text = (folder / "cau.txt").read_bytes()
    (folder / "cau.txt").unlink()
    build()
    (folder / "cau.txt").write_bytes(text)
    before = encoder.encoded
    assert build().added == 1
    assert encoder.encoded == before


def test_an_interrupted_run_leaves_the_old_generation_and_embeds_nothing_twice(
    build, folder, encoder, open_index, monkeypatch
):
    build()
    (folder / "moi.txt").write_text("Trường mới\n\nTrường tiểu học Đồi Xanh có 18 lớp.\n", encoding="utf-8")

    def power_cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(generation, "switch", power_cut)
    with pytest.raises(KeyboardInterrupt):
        build()
    assert "moi.txt" not in ids(open_index())

    monkeypatch.undo()
    before = encoder.encoded
    build()
    assert encoder.encoded == before
    assert "moi.txt" in ids(open_index())


def test_an_interrupted_rebuild_leaves_the_old_generation(build, open_index, monkeypatch):
    build()

    def power_cut(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "write", power_cut)
    with pytest.raises(KeyboardInterrupt):
        build(rebuild=True)
    assert len(ids(open_index())) == 3


def test_a_damaged_generation_is_made_again_from_the_database(build, tmp_path, encoder, open_index):
    first = build()
    path = tmp_path / "state" / "generations" / f"{first.generation:06}" / "base" / "dense.faiss"
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(IndexDamaged, match="hoidap index"):
        open_index()
    before = encoder.encoded
    build()
    assert encoder.encoded == before
    assert len(ids(open_index())) == 3


def test_a_flipped_byte_is_named(build, tmp_path):
    first = build()
    folder = tmp_path / "state"
    assert generation.verify(folder) == []
    path = folder / "generations" / f"{first.generation:06}" / "base" / "bm25" / "rows.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert generation.verify(folder) == [path.relative_to(folder).as_posix()]


def test_a_flipped_byte_of_a_small_file_is_noticed_on_opening(build, tmp_path, open_index):
    first = build()
    path = tmp_path / "state" / "generations" / f"{first.generation:06}" / "base" / "dense.faiss"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(
        IndexDamaged, match=r"dense\.faiss is damaged \(it is not as it was written\).*hoidap index"
    ):
        open_index()
    assert build().generation == first.generation + 1
    assert len(ids(open_index())) == 3


def test_another_encoder_is_refused_until_a_rebuild(build, open_index):
    build()
    other = BagEncoder(identity="bag-2", dimension=32)
    with pytest.raises(IndexMismatch, match="--rebuild"):
        build(load=lambda _: other)
    report = build(load=lambda _: other, rebuild=True)
    assert report.embedded == report.passages
    with pytest.raises(IndexMismatch, match="bag-2"):
        open_index()


def test_a_rebuild_embeds_everything_again(build, encoder):
    first = build()
    before = encoder.encoded
    second = build(rebuild=True)
    assert encoder.encoded - before == first.embedded
    assert second.generation == first.generation + 1


def test_another_format_is_refused_until_a_rebuild(build, tmp_path):
    import sqlite3

    build()
    connection = sqlite3.connect(tmp_path / "state" / "hoidap.db")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(IndexMismatch, match="format 999"):
        build()
    assert build(rebuild=True).articles == 3


def test_a_database_that_is_none_is_named(build, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "hoidap.db").write_bytes(b"not a database, " * 100)
    with pytest.raises(IndexDamaged, match=r"hoidap.db"):
        build()
    assert build(rebuild=True).articles == 3


def test_what_cannot_be_read_is_reported_and_the_rest_is_indexed(build, folder, open_index):
    (folder / "rong.txt").write_bytes(b"")
    (folder / "anh.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    report = build()
    assert sorted(problem.path for problem in report.problems) == ["anh.pdf", "rong.txt"]
    assert all(problem.reason for problem in report.problems)
    assert len(ids(open_index())) == 3


def test_a_line_that_cannot_be_read_is_reported_by_every_run_until_it_is_mended(build, folder, encoder):
    lines = folder / "tin.jsonl"
    lines.write_text('{"id": "a", "text": "Chợ nổi họp."}\n\n{\n{"id": "b", "text": "…"}\n', encoding="utf-8")
    first = build()
    before = encoder.encoded
    second = build()
    assert [problem.path for problem in first.problems] == ["tin.jsonl", "tin.jsonl#b"]
    assert list(map(str, second.problems)) == list(map(str, first.problems))
    assert (encoder.encoded, second.generation, second.unread) == (before, first.generation, ())
    lines.write_text('{"id": "a", "text": "Chợ nổi họp."}\n\n', encoding="utf-8")
    assert build().problems == build().problems == ()


def test_lines_are_not_read_again_where_all_of_them_were(build, folder, monkeypatch):
    (folder / "tin.jsonl").write_text('{"text": "Chợ nổi."}\n\n{"text": "Cầu treo."}', encoding="utf-8")
    build()
    monkeypatch.setattr("index.article.read_articles", None)
    assert build().problems == ()


def test_a_link_that_leads_nowhere_is_to_be_removed(build, folder):
    (folder / "link.txt").symlink_to(folder / "khong-co.txt")
    (problem,) = build().problems
    assert str(problem) == "link.txt: is a link that leads nowhere; remove it"


def test_a_file_that_vanishes_while_it_is_read_is_reported(build, folder, monkeypatch):
    import index.build

    scan = index.build.scan

    def scan_then_delete(*args, **options):
        sources = scan(*args, **options)
        (folder / "cau.txt").unlink()
        return sources

    monkeypatch.setattr(index.build, "scan", scan_then_delete)
    report = build()
    assert [problem.path for problem in report.problems] == ["cau.txt"]
    assert report.articles == 2


def test_a_folder_without_articles_is_one_sentence_and_leaves_the_index(build, tmp_path, open_index):
    build()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match="no article"):
        build(empty)
    assert len(ids(open_index())) == 3


def test_a_folder_of_unreadable_files_is_one_sentence_and_leaves_the_index(build, tmp_path, open_index):
    build()
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "a.docx").write_bytes(b"PK not really")
    with pytest.raises(UsageError, match=r"a.docx"):
        build(bad)
    assert len(ids(open_index())) == 3


def test_a_missing_path_is_one_sentence(build, tmp_path):
    with pytest.raises(UsageError, match="is not there"):
        build(tmp_path / "nowhere")


def test_two_files_of_one_name_are_one_sentence(build, folder):
    with pytest.raises(UsageError, match=r"both be called cau.txt"):
        build(folder, folder / "cau.txt")


def test_no_index_is_one_sentence(open_index):
    with pytest.raises(IndexNotFound, match="hoidap index"):
        open_index()


def test_one_writer_at_a_time(build, tmp_path, encoder):
    inside, leave = threading.Event(), threading.Event()

    class Slow(BagEncoder):
        def encode_passages(self, texts, *, progress=None):
            inside.set()
            assert leave.wait(10)
            return super().encode_passages(texts, progress=progress)

    writer = threading.Thread(target=lambda: build(load=lambda _: Slow()))
    writer.start()
    assert inside.wait(10)
    with pytest.raises(IndexLocked, match="Another process"):
        build()
    leave.set()
    writer.join()


def test_the_index_inside_the_indexed_folder_and_hidden_folders_are_not_indexed(folder, encoder):
    (folder / ".nhap").mkdir()
    (folder / ".nhap" / "an.txt").write_text("Bản nháp\n\nKhông ai thấy.\n", encoding="utf-8")
    state = folder / "state"
    for _ in range(2):
        report = build_index([folder], index=state, load=lambda _: encoder)
    assert report.articles == 3


def test_a_link_out_of_the_folder_is_not_followed(build, folder, tmp_path):
    (tmp_path / "mat.txt").write_text("Bí mật\n\nMật khẩu là 1234.\n", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "mat.txt")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "mat.txt").write_text("Bí mật\n\nMật khẩu là 5678.\n", encoding="utf-8")
    (folder / "outside").symlink_to(tmp_path / "outside", target_is_directory=True)
    assert build().articles == 3


def test_old_generations_are_removed(build, folder, tmp_path):
    for number in range(4):
        (folder / "cau.txt").write_text(f"Cầu\n\nCầu dài {number} mét.\n", encoding="utf-8")
        build()
    kept = sorted(path.name for path in (tmp_path / "state" / "generations").iterdir())
    assert kept == ["000003", "000004"]


def test_the_manifest_says_what_the_generation_is(build, tmp_path, encoder):
    report = build()
    path = tmp_path / "state" / "generations" / f"{report.generation:06}" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert (manifest["articles"], manifest["passages"]) == (report.articles, report.passages)
    assert (manifest["encoder"], manifest["dimension"]) == (encoder.identity, encoder.dimension)
    assert sorted(manifest["files"])[-2:] == ["base/dense.faiss", "base/rows.npy"]


def test_a_folder_uploads_of_the_corpus_and_added_files_do_not_meet(
    build, folder, tmp_path, encoder, open_index
):
    (folder / "uploads").mkdir()
    (folder / "uploads" / "tin.txt").write_text("Chợ nổi\n\nChợ nổi họp lúc năm giờ.\n", encoding="utf-8")
    added = tmp_path / "state" / "uploads"
    added.mkdir(parents=True)
    (added / "tin.txt").write_text("Trường mới\n\nTrường có 18 lớp.\n", encoding="utf-8")
    build()
    both = {"./uploads/tin.txt": "Chợ nổi", "uploads/tin.txt": "Trường mới"}
    assert both.items() <= {one.id: one.title for one in open_index().articles()}.items()

    (added / "tin.txt").unlink()
    index_uploads(index=tmp_path / "state", load=lambda _: encoder)
    assert ids(open_index()) == ["./uploads/tin.txt", "cau.txt", "sau/le-hoi.md", "thu-vien.txt"]
