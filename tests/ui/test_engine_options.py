"""``--engine milvus`` on the command line: the same results, and one sentence where it cannot be."""

from __future__ import annotations

import json

import pytest

from tests.ui.test_cli import hoidap, one_sentence

QUESTION = "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"


@pytest.mark.parametrize(
    ("options", "status", "named"),
    [
        (["--engine", "milvus"], 2, "--uri"),
        (["--uri", "http://127.0.0.1:19530"], 2, "--engine milvus"),
        (["--engine", "milvus", "--uri", "somewhere"], 2, "--uri FILE.db"),
        (["--engine", "milvus", "--uri", "a.db", "--collection", "hai từ"], 2, "letters"),
    ],
)
def test_options_that_do_not_go_together_are_one_sentence(options, status, named):
    done = hoidap("search", QUESTION, *options)
    assert done.returncode == status
    assert one_sentence(done)
    assert named in done.stderr


@pytest.mark.parametrize(
    "option", [("--workers", 2), ("--layout", "{}"), ("--bulk", "tep"), ("--bucket", "tep")]
)
def test_options_of_milvus_are_for_milvus(tmp_path, option):
    done = hoidap("index", "corpus", "--index", tmp_path / "state", *option)
    assert done.returncode == 2
    assert one_sentence(done)
    assert option[0] in done.stderr


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--bucket", "hoidap"], "--bulk"),
        (["--bulk", "tep", "--watch"], "--watch"),
        (["--bulk", "tep", "--bucket", "hoidap"], "--bucket"),
    ],
)
def test_options_of_a_first_load_that_do_not_go_together_are_one_sentence(tmp_path, options, named):
    done = hoidap("index", "corpus", "--engine", "milvus", "--uri", tmp_path / "a.db", *options)
    assert done.returncode == 2
    assert one_sentence(done)
    assert named in done.stderr


@pytest.mark.milvus
def test_a_server_that_does_not_answer_and_a_file_that_is_not_there_are_one_sentence(tmp_path):
    for uri in ("http://127.0.0.1:9", tmp_path / "none.db"):
        done = hoidap("search", QUESTION, "--engine", "milvus", "--uri", uri)
        assert done.returncode == 3
        assert one_sentence(done), done.stderr
        assert str(uri) in done.stderr


def scores(printed):
    return [hit["score"] for hit in printed.get("hits", ())]


def without_scores(printed):
    hits = [
        {name: value for name, value in hit.items() if name != "score"} for hit in printed.get("hits", ())
    ]
    return {**printed, "hits": hits}


@pytest.mark.milvus
@pytest.mark.models
def test_every_command_works_over_a_collection(tmp_path):
    there = ["--engine", "milvus", "--uri", tmp_path / "hoidap.db"]
    done = hoidap("index", "corpus", *there, "--layout", '{"partitions": 4}', "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["articles"], report["added"]) == (5, 5)
    local = hoidap("index", "corpus", "--index", tmp_path / "state")
    assert local.returncode == 0, local.stderr

    for command in ("search", "ask"):
        here = json.loads(hoidap(command, QUESTION, "--index", tmp_path / "state", "--json").stdout)
        found = json.loads(hoidap(command, QUESTION, *there, "--json").stdout)
        del here["seconds"], found["seconds"]
        assert without_scores(found) == without_scores(here)
        # Milvus adds up in another order
        assert scores(found) == pytest.approx(scores(here), abs=1e-5)

    figures = json.loads(hoidap("doctor", *there, "--json").stdout)
    assert figures["problem"] is None
    assert (figures["index"]["articles"], figures["index"]["passages"]) == (5, report["passages"])


@pytest.mark.milvus
@pytest.mark.models
def test_a_first_load_by_way_of_files(tmp_path):
    bulk = ["--bulk", tmp_path / "bulk"]
    written = hoidap("index", "corpus", "--engine", "milvus", "--uri", "http://127.0.0.1:9", *bulk)
    assert written.returncode == 0
    assert "--bucket" in written.stderr.splitlines()[-1]
    there = ["--engine", "milvus", "--uri", tmp_path / "hoidap.db"]
    done = hoidap("index", "corpus", *there, *bulk, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert (report["generation"], report["articles"], report["embedded"]) == (1, 5, 0)
    assert json.loads(hoidap("doctor", *there, "--json").stdout)["problem"] is None
    again = hoidap("index", "corpus", *there, *bulk)
    assert again.returncode == 2
    assert one_sentence(again)
