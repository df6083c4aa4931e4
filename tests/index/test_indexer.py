"""Reading, encoding and writing overlap, and none waits for another that is in vain."""

from __future__ import annotations

import threading

import pytest

from index.build import build_index
from index.report import NoProgress
from tests.fakes import BagEncoder

PATIENCE = 60  # seconds


class AtTheSecondFile(NoProgress):
    """Calls something when the second file was read."""

    def __init__(self, call):
        self._call = call
        self._read = 0

    def files(self, *, done=0, total=None):
        self._read += done
        if done and self._read == 2:
            self._call()


@pytest.fixture
def build(tmp_path, folder, monkeypatch):
    monkeypatch.setattr("index.indexer.BATCH", 1)  # passage: every file is a batch
    return lambda encoder, at_the_second_file: build_index(
        [folder],
        index=tmp_path / "state",
        load=lambda _: encoder,
        progress=AtTheSecondFile(at_the_second_file),
    )


def test_files_are_read_while_those_before_are_encoded(build):
    second_was_read = threading.Event()

    class Waits(BagEncoder):
        def encode_passages(self, texts, *, progress=None):
            assert second_was_read.wait(PATIENCE), "the second file is not read before the first is encoded"
            return super().encode_passages(texts, progress=progress)

    assert build(Waits(), second_was_read.set).articles == 3


def test_an_interrupted_run_does_not_wait_for_the_rest_of_a_batch(build):
    encoding = threading.Event()

    class Endless(BagEncoder):
        def encode_passages(self, texts, *, progress=None):
            encoding.set()
            while True:
                progress(0)

    def interrupt():
        assert encoding.wait(PATIENCE)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(Endless(), interrupt)
