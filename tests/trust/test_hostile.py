"""Hostile files are reported one by one, in bounded time and memory, and everything else is indexed."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.article import LONGEST, read_articles
from index.build import build_index
from index.errors import UnreadableArticle
from index.formats import extract
from index.isolation import Isolated, Limits
from index.passage import cut_passages
from index.search import Index
from tests.fakes import BagEncoder
from tests.trust import hostile

ROOT = Path(__file__).parent.parent.parent
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
FILES = int(os.environ.get("HOIDAP_HOSTILE_FILES", "320"))
GOOD = "Cầu Đá Bạc\n\nCầu Đá Bạc dài 240 mét, do ông Phan Văn Lộc thiết kế.\n"


@pytest.mark.trust
@pytest.mark.timeout(900 + FILES // 4)
def test_hostile_files_by_the_hundred_leave_everything_else_indexed(tmp_path):
    """Set ``HOIDAP_HOSTILE_FILES`` for thousands."""
    folder = tmp_path / "articles"
    folder.mkdir()
    names = hostile.write_files(folder, FILES, seed=3)
    reported = hostile.write_odd_places(folder)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "good.md").write_text(f"# {GOOD}", encoding="utf-8")
    report = build_index(
        [folder], index=tmp_path / "state", load=lambda _: BagEncoder(), limits=Limits(seconds=5)
    )
    problems = {problem.path.split("#")[0]: problem.reason for problem in report.problems}
    assert set(reported) <= problems.keys()
    assert all(problems.values())
    index = Index.open(tmp_path / "state", load=lambda _: BagEncoder())
    indexed = {one.id.split("#")[0] for one in index.articles()}
    assert {"good.txt", "good.md"} <= indexed
    assert set(names) <= indexed | problems.keys(), "every file is indexed or reported"
    for name in names:
        if any(kind in name for kind in ("empty", "encrypted", "scan", "laughs", "no-parts", "loop.pdf")):
            assert name in problems
        if any(kind in name for kind in ("nfd", "zero-width", "bidi", "nul.txt", "surrogates")):
            assert name in indexed
    for one in index.articles()[:500]:
        for hit in index.search("Hội nghị năm 2022", k=3, article=one.id):
            assert hit.article.text[hit.start : hit.end] == hit.text


@linux_only
def test_what_may_not_be_read_is_reported_and_everything_else_indexed(tmp_path):
    """Without the right of root to read everything, where root runs the tests."""
    without_rights: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may read everything, and there is no setpriv to change that")
        without_rights = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    folder = tmp_path / "articles"
    (folder / "closed").mkdir(parents=True)
    (folder / "closed" / "a.txt").write_text(GOOD, encoding="utf-8")
    for name in ("good.txt", "secret.txt", "secret.pdf"):
        (folder / name).write_text(GOOD, encoding="utf-8")
    for name in ("secret.txt", "secret.pdf", "closed"):
        (folder / name).chmod(0)
    program = (
        "import sys; from pathlib import Path\n"
        "from index.build import build_index; from tests.fakes import BagEncoder\n"
        "report = build_index([Path(sys.argv[1])], index=Path(sys.argv[2]), load=lambda _: BagEncoder())\n"
        "print(report.articles, *report.problems, sep='\\n')"
    )
    command = [*without_rights, sys.executable, "-c", program, str(folder), str(tmp_path / "state")]
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    (folder / "closed").chmod(0o700)
    assert ran.returncode == 0, ran.stderr
    articles, *problems = ran.stdout.splitlines()
    assert articles == "1"
    assert [problem.partition(": ")[0] for problem in problems] == ["closed", "secret.pdf", "secret.txt"]
    assert all("may not be read" in problem for problem in problems)


@pytest.mark.models
def test_the_command_reports_each_file_without_a_traceback(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for kind, make in hostile.KINDS.items():
        if kind not in (
            "huge-line.txt",
            "marks.txt",
        ):  # the real encoder takes long over hundreds of passages
            (folder / kind).write_bytes(make(random.Random(5)))
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    command = [sys.executable, "-m", "ui", "index", str(folder), "--index", str(tmp_path / "state"), "--json"]
    ran = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    errors = ran.stderr.decode()
    assert ran.returncode == 4, errors
    assert "Traceback" not in errors
    report = json.loads(ran.stdout)
    assert len(report["problems"]) > 10
    assert all(f"not read: {problem['file']}" in errors for problem in report["problems"])


@linux_only
@pytest.mark.parametrize(
    ("data", "suffix", "reason"),
    [
        (hostile.KIDS_LOOP, ".pdf", "."),
        (hostile.FORM_LOOP, ".pdf", "."),
        (hostile.ENCRYPTED, ".pdf", "encrypted|damaged"),
    ],
)
def test_a_looping_or_encrypted_document_is_a_reason(data, suffix, reason):
    with Isolated(Limits(seconds=20)) as isolated, pytest.raises(ValueError, match=reason):
        isolated(data, suffix=suffix)


@linux_only
@pytest.mark.trust
def test_a_zip_bomb_takes_no_more_memory_than_is_allowed():
    with Isolated(Limits(seconds=100, memory=600 << 20)) as isolated:
        with pytest.raises(ValueError, match=r"memory|stop|damaged|large"):
            isolated(hostile.zip_bomb(), suffix=".docx")
        assert isolated("# Tin\n\nHội nghị đã họp.".encode(), suffix=".md").extracts[0].title == "Tin"


@pytest.fixture
def reading(monkeypatch, tmp_path):
    """An isolated reader whose ``.md`` files are programs, to see what becomes of it."""
    (tmp_path / "sitecustomize_for_md.py").write_text(
        "import index.formats.markdown as markdown\n"
        "markdown.extract = lambda data: exec(data.decode(), {'Extraction': markdown.Extraction})\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(
        "index.isolation._START", "import sys; sys.path[:] = sys.argv[3:]; import sitecustomize_for_md; "
        "from index.isolation import serve; serve(*map(int, sys.argv[1:3]))"
    )  # fmt: skip
    with Isolated(Limits(seconds=2)) as isolated:
        yield isolated


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("while True: pass", "takes longer than 2 seconds"),
        ("import time; time.sleep(9)", "takes longer than 2 seconds"),
        ("import os; os._exit(0)", "made its reader stop"),
        ("import os; os.abort()", "made its reader stop"),
        ("raise RecursionError", "nested too deeply"),
        ("raise MemoryError", "too much memory"),
        ("raise ZeroDivisionError", "made its reader stop"),
        ("import sys; sys.stdout.write('x' * 99999); raise ValueError('is odd')", "is odd"),
        pytest.param("x = bytearray(3 << 30)", "too much memory", marks=linux_only),
        pytest.param(
            "import tempfile; tempfile.TemporaryFile(buffering=0).write(b'x' * 99999)",
            "stop",
            marks=linux_only,
        ),
    ],
)
def test_whatever_happens_to_the_reader_the_next_file_is_read(reading, program, reason):
    with pytest.raises(ValueError, match=reason):
        reading(program.encode(), suffix=".md")
    assert reading("Hội nghị".encode(), suffix=".txt").extracts[0].text == "Hội nghị"
    assert (
        "Hội nghị" in reading("<p>Hội nghị đã họp tại Hà Nội.</p>".encode(), suffix=".html").extracts[0].text
    )


def test_an_isolated_reader_gives_what_the_formats_give():
    files = {
        ".md": "---\ntitle: Sơ kết\ndate: 2022-07-01\nauthor: Lê An\n---\n\nHội nghị đã họp.",
        ".html": "<html><head><title>Sơ kết</title></head><body><h1>Sơ kết</h1><p>Hội nghị đã họp.</p></body></html>",
    }
    with Isolated() as isolated:
        for suffix, text in files.items():
            assert isolated(text.encode(), suffix=suffix) == extract(text.encode(), suffix=suffix)


def test_a_file_or_an_article_that_is_too_large_is_a_reason(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(UnreadableArticle, match="larger than 32 MiB; split it"):
        read_articles(tmp_path / "a.txt", id="a.txt")
    with pytest.raises(UnreadableArticle, match="more than 4,000,000 characters"):
        read_articles(tmp_path / "b.txt", id="b.txt", data=b"a" * (LONGEST + 1))


@pytest.mark.trust
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "unit",
    ["a", "a\n", "ắ ", "(", "“a", "a. ", "A.", "1.", ".", "|", "• ", "…", "1/2/2022\n", "a;\n", "Đ. ", "ha.Ha", "»",
     "\u0301", "\u0323\u0301", "(a) ", "Tin: ", "- a\n", '"', "Lượt xem: 1\n", "\f\n1\n", "UBND (", "Ủy ban ", "[1]",
     "tháng 1 ", "một trăm ", "a,", "Theo ", "_", "\t"],
)  # fmt: skip
def test_text_that_repeats_is_read_in_the_end(unit):
    """A step that took the square of the length would not be done before the time limit of the test."""
    text = unit * (100_000 // len(unit)) + " Hà Nội"
    (article,) = read_articles(Path("a.txt"), id="a.txt", data=text.encode()).articles
    passages = cut_passages(article, count_tokens=BagEncoder().count_tokens)
    assert "Hà Nội" in article.text[passages[-1].start : passages[-1].end]
