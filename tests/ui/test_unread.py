"""Whatever the index says of a file that could not be read, its user reads in the language of the page."""

import ast
from pathlib import Path

import pytest

from ui.language import speaking
from ui.unread import unread

INDEX = Path(__file__).parents[2] / "index"
NOT_OF_UPLOADS = ("is a folder", "is no file but")
NOT_FOR_USERS = ("more comes back than can be meant",)


def written(node):
    """The reason that an expression makes, with a number wherever it puts something in; nothing of a variable."""
    if isinstance(node, ast.IfExp):
        return [*written(node.body), *written(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def reasons():
    """Every reason that the code of the index has in its words."""
    for path in [
        *(INDEX / "formats").glob("*.py"),
        INDEX / "article.py",
        INDEX / "decoding.py",
        INDEX / "isolation.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                values = dict(
                    zip([getattr(key, "value", None) for key in node.keys], node.values, strict=True)
                )
                yield from written(values["reason"]) if "reason" in values else ()
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if called and node.func.id in {"ValueError", "UnreadableArticle"} and node.args:
                yield from written(node.args[-1])
            if isinstance(node, ast.FunctionDef) and node.name == "_unfit":
                yield from (
                    one
                    for made in ast.walk(node)
                    if isinstance(made, ast.Return)
                    for one in written(made.value)
                )


def told(reason):
    return not reason.startswith((*NOT_OF_UPLOADS, *NOT_FOR_USERS))


def test_the_index_has_its_reasons_where_they_are_looked_for():
    assert {"is empty", "is encrypted; save it without a password", "line 7: 7"} - {*reasons()} == {
        "line 7: 7"
    }
    assert "is larger than 7 MiB; split it" in {*reasons()}


@pytest.mark.parametrize("reason", sorted(filter(told, {*reasons()})))
def test_every_reason_of_the_index_has_its_sentence_in_both_languages(reason):
    assert not unread(reason).startswith("Không đọc được")
    with speaking("en"):
        assert not unread(reason).startswith("Could not be read")
        assert unread(reason) != unread("")


@pytest.mark.parametrize(
    ("reason", "vietnamese", "english"),
    [
        ("is larger than 8 MiB; split it", "Lớn hơn 8 MiB: hãy chia nhỏ.", "Larger than 8 MiB: split it."),
        ('line 2: has no "text"', "Dòng 2: Không có “text”.", "Line 2: Has no “text”."),
        (
            'line 12: the id "{x}\n" was used by an earlier line',
            "Dòng 12: “id” {x}\n đã có ở một dòng trước.",
            "Line 12: The “id” {x}\n was used by an earlier line.",
        ),
        ("is odd", "Không đọc được: is odd", "Could not be read: is odd"),
    ],
)
def test_a_reason_is_told_with_what_it_speaks_of(reason, vietnamese, english):
    assert unread(reason) == vietnamese
    with speaking("en"):
        assert unread(reason) == english
