import subprocess
import sys

import numpy as np
import pytest

from index.encoder import POSITIONS, SHIPPED, OnnxEncoder, load_encoder
from index.errors import ModelNotFound
from index.onnx_model import OnnxModel, available_cores

PASSAGE = "Đảng bộ Sở GDĐT có 72 đảng viên, sinh hoạt tại 5 chi bộ trực thuộc."
OTHER = "Cầu Đá Bạc dài 240 mét được khánh thành sáng 19/11/2022."


class Words:
    """A tokenizer whose tokens are words: <s> 0, </s> 2, any word its length."""

    class Encoding:
        def __init__(self, ids):
            self.ids = ids

    def encode(self, text, add_special_tokens=True):
        ids = [min(len(word), 9) for word in text.split()]
        return self.Encoding([0, *ids, 2] if add_special_tokens else ids)

    def encode_batch_fast(self, texts, add_special_tokens=True):
        return [self.encode(text, add_special_tokens) for text in texts]


class Session:
    """A graph that returns the first and the last token and the number of tokens, at unit length."""

    class Output:
        shape = (1, 3)

    def get_outputs(self):
        return [self.Output()]

    def run(self, _names, feed):
        ids = feed["input_ids"]
        vector = np.array([[ids[0] + 1.0, ids[-1], len(ids)]], dtype=np.float32)
        return [vector / np.linalg.norm(vector)]


@pytest.fixture
def tiny(tmp_path):
    return OnnxEncoder(OnnxModel(tmp_path, Session(), Words()))


def test_tokens_are_counted_without_prefix_and_special_tokens(tiny):
    assert tiny.count_tokens(["một hai ba", "", "một"]) == [3, 0, 1]
    assert tiny.count_tokens([]) == []


def test_no_texts_have_no_rows(tiny):
    assert tiny.encode_questions([]).shape == (0, 3)
    assert tiny.encode_passages([]).shape == (0, 3)


def test_rows_come_in_the_order_of_the_texts(tiny):
    texts = ["a " * n for n in (5, 1, 30, 2, 9)]
    together = tiny.encode_passages(texts)
    alone = np.concatenate([tiny.encode_passages([text]) for text in texts])
    assert together.dtype == np.float32
    assert np.array_equal(together, alone)


def test_a_long_text_is_cut_and_keeps_its_end_mark(tiny):
    (vector,) = tiny.encode_passages(["a " * 2000])
    expected = np.array([1, 2, POSITIONS]) / np.linalg.norm([1, 2, POSITIONS])
    assert np.allclose(vector, expected)


def test_progress_adds_up(tiny):
    done = []
    tiny.encode_passages(["a", "b", "c"], progress=done.append)
    assert sum(done) == 3


def test_lone_surrogates_do_not_crash(tiny):
    assert tiny.encode_questions(["\ud800 a"]).shape == (1, 3)
    assert tiny.count_tokens(["\udfff"]) == [1]


def test_a_folder_without_files_names_them(tmp_path):
    with pytest.raises(ModelNotFound, match=r"model\.safetensors.*install"):
        OnnxEncoder.from_folder(tmp_path)


def test_an_unknown_name_says_what_to_give(tmp_path):
    with pytest.raises(ModelNotFound, match="give the folder of one"):
        load_encoder(str(tmp_path / "none"))


def test_there_is_a_core():
    assert available_cores() >= 1


@pytest.fixture(scope="module")
def shipped():
    return load_encoder()


@pytest.mark.models
def test_the_shipped_folder_is_small():
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*") if path.is_file()) < 45_000_000


@pytest.mark.models
def test_identity_and_sizes(shipped):
    assert shipped.identity.startswith("hoidap-encoder-1:")
    assert shipped.identity == load_encoder().identity
    assert (shipped.dimension, shipped.max_tokens) == (384, POSITIONS - 4)


@pytest.mark.models
@pytest.mark.parametrize("question", ["Sở GDĐT có bao nhiêu đảng viên?", "so gddt co bao nhieu dang vien"])
def test_a_question_is_nearest_its_passage(shipped, question):
    near, far = shipped.encode_passages([PASSAGE, OTHER]) @ shipped.encode_questions([question])[0]
    assert near > far


@pytest.mark.models
def test_a_vector_does_not_depend_on_the_other_texts(shipped):
    texts = [PASSAGE, OTHER, "!", PASSAGE * 5, "Hội nghị"]
    together = shipped.encode_passages(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.array_equal(together, np.concatenate([shipped.encode_passages([text]) for text in texts]))
    assert np.array_equal(together, load_encoder().encode_passages(texts))


@pytest.mark.models
def test_odd_texts_are_encoded(shipped):
    vectors = shipped.encode_questions(["", "\ud800", "漢字" * 50_000, "đ" * 100_000, "\u0301\u200b\x00"])
    assert vectors.shape == (5, 384)
    assert np.isfinite(vectors).all()


@pytest.mark.models
def test_sentence_transformers_gives_the_same_vectors(shipped):
    same = load_encoder(str(SHIPPED))
    assert same.identity.startswith("encoder_model:")
    assert (same.dimension, same.max_tokens) == (384, 512)
    passages = [PASSAGE, OTHER, f"{OTHER} {PASSAGE}\n" * 4]
    cosine = (shipped.encode_passages(passages) * same.encode_passages(passages)).sum(axis=1)
    assert cosine.min() > 0.999
    questions = ["Sở GDĐT có bao nhiêu đảng viên?", "cau da bac dai bao nhieu met"]
    cosine = (shipped.encode_questions(questions) * same.encode_questions(questions)).sum(axis=1)
    assert cosine.min() > 0.999
    assert shipped.count_tokens(passages) == same.count_tokens(passages)
    assert same.encode_passages([]).shape == (0, 384)


@pytest.mark.models
def test_asking_imports_no_torch():
    code = (
        "import sys; from index.encoder import load_encoder; load_encoder().encode_questions(['Ai?']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
