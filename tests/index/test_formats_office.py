"""Word and PDF files → text, or one sentence that says why not."""

import io
import zlib

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from index.formats import extract
from tests.index.extracted import only, refused

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


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_body(xml):
    """A Word document whose body begins with this XML."""

    def build(document):
        wrapped = f'<w:body xmlns:w="{W}">{xml}</w:body>'
        for place, element in enumerate(parse_xml(wrapped)):
            document.element.body.insert(place, element)

    return word(build)


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("wrapped", "text"),
    [
        (f"<w:smartTag>{run('Hà Nội')}</w:smartTag>", "Hà Nội"),
        (f"<w:ins>{run('Hà Nội')}</w:ins><w:del><w:r><w:delText>Huế</w:delText></w:r></w:del>", "Hà Nội"),
        (f"<w:moveFrom>{run('Huế')}</w:moveFrom><w:moveTo>{run('Hà Nội')}</w:moveTo>", "Hà Nội"),
        (
            f"<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent><w:ins>{run('Hà Nội')}</w:ins></w:sdtContent></w:sdt>",
            "Hà Nội",
        ),
        (f"<w:hyperlink>{run('Hà Nội')}</w:hyperlink>", "Hà Nội"),
        (
            '<w:r><w:t>Hà</w:t><w:tab/><w:t>Nội</w:t><w:br/><w:t>2022</w:t><w:br w:type="page"/></w:r>',
            "Hà\tNội\n2022",
        ),
    ],
)
def test_text_is_read_whatever_it_is_wrapped_in_but_not_what_was_deleted(wrapped, text):
    tabs = "<w:pPr><w:tabs><w:tab/></w:tabs><w:rPr><w:ins/></w:rPr></w:pPr>"
    part = only(with_body(f"<w:p>{tabs}{run('họp ở ')}{wrapped}{run('.')}</w:p>"), ".docx")
    assert part.text == f"họp ở {text}."


def test_paragraphs_and_tables_in_content_controls_and_insertions_are_read():
    table = (
        f"<w:tbl><w:tr><w:tc><w:p>{run('Một')}</w:p></w:tc><w:tc><w:p>{run('12')}</w:p></w:tc></w:tr></w:tbl>"
    )
    xml = (
        f"<w:sdt><w:sdtContent><w:p>{run('Trong khung')}</w:p>{table}</w:sdtContent></w:sdt>"
        f"<w:ins><w:p>{run('Thêm vào')}</w:p></w:ins><w:del><w:p>{run('Xóa đi')}</w:p></w:del>"
    )
    assert only(with_body(xml), ".docx").text == "Trong khung\n\nMột | 12\n\nThêm vào"


def test_nested_tables_and_rows_and_cells_in_content_controls_are_read():
    def cell(content, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

    def paragraph(text):
        return f"<w:p>{run(text)}</w:p>"

    def wrapped(content):
        return f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    nested = f"<w:tbl><w:tr>{cell(paragraph('Bí thư'))}{cell(paragraph('Lê An'))}</w:tr></w:tbl><w:p/>"
    rows = (
        f"<w:tr>{cell(paragraph('Chi bộ 1'), '<w:vMerge w:val=&quot;restart&quot;/>'.replace('&quot;', chr(34)))}"
        f"{wrapped(cell(paragraph('12')))}</w:tr>"
        + wrapped(f"<w:tr>{cell('<w:p/>', '<w:vMerge/>')}{cell(nested)}</w:tr>")
        + f"<w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('Xóa'))}</w:tr>"
    )
    assert only(with_body(f"<w:tbl>{rows}</w:tbl>"), ".docx").text == (
        "Chi bộ 1 | 12\nChi bộ 1 | Bí thư | Lê An"
    )


def test_a_text_box_is_read_once_below_the_paragraph_that_holds_it():
    box = f"<w:txbxContent><w:p>{run('Trong hộp')}</w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    anchored = (
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert only(with_body(f"<w:p>{run('Tiêu đề')}{anchored}{run(' bài')}</w:p>"), ".docx").text == (
        "Tiêu đề bài\n\nTrong hộp"
    )


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
