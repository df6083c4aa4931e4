"""Sentences, a seed and a size → a folder of articles, and the database that `hoidap index` would make of it.

Embedding a million passages takes a day on two cores, so a thousand paragraphs of the data are embedded, and the
vector of a passage is one of theirs with noise added and made unit length again: a cosine of 0.96 to where it came
from.  Term counts are those of the text.  Abbreviations are left out: nothing here asks for them, and finding them
takes longer than all the rest.
The generation is not made here: that is what is measured.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_array

from index.article import Article, read_articles
from index.passage import Passage, sentences_of
from index.span import Span
from index.terms import term_counts
from index.writer import EncodedPassage, StoreWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from index.encoder import Encoder

CORPUS = Path(__file__).parent.parent / "corpus"
SENTENCES = 4  # a passage
PASSAGES = 10  # an article
REAL = 1_000  # paragraphs that are embedded
NOISE = 0.3  # length of what is added to a unit vector
_FILES = 1_000  # articles in one folder, and in one transaction


@dataclass(frozen=True, slots=True)
class Sources:
    """What collections are made of.

    :ivar paragraphs: texts of about the length of a passage, to be embedded.
    :ivar sentences: of the articles, each once.
    :ivar questions: real ones about them; none where the data have no questions.
    """

    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]
    questions: tuple[str, ...]

    @classmethod
    def read(cls, data: Path | None) -> Sources:
        """From the contexts and questions of ``.jsonl.gz`` files in a folder; from ``corpus/`` for ``None``."""
        if data is None:
            articles = [
                article
                for path in sorted(CORPUS.glob("*.txt"))
                for article in read_articles(path, id=path.name).articles
            ]
            sentences = _sentences(articles)
            runs = [" ".join(sentences[at : at + SENTENCES]) for at in range(0, len(sentences), SENTENCES)]
            return cls(tuple(runs), sentences, ())
        contexts: dict[str, None] = {}
        questions: dict[str, None] = {}
        for path in sorted(data.glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for fields in map(json.loads, lines):
                    contexts.setdefault(fields["context"])
                    if fields["answers"]:
                        questions.setdefault(fields["question"])
        articles = [Article.from_text(text, id=str(number)) for number, text in enumerate(contexts)]
        return cls(tuple(contexts), _sentences(articles), tuple(questions))

    def article(self, drawn: NDArray[np.int64], *, number: int) -> tuple[str, list[list[Span]]]:
        """The text of an article, and the sentences of its passages in it.

        :param drawn: numbers of sentences, shape (passages, sentences).
        """
        text = f"Bài số {number}\n"
        passages = []
        for row in drawn.tolist():
            spans: list[Span] = []
            for at in row:
                text += " " if spans else "\n"
                spans.append(Span(len(text), len(text) + len(self.sentences[at])))
                text += self.sentences[at]
            text += "\n"
            passages.append(spans)
        return text, passages

    def asked(self, count: int, *, random: np.random.Generator) -> list[str]:
        """Questions: real ones, or where there are none a dozen words out of sentences."""
        if self.questions:
            return [self.questions[at] for at in random.choice(len(self.questions), count, replace=False)]
        words = [self.sentences[at].split()[:12] for at in random.integers(len(self.sentences), size=count)]
        return [" ".join(some) for some in words]


class Maker:
    """Makes collections of any size out of the same sentences and vectors."""

    def __init__(self, sources: Sources, encoder: Encoder) -> None:
        self.sources = sources
        self._identity = encoder.identity
        self._counts = _SentenceTerms(sources)
        self._real = encoder.encode_passages(sources.paragraphs[:REAL])

    def make(self, folder: Path, *, size: int, random: np.random.Generator) -> None:
        """Write the articles into ``folder/articles`` and the database into ``folder/index``."""
        drawn = random.integers(len(self.sources.sentences), size=(size, SENTENCES))
        (folder / "index").mkdir(parents=True)
        store = StoreWriter.create(folder / "index")
        for start in range(0, size, _FILES * PASSAGES):
            block = drawn[start : start + _FILES * PASSAGES]
            encoded = zip(*self._counts.of(block), self._vectors(len(block), random=random), strict=True)
            with store:
                for first in range(0, len(block), PASSAGES):
                    number = (start + first) // PASSAGES
                    self._add(store, folder / "articles", block[first : first + PASSAGES], number, encoded)
        store.close()

    def _add(
        self,
        store: StoreWriter,
        folder: Path,
        drawn: NDArray[np.int64],
        number: int,
        encoded: Iterator[tuple[NDArray[np.uint64], NDArray[np.uint16], NDArray[np.float32]]],
    ) -> None:
        name = f"{number // _FILES:04}/{number:06}.txt"
        text, spans = self.sources.article(drawn, number=number)
        data = text.encode()
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        passages = [
            EncodedPassage(Passage(name, of[0].start, of[-1].end, tuple(of)), *next(encoded)) for of in spans
        ]
        article = Article(name, title=f"Bài số {number}", text=text)
        sha256 = hashlib.sha256(data).hexdigest()
        with patch("index.writer.short_forms", return_value=()):
            store.add_file(name, sha256=sha256, encoder=self._identity, articles=[(article, passages)])

    def _vectors(self, count: int, *, random: np.random.Generator) -> NDArray[np.float32]:
        """Unit rows, each near one of the encoder's."""
        length = NOISE / np.sqrt(self._real.shape[1])
        noise = random.normal(scale=length, size=(count, self._real.shape[1]))
        vectors: NDArray[np.float32] = self._real[random.integers(len(self._real), size=count)]
        vectors = (vectors + noise).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def _sentences(articles: list[Article]) -> tuple[str, ...]:
    """The sentences of a usual length; one line each, so that spans are easily told."""
    found = (
        " ".join(span.of(article.text).split()) for article in articles for span in sentences_of(article)
    )
    return tuple(dict.fromkeys(sentence for sentence in found if 40 <= len(sentence) <= 300))


class _SentenceTerms:
    """Term counts of passages, added up from those of their sentences: no pair of terms crosses a sentence."""

    def __init__(self, sources: Sources) -> None:
        pairs = [term_counts(sentence) for sentence in sources.sentences]
        self._ids, places = np.unique(np.concatenate([ids for ids, _ in pairs]), return_inverse=True)
        sizes = [len(ids) for ids, _ in pairs]
        counts = np.concatenate([counts for _, counts in pairs]).astype(np.int32)
        shape = (len(pairs), len(self._ids))
        self._counts = csr_array((counts, places, np.concatenate([[0], np.cumsum(sizes)])), shape=shape)

    def of(self, drawn: NDArray[np.int64]) -> tuple[list[NDArray[np.uint64]], list[NDArray[np.uint16]]]:
        """Term ids and counts of each passage."""
        chosen = csr_array(
            (
                np.ones(drawn.size, np.int32),
                drawn.ravel(),
                np.arange(0, drawn.size + 1, drawn.shape[1]),
            ),
            shape=(len(drawn), self._counts.shape[0]),
        )
        passages = chosen @ self._counts
        passages.sort_indices()
        ids, counts = self._ids[passages.indices], passages.data.astype(np.uint16)
        ends = passages.indptr[1:-1]
        return np.split(ids, ends), np.split(counts, ends)
