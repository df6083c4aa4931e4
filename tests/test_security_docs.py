"""``docs/security.md`` names tests that are there."""

import re
from pathlib import Path

TESTS = Path(__file__).parent


def test_every_attack_has_its_test():
    text = (TESTS.parent / "docs" / "security.md").read_text(encoding="utf-8")
    files: dict[str, str] = {}
    for path in TESTS.rglob("test_*.py"):  # two of them may have one name
        files[path.name] = files.get(path.name, "") + path.read_text(encoding="utf-8")
    file = ""
    named = 0
    for row in re.findall(r"^\| .* \|$", text, re.MULTILINE):
        for in_file, name in re.findall(r"`(?:(test_\w+\.py)(?:::)?|…)(test_\w+)?`", row):
            file = in_file or file
            assert f"def {name}" in files[file], f"{file}::{name}"
            named += 1
    assert named >= 30
