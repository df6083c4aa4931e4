"""What happens on a page while a question is answered there is not undone by the answer."""

from dataclasses import replace

import gradio as gr
import pytest

from ui.page import Visit
from ui.wiring import _Answering

WAITING, ANSWERED = Visit(conversation="a"), Visit(conversation="a", owner="")


def request(page: str) -> gr.Request:
    return gr.Request(session_hash=page)


@pytest.fixture
def answering() -> _Answering:
    return _Answering(lambda visit: f"in {visit.language}")


@pytest.fixture
def steps(answering):
    """The steps of an answer on one page, of which the first was taken."""
    steps = answering.until_done(iter([(WAITING, "waiting"), (ANSWERED, "answered")]), request("one"))
    assert next(steps) == (WAITING, "waiting")
    return steps


def test_an_answer_comes_to_the_page_that_waits_for_it(answering, steps):
    answering.leave(request("two"))
    assert request("one") in answering
    assert list(steps) == [(ANSWERED, "answered")]
    assert request("one") not in answering


def test_a_page_that_has_gone_on_is_left_alone(answering, steps):
    answering.leave(request("one"))
    assert list(steps) == []


def test_an_answer_is_shown_in_the_language_that_the_page_has_now(answering, steps):
    answering.speak(request("one"), "en")
    assert list(steps) == [(replace(ANSWERED, language="en"), "in en")]
