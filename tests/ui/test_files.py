import json
from io import BytesIO

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from index.build import index_uploads
from index.errors import IndexDamaged, IndexLocked
from index.search import Index
from index.uploads import add_upload
from tests.fakes import BagEncoder
from tests.ui.fake_assistant import QUESTION, FakeAssistant
from ui.conversations import Conversations
from ui.files import export_routes, upload_routes
from ui.turn import Turn

BRIDGE = "Khánh thành cầu Đá Bạc\n\nCầu Đá Bạc dài 240 mét.".encode()
ROWS = b"""{"title": "A", "text": "Mot cau."}\n{"title": "B", "text": "Mot cau khac."}\n"""


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def client(index):
    encoder = BagEncoder()

    def update(**options):
        return index_uploads(load=lambda _: encoder, **options)

    return TestClient(Starlette(routes=upload_routes(index, update=update)))


def send(client, **files):
    parts = [("file", (name, data)) for name, data in files.items()]
    return [json.loads(line) for line in client.post("/uploads", files=parts).text.splitlines()]


def titles(index):
    opened = Index.open(index, load=lambda _: BagEncoder())
    return [article.title for article in opened.articles()]


def test_each_file_is_told_of_then_the_index_as_it_grows(client, index):
    told = send(client, **{"cầu.txt": BRIDGE, "a.exe": b"MZ", "trống.txt": b""})
    assert told[:3] == [
        {"file": "cầu.txt", "article": "uploads/cầu.txt"},
        {
            "file": "a.exe",
            "error": "Loại tệp này không đọc được: hãy thêm tệp txt, md, html, pdf, docx hoặc jsonl.",
        },
        {"file": "trống.txt", "article": "uploads/trống.txt"},
    ]
    assert {"done": 1, "found": 1} in told
    assert {"article": "uploads/trống.txt", "error": "Không có gì trong tệp."} in told
    assert told[-1] == {"articles": 1, "passages": 1}
    assert titles(index) == ["Khánh thành cầu Đá Bạc"]


def test_a_file_can_be_removed_and_nothing_else(client, index):
    send(client, **{"a.txt": BRIDGE, "b.txt": b"B\n\nMot cau khac."})
    refused = client.delete("/uploads", params={"article": "../hoidap.db"})
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("Tệp này không được thêm ở đây")
    assert client.delete("/uploads", params={"article": "uploads/a.txt"}).status_code == 200
    assert titles(index) == ["B"]


def test_where_nothing_can_be_read_it_is_said_once_and_nothing_is_indexed(client, index):
    told = send(client, **{"a.txt": b""})
    assert next(line for line in told if "error" in line)["article"] == "uploads/a.txt"
    assert not (index / "CURRENT").exists()


def test_a_file_that_cannot_be_read_is_not_kept_and_not_told_of_again(client, index):
    send(client, **{"trống.txt": b"", "hỏng.jsonl": b"{", "cầu.txt": BRIDGE})
    assert [path.name for path in (index / "uploads").iterdir()] == ["cầu.txt"]
    assert [line for line in send(client, **{"b.txt": b"B\n\nMot cau khac."}) if "error" in line] == []


def test_a_file_of_which_some_lines_can_be_read_is_kept(client, index):
    told = send(client, **{"tin.jsonl": ROWS + b"{\n"})
    assert any(line.get("article") == "uploads/tin.jsonl" and "error" in line for line in told)
    assert titles(index) == ["A", "B"]
    assert [line for line in send(client, **{"a.txt": BRIDGE}) if "error" in line] == []


def test_an_article_among_several_in_a_file_is_removed_with_the_file(client, index):
    send(client, **{"cầu.txt": BRIDGE, "tin.jsonl": ROWS})
    assert titles(index) == ["Khánh thành cầu Đá Bạc", "A", "B"]
    assert client.delete("/uploads", params={"article": "uploads/tin.jsonl#2"}).status_code == 200
    assert titles(index) == ["Khánh thành cầu Đá Bạc"]


@pytest.mark.parametrize(("length", "status"), [("", 411), ("99999999999", 413), ("-1", 411)])
def test_a_request_of_unknown_or_too_large_size_is_refused_unread(client, length, status):
    headers = {"content-length": length, "content-type": "multipart/form-data; boundary=x"}
    assert client.post("/uploads", content=b"", headers=headers).status_code == status


def test_a_request_that_may_never_end_is_refused_whatever_size_it_states(client):
    headers = {
        "content-length": "9",
        "transfer-encoding": "chunked",
        "content-type": "multipart/form-data; boundary=x",
    }
    assert client.post("/uploads", content=iter([b"--x"]), headers=headers).status_code == 411


def test_a_request_that_is_too_large_is_told_what_fits_in_the_language_of_the_page(client):
    answer = client.post("/uploads?lang=en", content=b"", headers={"content-length": "99999999999"})
    assert answer.json()["detail"] == "At most 50 files of 200 MB in all can be added at once: add fewer."


