import hashlib
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, read_articles
from index.errors import UnreadableArticle
from index.formats import is_article

CORPUS = Path(__file__).parents[2] / "corpus"

STATED = {
    "000_0ce0e2be0c48ae76.txt": (
        "Hội nghị sơ kết công tác Đảng năm 2022",
        date(2022, 8, 18),
        "Văn phòng Đảng ủy Viện KHGD Việt Nam",
        [],
    ),
    "001_db237bcd22573425.txt": (
        "Hội nghị sơ kết công tác xây dựng Đảng 6 tháng đầu năm và triển khai phương hướng, nhiệm vụ trọng tâm"
        " 6 tháng cuối năm 2022",
        None,
        "Đình Vinh",
        ["Lượt xem:", "Đọc bài viết"],
    ),
    "002_149cc0801aff5c87.txt": (
        "Đảng bộ Trường Chính trị tổ chức Hội nghị sơ kết công tác 6 tháng đầu năm 2022",
        date(2022, 7, 1),
        "Võ Thị Nhiên",
        ["SKĐB2022.jpg", "Liên kết"],
    ),
    "003_395375c7b95c6d1d.txt": (
        "Hội nghị chuyên đề “Nâng cao chất lượng sinh hoạt chi bộ”",
        date(2018, 12, 17),
        "UET-News",
        ["|", "|", "Tin Tổng Hợp", "|", "4075 Views"],
    ),
    "004_9b4ed42b9a7bb48f.txt": (
        "Cụm thi đua các trường Chính trị khu vực Đồng bằng Sông Hồng tổ chức toạ đàm khoa học và tổng kết hoạt động"
        " thi đua năm 2022",
        date(2022, 11, 14),
        "Trần Thị Huyền",
        ["• lượt xem: 133"],
    ),
}


@pytest.mark.parametrize("name", STATED)
def test_the_articles_of_the_corpus_say_their_title_date_and_source(name):
    (article,) = read_articles(CORPUS / name, id=name).articles
    assert (
        article.title,
        article.published,
        article.source,
        [piece.of(article.text) for piece in article.furniture],
    ) == STATED[name]
    assert article.text == unicodedata.normalize("NFC", (CORPUS / name).read_text(encoding="utf-8"))


def test_the_corpus_is_these_articles_and_its_list_is_none():
    assert sorted(path.name for path in CORPUS.iterdir() if is_article(path)) == sorted(STATED)
    listed = (CORPUS / "SOURCES.md").read_text(encoding="utf-8")
    assert all(name in listed and title in listed for name, (title, *_) in STATED.items())


def title(text, name="tin/Công văn 12.txt"):
    return Article.from_text(text, id=name).title


def test_the_title_is_the_first_line_that_is_neither_furniture_nor_date_nor_byline():
    assert (
        title("|\nTrang chủ\nĐọc bài viết\n18/08/2022\n(UET-News)\n| Sơ kết năm 2022 |\n\nNội dung.")
        == "Sơ kết năm 2022"
    )
    assert (
        title("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nNGHỊ QUYẾT\n\nNội dung.")
        == "NGHỊ QUYẾT"
    )


def test_the_title_of_an_official_document_is_its_kind_and_its_subject():
    head = "ĐẢNG ỦY SỞ GDĐT\nSố: 12-BC/ĐU\nGia Lai, ngày 18 tháng 7 năm 2022\n\n"
    assert title(f"{head}BÁO CÁO\nSơ kết công tác Đảng\n\nNội dung.") == "BÁO CÁO Sơ kết công tác Đảng"
    assert title("Theo Đảng trọn đời\n\nNội dung của bài.") == "Theo Đảng trọn đời"


def test_a_wrapped_headline_is_one_title():
    assert title("Hội nghị sơ kết công tác xây dựng Đảng\nsáu tháng đầu năm\n\nNội dung.") == (
        "Hội nghị sơ kết công tác xây dựng Đảng sáu tháng đầu năm"
    )


def test_a_text_that_begins_with_prose_is_called_after_its_file():
    assert title("Hôm qua Đảng bộ họp. Hôm nay chi bộ họp. " * 9) == "Công văn 12"
    assert title("Lượt xem: 5") == "Công văn 12"
    assert title("Câu một. Câu hai. " * 20, "tin.jsonl#7") == "tin#7"


