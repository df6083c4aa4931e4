import io
import json
import time
import zlib
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

import index.formats
from index.formats import SUFFIXES, extract, is_article
from index.formats.markdown import plain


def only(data, suffix):
    extraction = extract(data, suffix=suffix)
    assert extraction.problems == ()
    (part,) = extraction.extracts
    return part


def refused(data, suffix):
    with pytest.raises(ValueError) as caught:
        extract(data, suffix=suffix)
    return str(caught.value)


# ---- which files


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_files_with_a_suffix_that_is_read_are_articles(suffix):
    assert is_article(Path("tin") / f"hội nghị.2022{suffix}")
    assert is_article(Path(f"TIN{suffix.upper()}"))


@pytest.mark.parametrize(
    "name",
    [
        "SOURCES.md",
        "README",
        "readme.txt",
        "README.vi.md",
        "LICENSE.md",
        ".ẩn.txt",
        "~$bao-cao.docx",
        "a.jpg",
        "a",
        "a.txt~",
    ],
)
def test_other_files_are_not(name):
    assert not is_article(Path(name))


def test_reading_a_file_leaves_the_function_that_read_it_in_place():
    # a module of formats with the function's name would replace it in the package when it is first imported
    extract(b"x", suffix=".txt")
    assert index.formats.extract is extract


# ---- plain text and Markdown


def test_plain_text_is_the_file():
    assert only("Đảng bộ\r\ncó 72 đảng viên".encode("utf-16"), ".TXT").text == "Đảng bộ\r\ncó 72 đảng viên"


def test_markdown_gives_its_words_and_its_first_heading():
    page = (
        "Đọc bài viết\n\n# Hội nghị **sơ kết**\n\n> Trích: *“Tốt”* ~~xấu~~ `mã`\n\n![Toàn cảnh](a.jpg)\n\n"
        "* [Đảng bộ](https://vnu.edu.vn/a_(b)) có __72__ đảng viên\n\n| Chi bộ | Số |\n|---|---|\n| Một | 12 |\n\n"
        "tên_tệp_dài 5*3*2 \\*sao\\*\n\n<!-- ẩn -->```py\nx = 1\n```\n"
    )
    part = only(page.encode(), ".md")
    assert part.title == "Hội nghị sơ kết"
    assert [line for line in part.text.split("\n") if line.strip()] == [
        "Đọc bài viết",
        "Hội nghị sơ kết",
        "Trích: “Tốt” xấu mã",
        "Toàn cảnh",
        "* Đảng bộ có 72 đảng viên",
        "| Chi bộ | Số |",
        "| Một | 12 |",
        "tên_tệp_dài 5*3*2 *sao*",
        "x = 1",
    ]


def test_markdown_headings_may_be_underlined_and_the_highest_level_wins():
    assert only("## Mục\n\nTiêu đề\n=======\n\nNội dung".encode(), ".markdown").title == "Tiêu đề"
    assert only("Không có tiêu đề, chỉ có lời.".encode(), ".md").title is None


def test_front_matter_is_metadata():
    page = '---\ntitle: "Sơ kết năm 2022"\ndate: 2022-08-18\nauthor: Võ Thị Nhiên\n---\nNội dung.'
    part = only(page.encode(), ".md")
    assert (part.text, part.title, part.published, part.source) == (
        "Nội dung.",
        "Sơ kết năm 2022",
        date(2022, 8, 18),
        "Võ Thị Nhiên",
    )


@given(st.text(alphabet="ab*_`#[]()!<>-|\\\n ~=", max_size=60))
def test_any_markdown_becomes_plain(text):
    assert isinstance(plain(text), str)


