"""Who is refused reads why in the language of the page that asked."""

import pytest
from starlette.testclient import TestClient

from ui.refusal import LOGIN_FIRST, busy, refuse

VIETNAMESE = "Chưa đăng nhập, hoặc phiên đăng nhập đã hết: hãy tải lại trang để đăng nhập."
ENGLISH = "You are not logged in, or no longer: reload the page to log in."


@pytest.mark.parametrize(
    ("path", "page", "sentence"),
    [
        ("/", None, VIETNAMESE),
        ("/", "http://testserver/?c=a&lang=en", ENGLISH),
        ("/?lang=en", None, ENGLISH),
        ("/?lang=vi", "http://testserver/?lang=en", VIETNAMESE),
        ("/?lang=en", "http://testserver/", ENGLISH),
        ("/?lang=fr", None, VIETNAMESE),
        ("/", "http://[?lang=%ff", VIETNAMESE),
    ],
)
def test_the_language_is_that_of_the_address_else_of_the_page(path, page, sentence):
    headers = {"referer": page} if page else {}
    answer = TestClient(refuse(401, LOGIN_FIRST, headers={"X-Kept": "1"})).get(path, headers=headers)
    assert (answer.status_code, answer.json(), answer.headers["x-kept"]) == (401, {"detail": sentence}, "1")
    assert "retry-after" not in answer.headers


def test_who_asks_too_often_is_told_when_to_ask_again():
    answer = TestClient(busy(2.1)).get("/?lang=en")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert answer.json() == {"detail": "You are asking too fast: wait 3 s and ask again."}
