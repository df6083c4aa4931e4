import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.formats
from index.formats import SUFFIXES, extract, is_article
from index.formats.markdown import plain
from tests.index.extracted import only, refused

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


def test_a_file_that_opens_with_a_rule_loses_nothing():
    part = only("---\nĐoạn mở đầu.\n\n---\n\n# Sơ kết\n\nNội dung.".encode(), ".md")
    assert (part.title, " ".join(part.text.split())) == ("Sơ kết", "Đoạn mở đầu. Sơ kết Nội dung.")
    assert only(b"---\n---\n", ".md").title is None


@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_a_comment_in_a_block_of_code_is_no_title(fence):
    page = f"{fence}sh\n# cài đặt\npip install x\n{fence}\n\n## Sơ kết\n\nNội dung."
    assert only(page.encode(), ".md").title == "Sơ kết"
    assert only(f"## Sơ kết\n\n{fence}\n# chưa đóng\n".encode(), ".md").title == "Sơ kết"


def test_addresses_and_comparisons_are_no_tags_and_tags_are():
    assert plain("Hỏi <tuyensinh@vnu.edu.vn> hoặc <https://vnu.edu.vn>.") == (
        "Hỏi tuyensinh@vnu.edu.vn hoặc https://vnu.edu.vn."
    )
    for said in ("Nếu a<b thì chọn c>d.", "neu a<b thi chon c>d", "5 < 7 > 3"):
        assert plain(said) == said
    assert plain("a<br>b<br/>c</b><a href=\"x?a=1\" target=_blank>d</a><img alt='e' hidden />") == "abcd"


@given(st.text(alphabet="ab*_`#[]()!<>-|\\\n ~=@.", max_size=60))
def test_any_markdown_becomes_plain(text):
    assert isinstance(plain(text), str)


@pytest.mark.parametrize("before", ["", "# ", "a\n", "- ", "--", "|--", "[a](b", "![a](", "<a "])
@pytest.mark.parametrize(
    "piece",
    [
        "![",
        "[",
        "[a](",
        "[\n",
        "<!--",
        "*a ",
        "_a ",
        " ",
        "#",
        "|--",
        "<https://a",
        "<a@b.",
        "<a b=",
        ' c="',
        "```\n",
    ],
)
def test_marks_that_are_never_closed_take_no_time_of_their_own(before, piece):
    marks = before + piece * (40_000 // len(piece)) + "x"
    started = time.process_time()
    assert plain(marks).endswith("x")
    assert (
        time.process_time() - started < 3
    )  # what looks through the rest of the file each time takes up to a minute


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


def test_a_line_without_id_and_one_whose_id_is_its_number_are_both_kept():
    extraction = extract(
        jsonl(
            {"text": "Một."}, {"id": "1", "text": "Hai."}, {"text": "Ba."}, {"id": "line 1", "text": "Bốn."}
        ),
        suffix=".jsonl",
    )
    assert extraction.problems == ()
    assert [(part.key, part.text) for part in extraction.extracts] == [
        ("line line 1", "Một."),
        ("1", "Hai."),
        ("3", "Ba."),
        ("line 1", "Bốn."),
    ]


def test_an_id_is_one_line_that_can_be_stored_and_acts_on_no_terminal():
    ids = ["\ud800", "a\0\x1b[31m\n", "\ud800"]
    lines = "\n".join(json.dumps({"id": id, "text": "a"}) for id in ids)
    extraction = extract(lines.encode(), suffix=".jsonl")
    assert [part.key for part in extraction.extracts] == ["\\ud800", "a\\x00\\x1b[31m\\n"]
    assert extraction.problems == ('line 3: the id "\\ud800" was used by an earlier line',)


def test_a_file_without_a_good_line_is_refused_with_the_first_reason():
    assert refused(b"{}\n[]", ".jsonl") == 'line 1: has no "text"'