@pytest.mark.parametrize("before", ["", "# ", "a\n", "- ", "--", "|--", "[a](b", "![a](", "<a "])
@pytest.mark.parametrize(
    "piece", ["![", "[", "[a](", "[\n", "<!--", "*a ", "_a ", " ", "#", "|--", "<https://a"]
)
def test_marks_that_are_never_closed_take_no_time_of_their_own(before, piece):
    marks = before + piece * (40_000 // len(piece)) + "x"
    started = time.process_time()
    assert plain(marks).endswith("x")
    assert (
        time.process_time() - started < 3
    )  # what looks through the rest of the file each time takes up to a minute


# ---- web pages

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Hội nghị sơ kết năm 2022 - Cổng thông tin</title>
{head}</head><body><h1>Cổng thông tin</h1><nav><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></nav>
<article><h1>Hội nghị sơ kết năm 2022</h1>
<p>Đảng ủy Viện đã tổ chức <b>Hội nghị</b> sơ kết công tác <a href="x">Đảng bộ</a> Viện tại trụ sở ở Hà Nội.</p>
<h2>Chủ trì</h2><p>Chủ trì Hội nghị, đồng chí Lê Anh Vinh đã thông qua Chương trình Hội nghị hôm 17/8/2022.</p>
<table><tr><th>Chi bộ</th><th>Số</th></tr><tr><td>Phòng Tổ chức</td><td>12</td></tr></table>
<figure><img src="a.jpg"><figcaption>Toàn cảnh hội nghị</figcaption></figure></article>
<div id="comments"><p>Bình luận của bạn đọc rất hay và dài</p></div><footer>© 2021 Viện</footer></body></html>"""


def test_a_page_gives_its_article_with_headings_tables_and_captions_on_own_lines():
    part = only(PAGE.format(head="").encode(), ".html")
    assert part.title == "Hội nghị sơ kết năm 2022"
    assert part.text.replace(" \n", "\n").split("\n\n") == [
        "Hội nghị sơ kết năm 2022",
        "Đảng ủy Viện đã tổ chức Hội nghị sơ kết công tác Đảng bộ Viện tại trụ sở ở Hà Nội.",
        "Chủ trì",
        "Chủ trì Hội nghị, đồng chí Lê Anh Vinh đã thông qua Chương trình Hội nghị hôm 17/8/2022.",
        "| Chi bộ | Số |",
        "| Phòng Tổ chức | 12 |",
        "Toàn cảnh hội nghị",
    ]


def test_a_page_without_a_stated_date_has_none():
    assert only(PAGE.format(head="").encode(), ".htm").published is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2022-08-18T20:02:00+07:00">',
        '<meta itemprop="datePublished" content="2022-08-18">',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-08-18"}]}</script>',
    ],
)
def test_the_date_that_a_page_states_is_read(head):
    assert only(PAGE.format(head=head).encode(), ".html").published == date(2022, 8, 18)


@pytest.mark.parametrize(
    "meta",
    [
        '<div><span class="date">18/08/2022 20:02</span> <span>Lượt xem: 1</span></div>',
        "<time>18/08/2022</time>",
    ],
)
def test_the_date_below_the_headline_is_read_and_other_dates_are_not(meta):
    body = "<p>Đảng ủy Viện đã tổ chức hội nghị sơ kết công tác ở trụ sở tại Hà Nội.</p>" * 12
    page = f"<html><body><p>Thứ Hai, 20/11/2023</p><h1>Sơ kết</h1>{{}}{body}<i>01/01/2020</i></body></html>"
    assert only(page.format(meta).encode(), ".html").published == date(2022, 8, 18)
    assert only(page.format("").encode(), ".html").published is None


def test_the_site_is_the_publisher_and_the_author_the_source():
    head = '<meta property="og:site_name" content="Viện KHGD"><meta name="author" content="Võ Thị Nhiên">'
    part = only(PAGE.format(head=head).encode(), ".html")
    assert (part.source, part.publisher) == ("Võ Thị Nhiên", "Viện KHGD")


def test_a_headline_outside_of_the_text_is_put_before_it():
    page = (
        "<html><head><title>Sơ kết năm 2022</title></head><body><p>Đảng bộ có 72 đảng viên.</p></body></html>"
    )
    assert only(page.encode(), ".html").text == "Sơ kết năm 2022\n\nĐảng bộ có 72 đảng viên."


def test_the_title_of_a_page_without_heading_is_its_own_without_the_site():
    body = "<p>Đảng ủy Viện đã tổ chức hội nghị sơ kết công tác ở trụ sở tại Hà Nội.</p>"
    page = f"<html><head><title>Hội nghị sơ kết năm 2022 | Viện KHGD</title></head><body>{body}</body></html>"
    assert only(page.encode(), ".html").title == "Hội nghị sơ kết năm 2022"


def test_fragments_and_old_encodings_are_read():
    assert only("<p>Đảng bộ có <i>72</i> đảng viên<br>và bảy chi bộ".encode("utf-16"), ".html").text == (
        "Đảng bộ có 72 đảng viên\n\nvà bảy chi bộ"
    )


@pytest.mark.parametrize("page", [b"<html></html>", b"<!-- -->", b"<br>", b"<script>var a = 1</script>"])
def test_a_page_without_text_is_refused(page):
    assert refused(page, ".html") == "holds no text"


# ---- Word


def word(build):
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_document_gives_paragraphs_and_tables_in_order():
    def build(document):
        document.add_heading("Hội nghị sơ kết năm 2022", 0)
        document.add_paragraph("Đảng bộ có 72 đảng viên.")
        table = document.add_table(rows=2, cols=3)
        for cell, text in zip(table._cells, ["Chi bộ", "Số", "Năm", "Một", "12", ""], strict=True):
            cell.text = text
        table.cell(1, 1).merge(table.cell(1, 2))
        document.add_paragraph("")
        document.add_paragraph("Đình Vinh")
        document.core_properties.title = "hội nghị sơ kết năm 2022"

    part = only(word(build), ".docx")
    assert part.text == (
        "Hội nghị sơ kết năm 2022\n\nĐảng bộ có 72 đảng viên.\n\nChi bộ | Số | Năm\nMột | 12\n\nĐình Vinh"
    )
    assert part.title == "hội nghị sơ kết năm 2022"


@pytest.mark.parametrize("title", ["", "Word Document", "bao-cao 2022.docx", "Mẫu công văn khác", "Sơkết"])
def test_properties_that_are_no_title_are_not_taken(title):
    def build(document):
        document.add_paragraph("Hội nghị sơ kết bao-cao 2022.docx")
        document.core_properties.title = title

    assert only(word(build), ".docx").title is None


def test_text_in_a_legacy_font_is_converted():
    part = only(word(lambda document: document.add_paragraph("§¶ng bé cã 72 ®¶ng viªn")), ".docx")
    assert part.text == "Đảng bộ có 72 đảng viên"


def test_broken_encrypted_and_empty_word_documents_are_refused():
    good = word(lambda document: document.add_paragraph("Đảng bộ " * 500))
    damaged = "is not a Word document, or a damaged one; open it in Word and save it again"
    assert refused(b"PK\3\4 no archive", ".docx") == damaged
    assert refused(good[: len(good) // 2], ".docx") == damaged
    assert refused(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, ".docx").startswith(
        "is encrypted or an old Word"
    )
    assert refused(word(lambda document: None), ".docx") == "holds no text"


@given(st.data())
def test_a_damaged_word_document_is_read_or_refused(data):
    good = bytearray(GOOD_WORD)
    for _ in range(data.draw(st.integers(1, 20))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        extract(bytes(good), suffix=".docx")
    except ValueError as error:
        assert "Word" in str(error) or "text" in str(error) or "large" in str(error)


GOOD_WORD = word(lambda document: document.add_paragraph("Đảng bộ có 72 đảng viên"))


# ---- PDF


def pdf(pages, title=None):
    """A PDF whose font maps codes to Unicode, as word processors write it: no glyphs, but a text layer."""
    letters = sorted(set("".join(pages)) - {"\n"})
    code = {letter: number for number, letter in enumerate(letters, 1)}
    mapping = "".join(f"<{number:04x}> <{ord(letter):04x}>\n" for letter, number in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(code)} beginbfchar\n{mapping}endbfchar\n"
        "endcmap end end"
    )
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        " /Supplement 0 >> /DW 500 >>",
        5: f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        6: f"<< /Title <feff{(title or '').encode('utf-16-be').hex()}> >>",
    }
    kids = []
    for page in pages:
        number = len(objects) + 2
        lines = "".join(
            "<" + "".join(f"{code[letter]:04x}" for letter in line) + "> Tj 0 -14 Td\n"
            for line in page.split("\n")
        )
        content = f"BT /F1 12 Tf 50 700 Td\n{lines}ET"
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {number + 1} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[number + 1] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
        kids.append(f"{number} 0 R")
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", {}
    for number in sorted(objects):
        places[number] = len(out)
        out += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode()
    table = "".join(f"{places[number]:010} 00000 n \n" for number in sorted(objects))
    size = len(objects) + 1
    trailer = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\n"
    )
    return out + f"{trailer}startxref\n{len(out)}\n%%EOF\n".encode()


def rewritten(data, **encryption):
    writer = PdfWriter(clone_from=io.BytesIO(data))
    if encryption:
        writer.encrypt(**encryption, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


TWO_PAGES = pdf(["Hội nghị sơ kết\nĐảng bộ có 72 đảng viên", "Đình Vinh"], title="Hội nghị sơ kết")


def test_a_pdf_gives_its_text_with_page_breaks():
    part = only(TWO_PAGES, ".pdf")
    assert part.text == "Hội nghị sơ kết\nĐảng bộ có 72 đảng viên\fĐình Vinh"
    assert part.title == "Hội nghị sơ kết"


def test_the_file_name_in_a_pdf_is_no_title():
    assert only(pdf(["Báo cáo"], title="Microsoft Word - bao cao.doc"), ".pdf").title is None


def test_a_pdf_that_opens_without_a_password_is_read_and_an_encrypted_one_refused():
    assert only(rewritten(TWO_PAGES, user_password="", owner_password="x"), ".pdf").title == "Hội nghị sơ kết"
    assert (
        refused(rewritten(TWO_PAGES, user_password="x"), ".pdf") == "is encrypted; save it without a password"
    )


def test_a_scan_a_damaged_and_an_empty_pdf_are_refused():
    blank = PdfWriter()
    blank.add_blank_page(100, 100)
    stream = io.BytesIO()
    blank.write(stream)
    assert refused(stream.getvalue(), ".pdf").startswith("has no text layer")
    assert "damaged" in refused(b"%PDF-1.4\nnothing else", ".pdf")
    assert "damaged" in refused(zlib.compress(b"no pdf"), ".pdf")


# ---- JSON lines


def jsonl(*records):
    return "\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records).encode()


def test_each_line_is_an_article_with_its_fields():
    first, second = extract(
        jsonl(
            {
                "id": "a/1",
                "title": "Sơ kết",
                "text": "Đảng bộ họp.",
                "published": "18/08/2022",
                "source": "UET",
            },
            "",
            {"text": "Chi bộ họp.", "published": None},
        ),
        suffix=".jsonl",
    ).extracts
    assert (first.key, first.title, first.text, first.published, first.source) == (
        "a/1",
        "Sơ kết",
        "Đảng bộ họp.",
        date(2022, 8, 18),
        "UET",
    )
    assert (second.key, second.title, second.published, second.source) == ("3", None, None, None)


def test_bad_lines_are_named_and_the_good_ones_kept():
    extraction = extract(
        jsonl(
            {"id": 7, "text": "Một."},
            "{hỏng",
            "[1]",
            {"title": "không có chữ"},
            {"text": 5},
            {"id": [], "text": "x"},
            {"id": 7, "text": "Hai."},
            {"text": "Ba.", "published": "31/02/2022"},
        ),
        suffix=".jsonl",
    )
    assert [(part.key, part.text, part.published) for part in extraction.extracts] == [
        ("7", "Một.", None),
        ("8", "Ba.", None),
    ]
    assert extraction.problems == (
        "line 2: is not JSON (Expecting property name enclosed in double quotes at character 2)",
        'line 3: is not a JSON object with a "text"',
        'line 4: has no "text"',
        'line 5: "text" is not a text',
        'line 6: "id" is neither a text nor a whole number',
        'line 7: the id "7" was used by an earlier line',
    )


def test_an_id_is_one_line_that_can_be_stored_and_acts_on_no_terminal():
    ids = ["\ud800", "a\0\x1b[31m\n", "\ud800"]
    lines = "\n".join(json.dumps({"id": id, "text": "a"}) for id in ids)
    extraction = extract(lines.encode(), suffix=".jsonl")
    assert [part.key for part in extraction.extracts] == ["\\ud800", "a\\x00\\x1b[31m\\n"]
    assert extraction.problems == ('line 3: the id "\\ud800" was used by an earlier line',)


def test_a_file_without_a_good_line_is_refused_with_the_first_reason():
    assert refused(b"{}\n[]", ".jsonl") == 'line 1: has no "text"'
