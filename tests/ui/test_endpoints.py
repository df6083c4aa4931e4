from datetime import date

import pytest

from index.errors import UsageError
from tests.ui.fake_assistant import QUESTION, FakeAssistant
from ui.endpoints import endpoints


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


def test_ask_gives_the_json_of_the_reply(assistant):
    given = endpoints(assistant)["ask"](QUESTION)
    assert given["answered"] is True
    assert given["answers"][0]["text"] == "12.500 đầu sách"
    assert given["answers"][0]["published"] == "2021-03-05"


def test_history_dates_and_source_are_passed_on(assistant):
    endpoints(assistant)["ask"]("Ở đâu?", ["Ai?", "Khi nào?"], "2022-01-31", "1/2/2022", "UET")
    assert assistant.asked == [("Ở đâu?", ("Ai?", "Khi nào?"), date(2022, 1, 31), date(2022, 2, 1), "UET")]


def test_search_gives_as_many_hits_as_wanted(assistant):
    given = endpoints(assistant)["search"]("cầu", k=1)
    assert [hit["article"] for hit in given["hits"]] == ["tin/thu-vien.txt"]
    assert given["question"] == "cầu"
    assert given["seconds"] >= 0


def test_search_reranks_where_it_is_wanted(assistant):
    given = endpoints(assistant)["search"]("cầu", rerank=True)
    assert [hit["article"] for hit in given["hits"]] == ["cau.txt", "tin/thu-vien.txt"]


def test_articles_lists_what_is_indexed(assistant):
    assert [article["article"] for article in endpoints(assistant)["articles"]()] == [
        "tin/thu-vien.txt",
        "cau.txt",
    ]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"question": 5}),
        ("ask", {"question": None}),
        ("ask", {"question": "nửa ký tự \ud800"}),
        ("ask", {"question": "a", "history": "b"}),
        ("ask", {"question": "a", "history": [1]}),
        ("ask", {"question": "a", "since": "hôm qua"}),
        ("ask", {"question": "a", "until": 2022}),
        ("ask", {"question": "a", "source": ["UET"]}),
        ("search", {"question": "a", "k": 0}),
        ("search", {"question": "a", "k": 10**9}),
        ("search", {"question": "a", "k": True}),
        ("search", {"question": "a", "k": "5"}),
        ("search", {"question": "a", "rerank": "no"}),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(assistant, name, arguments):
    with pytest.raises(UsageError):
        endpoints(assistant)[name](**arguments)
    assert assistant.asked == []
