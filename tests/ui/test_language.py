"""Every sentence of the page has its English, with the same braces."""

import ast
import re
from pathlib import Path

from qa.answer import NO_ANSWER
from qa.message import Message
from ui import article_list, article_view, problems, render, unread
from ui.language import english, say, say_message, speaking

ROOT = Path(__file__).parents[2]


def literals():
    """The first arguments of ``say`` and ``Message`` in the code."""
    for path in [*(ROOT / "ui").glob("*.py"), *(ROOT / "qa").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if called and node.func.id in {"say", "Message"} and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_sentence_has_its_english_and_nothing_else_is_there():
    tables = [NO_ANSWER, article_view._CHANGED]
    tables += [word for *_, word in render._CONFIDENCE_WORDS]
    tables += [said for _, said in (*problems._SAID, *unread._SAID)]
    tables += [column.label for column in article_list.COLUMNS.values()]
    decided = [key for key in english() if key.startswith("Khả năng bài viết có câu trả lời")]
    assert len(decided) == 2
    assert {*literals(), *tables, *decided} == english().keys()


def test_the_english_takes_no_more_values_than_the_vietnamese():
    for vietnamese, translated in english().items():
        for form in [translated] if isinstance(translated, str) else translated:
            assert len(re.findall("{}", form)) <= len(re.findall("{}", vietnamese)), vietnamese


def test_the_language_ends_with_its_block():
    with speaking("en"):
        assert say("Hỏi") == "Ask"
        assert say_message(Message("Đã hiểu là: {}", ("{x}",))) == "Understood as: {x}"
        sides = (Message("1 bài nói {}", ("“8”",)), Message("{} bài nói {}", ("2", "“{9}” (18/08/2022)")))
        differ = Message("Các bài viết trả lời khác nhau: {}.", (Message("{}, {}", sides),))
        assert say_message(differ) == (
            "The articles give different answers: 1 article says “8”, 2 articles say “{9}” (18/08/2022)."
        )
        assert say_message(Message("Một câu cũ {", ())) == "Một câu cũ {"
    assert say("Hỏi") == "Hỏi"