def test_what_is_given_goes_before_what_is_read():
    article = Article.from_text(
        "Tiêu đề\n18/08/2022\n\nNội dung.\n\nTin: Lê An",
        id="a",
        title="| Khác |",
        published=date(2020, 1, 2),
        source="Báo",
    )
    assert (article.title, article.published, article.source) == ("Khác", date(2020, 1, 2), "Báo")


def test_text_is_nfc_with_line_feeds_and_can_always_be_stored():
    raw = "\ufeff" + unicodedata.normalize("NFD", "Đảng bộ") + "\r\nmột\rhai\u2028ba\0bốn\udc80\x85năm\f"
    article = Article.from_text(raw, id="a.txt")
    assert article.text == "Đảng bộ\nmột\nhai\nba bốn\ufffd\nnăm\f"
    assert article.sha256 == hashlib.sha256(article.text.encode()).hexdigest()


@given(st.text(max_size=200))
def test_any_text_makes_an_article(text):
    article = Article.from_text(text, id="tin.txt")
    article.text.encode()
    assert unicodedata.is_normalized("NFC", article.text)
    assert article.title.strip() == article.title != ""
    assert all(piece.of(article.text) for piece in article.furniture)


# ---- files


def reason(path, data=None):
    with pytest.raises(UnreadableArticle) as caught:
        read_articles(path, id="tin", data=data)
    assert str(caught.value) == f"tin: {caught.value.reason}"
    return caught.value.reason


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx", ".jsonl"])
def test_empty_files_and_files_of_blanks_are_empty(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"")
    assert reason(path) == "is empty"
    path.write_bytes(b" \r\n\0")
    assert reason(path) == "is empty"


def test_files_that_cannot_be_read_say_why(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "a.exe").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(b"... --- ...")
    assert reason(tmp_path / "gone.txt") == "is no longer there; run the command again"
    assert reason(tmp_path / "folder.txt") == "is a folder"
    assert reason(tmp_path / "a.exe").startswith("has a suffix that is not read")
    assert reason(tmp_path / "a.txt") == "holds no words"
    assert reason(tmp_path / "b.txt", bytes(range(256))) == "is not a text file"
    assert reason(tmp_path / "b.pdf", b"%PDF-1.4").startswith("is not a PDF, or a damaged one")


def test_a_file_without_permission_says_so(tmp_path, monkeypatch):
    def refuse(path, mode):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_bytes(b"")
    monkeypatch.setattr(Path, "open", refuse)
    assert reason(tmp_path / "a.txt") == "may not be read; give yourself permission to read it"


def test_bytes_that_were_read_already_are_not_read_again(tmp_path):
    (article,) = read_articles(tmp_path / "gone.txt", id="gone.txt", data="Đảng bộ họp".encode()).articles
    assert article.text == "Đảng bộ họp"


def test_lines_of_a_jsonl_file_are_articles_and_its_bad_lines_problems():
    data = '{"id": "x", "text": "Đảng bộ họp."}\nhỏng\n{"text": "…"}\n{"text": "Chi bộ họp."}'.encode()
    result = read_articles(Path("tin.jsonl"), id="năm/tin.jsonl", data=data)
    assert [(article.id, article.title) for article in result.articles] == [
        ("năm/tin.jsonl#x", "Đảng bộ họp."),
        ("năm/tin.jsonl#4", "Chi bộ họp."),
    ]
    assert [str(problem) for problem in result.problems] == [
        "năm/tin.jsonl: line 2: is not JSON (Expecting value at character 1)",
        "năm/tin.jsonl#3: holds no words",
    ]


def test_the_site_of_a_page_is_its_source_where_the_text_has_no_byline():
    page = (
        '<html><head><meta property="og:site_name" content="Viện KHGD"></head><body><article><h1>Sơ kết năm 2022</h1>'
        "<p>Đảng bộ có 72 đảng viên và bảy chi bộ trực thuộc.</p>{}</article></body></html>"
    )
    sources = [
        read_articles(Path("a.html"), id="a.html", data=page.format(end).encode()).articles[0].source
        for end in ("", "<p>Tin, ảnh: Võ Thị Nhiên</p>")
    ]
    assert sources == ["Viện KHGD", "Võ Thị Nhiên"]
