import io
import json

import pytest

from index.build import build_index, index_uploads
from index.errors import FileTooLarge, IndexNotFound, NotAdded, NotAnArticle, TooManyFiles
from index.search import Index
from index.uploads import LARGEST, add_upload, remove_upload, uploaded
from tests.fakes import BagEncoder

TEXT = "Khánh thành cầu Đá Bạc\n\nCầu Đá Bạc dài 240 mét."


@pytest.fixture
def encoder():
    return BagEncoder()


def add(index, name="cầu.txt", text=TEXT):
    data = text.encode()
    return add_upload(index, io.BytesIO(data), name=name, size=len(data))


def articles(index, encoder):
    opened = Index.open(index, load=lambda _: encoder)
    try:
        return {article.id: article.title for article in opened.articles()}
    finally:
        opened.close()


def test_an_added_file_is_found_beside_the_folders_and_survives_their_next_run(tmp_path, encoder):
    folder, index = tmp_path / "corpus", tmp_path / "index"
    folder.mkdir()
    (folder / "a.txt").write_text("Thư viện mở cửa\n\nThư viện có 12.500 đầu sách.", encoding="utf-8")
    build_index([folder], index=index, load=lambda _: encoder)
    assert add(index) == "uploads/cầu.txt"
    report = index_uploads(index=index, load=lambda _: encoder)
    assert (report.added, report.removed, report.embedded) == (1, 0, 1)
    build_index([folder], index=index, load=lambda _: encoder)
    assert articles(index, encoder) == {
        "a.txt": "Thư viện mở cửa",
        "uploads/cầu.txt": "Khánh thành cầu Đá Bạc",
    }
    assert encoder.encoded == 2


def test_a_removed_file_is_gone_at_once_and_nothing_is_embedded(tmp_path, encoder):
    for name in ("a.txt", "b.txt"):
        add(tmp_path, name, f"{name}\n\n{TEXT}")
    index_uploads(index=tmp_path, load=lambda _: encoder)
    remove_upload(tmp_path, "uploads/a.txt")
    report = index_uploads(index=tmp_path, load=lambda _: encoder)
    assert (report.removed, report.embedded) == (1, 0)
    assert list(articles(tmp_path, encoder)) == ["uploads/b.txt"]


def test_without_the_last_file_there_is_no_index(tmp_path, encoder):
    add(tmp_path)
    index_uploads(index=tmp_path, load=lambda _: encoder)
    remove_upload(tmp_path, "uploads/cầu.txt")
    report = index_uploads(index=tmp_path, load=lambda _: encoder)
    assert (report.articles, report.removed) == (0, 1)
    with pytest.raises(IndexNotFound):
        articles(tmp_path, encoder)


def test_a_file_of_the_same_name_is_replaced(tmp_path, encoder):
    add(tmp_path)
    add(tmp_path, text="Cầu mới\n\nCầu mới dài 300 mét.")
    index_uploads(index=tmp_path, load=lambda _: encoder)
    assert articles(tmp_path, encoder) == {"uploads/cầu.txt": "Cầu mới"}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x.txt",
        "/etc/x.txt",
        "..\\..\\x.txt",
        "C:\\x.txt",
        "a/../x.txt",
        ".\x00x\u202e.txt",
        " x.txt.",
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    assert add(tmp_path, name) == "uploads/x.txt"
    assert [path.name for path in tmp_path.rglob("*.txt")] == ["x.txt"]


@pytest.mark.parametrize("name", ["", "..", "a.exe", ".txt", "CURRENT", "readme.txt", "~$a.docx"])
def test_what_is_no_article_is_refused(tmp_path, name):
    with pytest.raises(NotAnArticle):
        add(tmp_path, name)
    assert uploaded(tmp_path) == []


def test_a_very_long_name_is_cut_and_keeps_its_suffix(tmp_path):
    assert add(tmp_path, "ế" * 300 + ".txt") == f"uploads/{'ế' * 53}.txt"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    with pytest.raises(FileTooLarge, match="50 MB"):
        add_upload(tmp_path, io.BytesIO(b""), name="a.txt", size=LARGEST + 1)


def test_there_is_room_for_so_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr("index.uploads.MOST", 1)
    add(tmp_path, "a.txt")
    add(tmp_path, "a.txt")
    with pytest.raises(TooManyFiles):
        add(tmp_path, "b.txt")


def test_no_id_in_a_file_leads_out_of_the_folder(tmp_path, encoder):
    """Ids of rows are names in the index and never paths, whatever they look like."""
    ids = ["../../etc/passwd", "/etc/passwd", "..\\..\\x", "a#b.jsonl#c", "\ud800\x00", "../a.txt"]
    rows = "".join(json.dumps({"id": id, "text": f"Cầu {id[:9]!a} dài 240 mét."}) + "\n" for id in ids)
    add(tmp_path, "a.txt")
    add(tmp_path, "b.jsonl", rows)
    assert index_uploads(index=tmp_path, load=lambda _: encoder).problems == ()
    found = articles(tmp_path, encoder)
    assert sum(id.startswith("uploads/b.jsonl#") for id in found) == len(ids) == len(found) - 1
    outside = set(tmp_path.parent.iterdir())
    remove_upload(tmp_path, next(id for id in found if id.endswith("../a.txt")))
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["a.txt"]
    assert set(tmp_path.parent.iterdir()) == outside


@pytest.mark.parametrize("identifier", ["uploads/../hoidap.db", "a.txt", "uploads/b.txt", "/etc/passwd", ""])
def test_only_what_was_added_can_be_removed(tmp_path, identifier):
    add(tmp_path, "a.txt")
    with pytest.raises(NotAdded):
        remove_upload(tmp_path, identifier)
    assert (tmp_path / "uploads" / "a.txt").exists()
