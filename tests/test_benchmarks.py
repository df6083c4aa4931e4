"""The benchmarks as they are called, over as little as they take: each runs, and tells what it is there to tell."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.models

ROOT = Path(__file__).parents[1]
SENTENCES = (
    (
        "Cầu Sông Trà dài 240 mét, rộng 9 mét và được khánh thành ngày 12/5/2021.",
        "Cầu Sông Trà dài bao nhiêu?",
        "240 mét",
    ),
    (
        "Ông Lê Văn Tám là Giám đốc Thư viện tỉnh Hà Bắc từ năm 2019.",
        "Ai là Giám đốc Thư viện tỉnh?",
        "Lê Văn Tám",
    ),
    (
        "Huyện Phú Lộc trồng mới 1.250 ha keo lai trong năm 2023.",
        "Huyện Phú Lộc trồng bao nhiêu keo lai?",
        "1.250 ha",
    ),
    (
        "Trường Tiểu học Kim Sơn đón 620 học sinh vào năm học mới.",
        "Trường Kim Sơn có bao nhiêu học sinh?",
        "620 học sinh",
    ),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Questions in the form of the project's data: four that their paragraph answers, and one that it does not."""
    path = tmp_path_factory.mktemp("data") / "dev.jsonl.gz"
    rows = [
        {
            "id": str(number),
            "source": "made",
            "title": f"Bài số {number}",
            "question": question,
            "context": context,
            "answers": [{"text": answer, "start": context.index(answer)}],
        }
        for number, (context, question, answer) in enumerate(SENTENCES)
    ]
    rows.append({**rows[0], "id": "none", "question": "Cầu Sông Trà hết bao nhiêu tiền?", "answers": []})
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def printed(name: str, *arguments: str | Path) -> list[str]:
    """What a benchmark prints, line by line."""
    command = [sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert run.returncode == 0, run.stderr[-2000:]
    return run.stdout.splitlines()


def test_cost_by_size_has_a_row_for_each_size(tmp_path: Path) -> None:
    plot = tmp_path / "plot.svg"
    _, *rows = printed("scale", "--sizes", 30, 60, "--scratch", tmp_path, "--plot", plot)
    assert [row.split()[0] for row in rows] == ["30", "60"]
    assert plot.read_text(encoding="utf-8").startswith("<")
    assert [path.name for path in tmp_path.iterdir()] == ["plot.svg"]


def test_bm25_is_compared_at_each_size() -> None:
    assert any(row.split()[0] == "100" for row in printed("bm25", "--sizes", 100))


def test_the_parts_of_an_answer_are_told_apart(tmp_path: Path) -> None:
    _, _, whole, *parts = printed("answers", "--rounds", 1, "--passages", 60, "--scratch", tmp_path)
    assert "a whole answer" in whole
    assert len(parts) >= 3


def test_what_each_step_is_worth_is_told_of_all_questions(data: Path) -> None:
    said, _, _, everything, *others = printed("steps", data, "--questions", len(SENTENCES) + 1)
    assert said.startswith(f"{len(SENTENCES) + 1} questions")
    assert everything.startswith("| nothing |")
    assert len(others) > 10


def test_tone_marks_are_restored_of_all_questions(data: Path) -> None:
    (said,) = printed("tone_marks", data, "--questions", len(SENTENCES) + 1)
    assert said.startswith(f"{len(SENTENCES)} questions: ")  # of those that are answered


def test_a_batch_is_compared_with_single_questions(data: Path) -> None:
    printed("batches", data, "--questions", len(SENTENCES) + 1)  # fails where a reply is another
