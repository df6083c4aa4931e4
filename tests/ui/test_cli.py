"""Every command by its exit status, its JSON and its one-sentence errors."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def hoidap(*args, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "ui", *(arg if isinstance(arg, bytes) else str(arg) for arg in args)],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """An index of the shipped corpus by the shipped encoder."""
    folder = tmp_path_factory.mktemp("state") / "index"
    done = hoidap("index", "corpus", "--index", folder)
    assert done.returncode == 0, done.stderr
    return folder


def one_sentence(done):
    return (
        done.stderr.startswith("hoidap: ") and "Traceback" not in done.stderr and done.stderr.count("\n") == 1
    )


def test_help_needs_no_heavy_library():
    code = (
        "import sys; from ui.cli import app; from typer.testing import CliRunner;"
        "print(CliRunner().invoke(app, ['--help']).exit_code);"
        "print(sorted({'torch', 'faiss', 'gradio', 'onnxruntime', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.split("\n")[:2] == ["0", "[]"]


def test_every_command_has_its_section_in_the_docs():
    from ui.cli import app

    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    names += [group.name for group in app.registered_groups]
    assert sorted(names) == ["ask", "chat", "doctor", "eval", "feedback", "index", "search", "user"]
    for name in names:
        assert re.search(rf"^## hoidap {name}\b", text, re.MULTILINE), name


def test_every_option_stands_in_the_docs():
    import typer

    from ui.cli import app

    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for command in typer.main.get_command(app).commands.values():
        for parameter in command.params:
            for option in (*parameter.opts, *parameter.secondary_opts):
                assert not option.startswith("--") or option == "--help" or option in text, option


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["ask", "Ai?", "--index", "{tmp}/none"], 3),
        (["search", "Ai?", "--index", "{tmp}/none"], 3),
        (["feedback", "export", "--index", "{tmp}/none"], 3),
        (["index", "{tmp}/none"], 2),
        (["index", "{tmp}"], 2),
        (["ask"], 2),
        (["ask", "--batch", "{tmp}/none.jsonl"], 2),
        (["eval", "reading", "{tmp}/none.jsonl"], 2),
    ],
)
def test_wrong_use_is_one_sentence_and_an_exit_status(args, status, tmp_path):
    done = hoidap(*(arg.format(tmp=tmp_path) for arg in args))
    assert done.returncode == status, done.stderr
    assert one_sentence(done), done.stderr
    assert done.stdout == ""


@pytest.mark.models
@pytest.mark.parametrize("question", ["", "   ", "a" * 100_000])
def test_a_question_that_is_none_is_one_sentence(question, state):
    done = hoidap("ask", question, "--index", state)
    assert done.returncode == 2
    assert one_sentence(done)
    assert len(done.stderr) < 300


@pytest.mark.models
@pytest.mark.parametrize(
    "question", ["Đảng bộ Sở GDĐT có bao nhiêu đảng viên?", "dang bo so gddt co bao nhieu dang vien"]
)
def test_ask_cites_the_sentence_that_answers(question, state):
    done = hoidap("ask", question, "--json", "--index", state)
    assert done.returncode == 0, done.stderr
    reply = json.loads(done.stdout)
    answer = reply["answers"][0]
    assert answer["article"] == "001_db237bcd22573425.txt"
    assert "72 đảng viên" in answer["sentence"]
    text = (ROOT / "corpus" / answer["article"]).read_text(encoding="utf-8")
    assert text[answer["start"] : answer["end"]] == answer["text"]
    assert text[answer["sentence_start"] : answer["sentence_end"]] == answer["sentence"]


@pytest.mark.models
def test_what_no_article_says_is_not_answered(state):
    done = hoidap("ask", "Giá vàng miếng SJC sáng nay là bao nhiêu?", "--json", "--index", state)
    assert done.returncode == 1
    reply = json.loads(done.stdout)
    assert (reply["answered"], reply["answers"]) == (False, [])
    assert 1 <= len(reply["closest"]) <= 3
    assert "confidence" not in reply["closest"][0]


@pytest.mark.models
def test_a_cold_question_imports_neither_torch_nor_gradio(state):
    code = (
        "import sys; from ui.cli import app; from typer.testing import CliRunner;"
        "question = 'Đảng bộ Sở GDĐT có bao nhiêu đảng viên?';"
        f"print(CliRunner().invoke(app, ['ask', question, '--index', {str(state)!r}]).exit_code);"
        "print(sorted({'torch', 'gradio', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.split("\n")[:2] == ["0", "[]"], done.stderr


@pytest.mark.models
def test_search_gives_places_and_ranks(state):
    done = hoidap("search", "toạ đàm khoa học ở Ninh Bình", "-k", "2", "--json", "--index", state)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["question", "hits", "seconds"]
    assert len(found["hits"]) == 2
    assert found["hits"][0]["article"] == "004_9b4ed42b9a7bb48f.txt"
    for hit in found["hits"]:
        text = (ROOT / "corpus" / hit["article"]).read_text(encoding="utf-8")
        assert text[hit["start"] : hit["end"]] == hit["text"]


@pytest.mark.models
def test_search_understands_a_question_as_ask_does(state):
    def found(question):
        hits = json.loads(hoidap("search", question, "--json", "--index", state).stdout)["hits"]
        return [(hit["article"], hit["start"], hit["score"]) for hit in hits]

    assert found("ho65i nghi5 die64n ra o73 d9a6u") == found("hội nghị diễn ra ở đâu")


@pytest.mark.models
def test_a_reranked_search_begins_with_the_passage_that_answers(state):
    asked = ["search", "Bí thư Chi bộ 3 Sở GDĐT là ai?", "-k", "2", "--rerank", "--json", "--index", state]
    found = json.loads(hoidap(*asked).stdout)
    assert len(found["hits"]) == 2
    assert "Biện Văn Minh" in found["hits"][0]["text"]


@pytest.mark.models
def test_filters_keep_only_what_was_published_then(state):
    done = hoidap(
        "search", "hội nghị", "--since", "1/11/2022", "--until", "2022-12-31", "--json", "--index", state
    )
    assert {hit["article"] for hit in json.loads(done.stdout)["hits"]} == {"004_9b4ed42b9a7bb48f.txt"}
    assert hoidap("search", "hội nghị", "--since", "2030-01-01", "--index", state).returncode == 1
    assert hoidap("search", "hội nghị", "--since", "hôm qua", "--index", state).returncode == 2


@pytest.mark.models
def test_a_batch_answers_line_by_line_in_order(state, tmp_path):
    batch = tmp_path / "questions.jsonl"
    lines = [
        {"id": "b", "question": "Ai chủ trì hội nghị của Trường Chính trị?"},
        {"id": 7, "question": "Còn ai nữa?", "history": ["Ai chủ trì Toạ đàm khoa học?"]},
    ]
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = hoidap("ask", "--batch", batch, "--index", state)
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == ["b", 7]
    assert replies[1]["notes"][0]["kind"] == "follow_up"
    for line in ('{"id": 1}', '{"question": "Ai?", "history": 5}', '{"question": "Ai?", "history": [5]}'):
        batch.write_text(f"{line}\n", encoding="utf-8")
        broken = hoidap("ask", "--batch", batch, "--index", state)
        assert (broken.returncode, one_sentence(broken)) == (2, True)


@pytest.mark.models
def test_half_a_character_in_a_question_is_no_error(state, tmp_path):
    asked = "Ai chủ trì hội nghị của Trường\ud800 Chính trị?"
    batch = tmp_path / "questions.jsonl"
    batch.write_text(json.dumps({"id": "\udfff", "question": asked}) + "\n", encoding="utf-8")
    done = hoidap("ask", "--batch", batch, "--index", state)
    reply = json.loads(done.stdout)
    assert (reply["id"], reply["question"]) == ("\udfff", asked)
    for option in ((), ("--json",), ("--source", b"\xff")):
        done = hoidap("ask", "Ai chủ trì hội nghị?".encode() + b"\xff", *option, "--index", state)
        assert done.returncode in (0, 1)
        assert done.stderr == ""


@pytest.mark.models
def test_unreadable_files_are_named_and_the_rest_is_indexed(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "tot.txt").write_text("Cầu mới\n\nCầu dài 240 mét.\n", encoding="utf-8")
    (tmp_path / "articles" / "hong.pdf").write_bytes(b"%PDF-1.7 broken")
    done = hoidap("index", tmp_path / "articles", "--index", tmp_path / "state", "--json")
    assert done.returncode == 4
    report = json.loads(done.stdout)
    assert (report["articles"], [problem["file"] for problem in report["problems"]]) == (1, ["hong.pdf"])
    assert "hong.pdf" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.models
def test_any_sentence_transformers_folder_can_be_the_encoder(tmp_path):
    model = Path("index") / "encoder_model"
    done = hoidap("index", "corpus", "--index", tmp_path / "state", "--encoder", model)
    assert done.returncode == 0, done.stderr
    asked = hoidap("ask", "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?", "--index", tmp_path / "state", "--json")
    assert "72 đảng viên" in json.loads(asked.stdout)["answers"][0]["sentence"]
    other = hoidap("index", "corpus", "--index", tmp_path / "state")
    assert (other.returncode, one_sentence(other)) == (3, True), other.stderr


@pytest.mark.models
def test_an_encoder_that_is_not_here_is_one_sentence_and_nothing_is_looked_up(tmp_path):
    done = hoidap("index", "corpus", "--index", tmp_path / "state", "--encoder", "nobody/no-such-model")
    assert done.returncode == 2
    assert one_sentence(done), done.stderr


@pytest.mark.models
def test_watch_indexes_again_when_a_file_changes_and_ends_on_interrupt(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "cau.txt").write_text("Cầu mới\n\nCầu dài 240 mét.\n", encoding="utf-8")
    watching = subprocess.Popen(
        [sys.executable, "-m", "ui", "index", articles, "--index", tmp_path / "state", "--watch", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )
    with watching:
        try:
            assert json.loads(watching.stdout.readline())["articles"] == 1
            assert "Watching" in watching.stderr.readline()
            time.sleep(1)  # for the watcher to have begun
            (articles / "cho.txt").write_text("Chợ mới\n\nChợ có 35 gian hàng.\n", encoding="utf-8")
            assert json.loads(watching.stdout.readline())["articles"] == 2
        finally:
            watching.send_signal(signal.SIGINT)
        assert watching.wait(timeout=20) == 0


@pytest.mark.models
def test_doctor_names_the_damaged_file(tmp_path):
    state = tmp_path / "state"
    assert hoidap("index", "corpus", "--index", state).returncode == 0
    assert hoidap("doctor", "--index", state).returncode == 0
    (vectors,) = state.glob("generations/*/base/dense.faiss")
    data = bytearray(vectors.read_bytes())
    data[-1] ^= 1
    vectors.write_bytes(data)
    done = hoidap("doctor", "--index", state, "--json")
    assert done.returncode == 3
    assert "dense.faiss" in json.loads(done.stdout)["problem"]
