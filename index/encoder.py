"""Texts in, unit vectors out: the shipped encoder, or any sentence-transformers model by name or path.

The shipped encoder runs on onnxruntime and tokenizers alone; a text has the same vector whatever else is encoded
with it, to the last bit.  Vectors of other sentence-transformers models may differ by some 1e-6 with the batch
that they were in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelNotFound
from index.normalize import sound
from index.onnx_model import OnnxModel

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SHIPPED = Path(__file__).with_name("encoder_model")
QUESTION_PREFIX = "query: "
PASSAGE_PREFIX = "passage: "
POSITIONS = 512
LONGEST_PIECE = 16
"""Letters; a text of POSITIONS * LONGEST_PIECE letters fills every position."""


class Encoder(Protocol):
    """What indexing and searching need of an encoder."""

    @property
    def identity(self) -> str:
        """Name and version; kept in the index and compared on opening."""

    @property
    def dimension(self) -> int:
        """Values per vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that are read; the rest is cut off."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, without special tokens and prefix."""

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit row for each question, (n, dimension)."""

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return a unit row for each passage, (n, dimension).

        :param progress: called with the number of passages that were done since the last call.
        """


def load_encoder(name: str | None = None) -> Encoder:
    """Load the shipped encoder, or a sentence-transformers model.

    :param name: a folder, or a name on the model hub; ``None`` for the shipped encoder.
    :raises ModelNotFound: if it is not on this machine and cannot be fetched.
    """
    return OnnxEncoder.from_folder(SHIPPED) if name is None else TorchEncoder.from_name(name)


class OnnxEncoder:
    """An encoder in the shipped format; see :class:`index.onnx_model.OnnxModel`."""

    def __init__(self, model: OnnxModel) -> None:
        self._model = model
        self.dimension: int = model.output_shape[-1]
        self.max_tokens = POSITIONS - len(model.tokenizer.encode(PASSAGE_PREFIX).ids)

    @classmethod
    def from_folder(cls, folder: Path) -> OnnxEncoder:
        """Load the model; takes about a tenth of a second.

        :raises ModelNotFound: if a file is missing.
        """
        return cls(OnnxModel.from_folder(folder))

    @property
    def identity(self) -> str:
        """``hoidap-encoder-1:`` and 16 hexadecimal digits over the weights, the graph and the tokenizer."""
        return f"hoidap-encoder-1:{self._model.digest}"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, without special tokens and prefix."""
        encodings = self._model.tokenizer.encode_batch_fast(
            [sound(text) for text in texts], add_special_tokens=False
        )
        return [len(encoding.ids) for encoding in encodings]

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit row for each question, (n, dimension)."""
        return self._encode(texts, QUESTION_PREFIX, None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return a unit row for each passage, (n, dimension).

        :param progress: called with the number of passages that were done since the last call.
        """
        return self._encode(texts, PASSAGE_PREFIX, progress)

    def _encode(
        self, texts: Sequence[str], prefix: str, progress: Callable[[int], None] | None
    ) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        tokens = [self._tokens(prefix + text) for text in texts]
        for row, vector in enumerate(self._model.run_all(tokens)):
            vectors[row] = vector
            if progress is not None:
                progress(1)
        return vectors

    def _tokens(self, text: str) -> list[int]:
        ids: list[int] = self._model.tokenizer.encode(sound(text[: POSITIONS * LONGEST_PIECE])).ids
        return [*ids[: POSITIONS - 1], ids[-1]] if len(ids) > POSITIONS else ids


class TorchEncoder:
    """Any sentence-transformers model, with its own prompts for queries and documents."""

    BATCH = 16

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self._name = name
        self._model = model
        self.dimension = model.get_embedding_dimension() or len(model.encode([""])[0])
        self.max_tokens = model.max_seq_length or POSITIONS

    @classmethod
    def from_name(cls, name: str) -> TorchEncoder:
        """Load a folder, or a model from the local cache of the model hub; nothing is fetched.

        :raises ModelNotFound: if it is in neither place.
        """
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils.logging import disable_progress_bar
        except ImportError as error:
            raise ModelNotFound(f"--encoder {name} needs: pip install sentence-transformers") from error
        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return cls(name, SentenceTransformer(name, local_files_only=True))
        except (OSError, ValueError) as error:
            raise ModelNotFound(
                f"There is no sentence-transformers model {name} on this machine: give the folder of one, "
                f"or fetch it with `hf download {name}` where there is a network."
            ) from error

    @cached_property
    def identity(self) -> str:
        """The name, of a folder without the way to it, and 16 hexadecimal digits over all parameters."""
        digest = sha256()
        for name, value in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(value.float().cpu().contiguous().numpy().data)
        return f"{Path(self._name).name}:{digest.hexdigest()[:16]}"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, without special tokens and prefix."""
        if not texts:
            return []
        safe = [sound(text) for text in texts]
        encoded = self._model.tokenizer(safe, add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit row for each question, (n, dimension)."""
        return self._encode(self._model.encode_query, texts, None)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return a unit row for each passage, (n, dimension).

        :param progress: called with the number of passages that were done since the last call.
        """
        return self._encode(self._model.encode_document, texts, progress)

    def _encode(
        self, encode: Callable[..., Any], texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: (-len(texts[row]), row))
        for start in range(0, len(order), self.BATCH):
            rows = order[start : start + self.BATCH]
            vectors[rows] = encode([sound(texts[row]) for row in rows], normalize_embeddings=True)
            if progress is not None:
                progress(len(rows))
        return vectors