def test_what_became_of_files_is_told_in_the_language_of_the_page(client):
    parts = [("file", (name, data)) for name, data in {"a.exe": b"MZ", "b.txt": b"", "c.jsonl": b"{"}.items()]
    told = client.post("/uploads?lang=en", files=parts).text.splitlines()
    assert [line["error"] for line in map(json.loads, told) if "error" in line] == [
        "This kind of file is not read: add txt, md, html, pdf, docx or jsonl files.",
        "The file is empty.",
        "Line 1: Not JSON, from character 2 on.",
    ]


def test_a_removal_that_fails_is_told_in_the_language_of_the_page(index):
    def locked(**_):
        raise IndexLocked("Another process is writing.")

    client = TestClient(Starlette(routes=upload_routes(index, update=locked)))
    for page, told in (
        ("/", "Một tiến trình khác đang ghi"),
        ("/?lang=en", "Another process is writing to the"),
    ):
        add_upload(index, BytesIO(BRIDGE), name="a.txt", size=1)
        answer = client.delete(
            "/uploads?article=uploads/a.txt", headers={"referer": f"http://testserver{page}"}
        )
        assert (answer.status_code, answer.json()["detail"][: len(told)]) == (409, told)


def test_too_many_files_at_once_are_refused(client):
    parts = [("file", (f"{number}.txt", b"x")) for number in range(51)]
    answer = client.post("/uploads", files=parts)
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Mỗi lần thêm được tối đa 50 tệp, cả thảy 200 MB: hãy thêm ít hơn."


@pytest.fixture
def exports(tmp_path):
    kept = Conversations.open(tmp_path)
    turn = Turn(QUESTION).answered(FakeAssistant().ask(QUESTION))
    kept.save(turn, conversation="abc", owner="lan", versions={})
    routes = export_routes(kept, owner_of=lambda request: request.headers.get("x-owner", ""))
    return TestClient(Starlette(routes=routes))


@pytest.mark.parametrize(
    ("suffix", "media", "shown"),
    [
        ("md", "text/markdown", "attachment"),
        ("json", "application/json", "attachment"),
        ("html", "text/html", "inline"),
    ],
)
def test_a_conversation_is_exported_to_its_owner(exports, suffix, media, shown):
    sent = exports.get(f"/conversations/abc.{suffix}", headers={"x-owner": "lan"})
    assert sent.headers["content-type"].startswith(media)
    assert sent.headers["content-disposition"].startswith(shown)
    assert QUESTION in sent.text
    assert exports.get(f"/conversations/abc.{suffix}").status_code == 404


@pytest.mark.parametrize("path", ["abc.exe", "xyz.md", "../conversations.db"])
def test_nothing_else_is_exported(exports, path):
    assert exports.get(f"/conversations/{path}", headers={"x-owner": "lan"}).status_code == 404


def test_an_export_that_cannot_be_made_says_why_in_the_language_of_the_page(exports, monkeypatch):
    assert exports.get("/conversations/abc.md?lang=en").json() == {
        "detail": "There is nothing at this address."
    }

    def damaged(*_, **__):
        raise IndexDamaged("conversations.db is damaged.")

    monkeypatch.setattr(Conversations, "turns", damaged)
    answer = exports.get("/conversations/abc.md?lang=en", headers={"x-owner": "lan"})
    assert answer.status_code == 503
    assert answer.json()["detail"].startswith("The index is damaged")


def test_a_file_that_cannot_be_read_leaves_the_one_that_it_would_replace(client, index):
    send(client, **{"cầu.txt": BRIDGE})
    told = send(client, **{"cầu.txt": b""})
    assert {"article": "uploads/cầu.txt", "error": "Không có gì trong tệp."} in told
    assert told[-1] == {"articles": 1, "passages": 1}
    assert titles(index) == ["Khánh thành cầu Đá Bạc"]
    assert [path.name for path in (index / "uploads").iterdir()] == ["cầu.txt"]


def test_a_file_that_replaces_another_leaves_nothing_of_it(client, index):
    send(client, **{"cầu.txt": BRIDGE})
    send(client, **{"cầu.txt": b"B\n\nMot cau khac."})
    assert titles(index) == ["B"]
    assert [path.name for path in (index / "uploads").iterdir()] == ["cầu.txt"]


def test_two_files_of_one_name_that_cannot_be_read_leave_the_one_before(client, index):
    send(client, **{"cầu.txt": BRIDGE})
    client.post("/uploads", files=[("file", ("cầu.txt", b"")), ("file", ("cầu.txt", b" "))])
    assert titles(index) == ["Khánh thành cầu Đá Bạc"]
    assert [path.name for path in (index / "uploads").iterdir()] == ["cầu.txt"]
