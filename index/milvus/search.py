"""A question in, the passages that may answer it out, from Milvus: the same as :class:`index.search.Index`.

Milvus narrows the collection down to the first hundred by vectors and the first hundred by terms, filters included;
both scores of all of them, their fusion and their order are ours, so that a passage is judged the same wherever it
lies.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.encoder import load_encoder
from index.errors import HoidapError, IndexMismatch, UsageError
from index.fusion import dense_weight, fuse, ranking, relative
from index.hit import ArticleSummary, Hit
from index.milvus.database import Database
from index.milvus.filters import literal, passing
from index.milvus.manifest import Manifest, current_number
from index.milvus.remembered import Remembered
from index.milvus.rows import ARTICLE_FIELDS, SUMMARY_FIELDS, article_of, day_of, sentences_of
from index.milvus.schema import ARTICLES, SHORT_FORMS
from index.milvus.tally import frequencies
from index.milvus.weights import channel, dimensions, question_weights
from index.search import check_days, check_question
from index.short_forms import ShortForm
from index.terms import question_terms, term_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from index.article import Article
    from index.encoder import Encoder
    from index.milvus.place import Place

    Row = dict[str, Any]

_CANDIDATES = 100  # from each side, as in a local index
_FIELDS = ("article", "id", "start", "end", "sentences")
_LISTED = 10_000  # articles; a longer list is searched, not read
_FORMS = 500  # rows that are looked at for one question; "UBND" may be in every file


class MilvusIndex:
    """One state of a collection, opened for questions; safe to share between threads.

    :ivar encoder: makes the vectors of questions.
    """

    def __init__(self, database: Database, manifest: Manifest, encoder: Encoder) -> None:
        self.encoder = encoder
        self._database = database
        self._manifest = manifest
        self._channel = channel(manifest.layout)
        self._sides = ThreadPoolExecutor(2, "milvus")
        # dropped with this state: the next one is another object
        self._articles = Remembered(self._look_up_articles, most=256)
        self._frequencies = Remembered(lambda terms: frequencies(terms, database), most=100_000)

    @classmethod
    def open(cls, place: Place, *, load: Callable[[str | None], Encoder] = load_encoder) -> MilvusIndex:
        """Open the collection at ``place``.

        :param load: gives the encoder for a name.
        :raises IndexNotFound: there is none.
        :raises IndexMismatch: it was made by another format version or another version of its encoder.
        :raises EngineFailed: Milvus does not answer.
        :raises ModelNotFound: pymilvus is not installed.
        """
        database = Database.connect(place)
        try:
            manifest = Manifest.read(database)
            encoder = load(manifest.encoder_name)
            if encoder.identity != manifest.encoder:
                raise IndexMismatch(
                    f"The collection {place} was made by the encoder {manifest.encoder}, this is {encoder.identity}: "
                    "run `hoidap index --rebuild` to embed its articles again."
                )
        except HoidapError:
            database.close()
            raise
        return cls(database, manifest, encoder)

    def __len__(self) -> int:
        """Number of passages."""
        return self._manifest.passages

    @property
    def number(self) -> int:
        """Counts up with every change of the collection."""
        return self._manifest.number

    @property
    def is_current(self) -> bool:
        """Whether the collection has not changed since it was opened."""
        return current_number(self._database) == self.number

    def renewed(self) -> MilvusIndex:
        """The collection as it is now, over the same connection."""
        return MilvusIndex(self._database, Manifest.read(self._database), self.encoder)

    def close(self) -> None:
        """Close the connection."""
        self._sides.shutdown()
        self._database.close()

    def search(
        self,
        question: str,
        *,
        k: int = 5,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        article: str | None = None,
    ) -> tuple[Hit, ...]:
        """The ``k`` passages that most likely answer the question, best first; see :meth:`index.search.Index.search`.

        :raises UsageError: the question is empty or too long; the first day comes after the last.
        """
        check_question(question)
        check_days(since, until)
        if k < 1:
            raise UsageError(f"k is {k}: ask for one passage or more.")
        passing_rows = passing(
            since=since, until=until, source=source, article=article, years=self._manifest.years
        )
        return (
            self._rank(question, k=k, filter=passing_rows) if len(self) and passing_rows is not None else ()
        )

    def rarity(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """How much each term narrows the collection down; see :meth:`index.search.Index.rarity`."""
        return np.log((len(self) + 1) / (self.frequency(terms) + 0.5))

    def frequency(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """How many passages hold each term, shape (terms,)."""
        asked = dimensions(term_ids(terms)).tolist()
        held = self._frequencies(asked)
        return np.array([held[term] for term in asked], np.int64)

    def short_forms(self, *, shorts: Sequence[str] = (), longs: Sequence[str] = ()) -> tuple[ShortForm, ...]:
        """The abbreviations with one of these folded short or long forms; see :meth:`index.search.Index.short_forms`.

        Counted over a few hundred files that have one.
        """
        asked = [
            f"{field} in [{','.join(map(literal, values))}]"
            for field, values in (("folded_short", shorts), ("folded_long", longs))
            if values
        ]
        if not asked:
            return ()
        rows = self._database.rows(
            SHORT_FORMS,
            " or ".join(asked),
            fields=["short", "long", "folded_long", "defined"],
            limit=_FORMS,
        )
        files = Counter((row["short"], row["folded_long"], row["defined"]) for row in rows)
        written = {
            (row["short"], row["folded_long"], row["defined"]): row["long"]
            for row in sorted(rows, key=lambda row: str(row["long"]))
        }
        forms = sorted(files, key=lambda form: (not form[2], -files[form], form[0], written[form]))
        return tuple(ShortForm(form[0], written[form], bool(form[2])) for form in forms)

    def article(self, id: str) -> Article | None:
        """The article with this identifier, ``None`` where the collection has none."""
        found = self._database.rows(ARTICLES, f"id == {literal(id)}", fields=ARTICLE_FIELDS, limit=1)
        return article_of(found[0]) if found else None

    def articles(self) -> tuple[ArticleSummary, ...]:
        """What is indexed, in the order of identifiers; ten thousand articles where there are more."""
        rows = self._database.rows(ARTICLES, "", fields=SUMMARY_FIELDS, limit=_LISTED)
        summaries = (
            ArticleSummary(
                row["id"], row["title"], day_of(row["published"]), row["source"] or None, row["passages"]
            )
            for row in rows
        )
        return tuple(sorted(summaries, key=lambda summary: summary.id))

    def _look_up_articles(self, keys: list[int]) -> dict[int, Article]:
        rows = self._database.rows_by_key(ARTICLES, keys, fields=ARTICLE_FIELDS)
        return {row["key"]: article_of(row) for row in rows}

    def _rank(self, question: str, *, k: int, filter: str) -> tuple[Hit, ...]:
        asked = term_ids(question_terms(question))
        places = dimensions(asked).tolist()
        held = self._frequencies(places)
        wanted = _Wanted(
            terms=asked,
            worth=question_weights(
                asked, np.array([held[place] for place in places], np.int64), self._manifest
            ),
            vector=self.encoder.encode_questions([question])[0],
            filter=filter,
            depth=max(k, _CANDIDATES),
        )
        sides = (self._sides.submit(self._by_terms, wanted), self._sides.submit(self._by_vector, wanted))
        by_terms, by_vector = (side.result() for side in sides)
        found = sorted({one.place: one for one in (*by_terms, *by_vector)}.values(), key=_by_place)
        fused = relative(
            fuse(
                np.array([one.bm25 for one in found]),
                np.array([one.cosine for one in found]),
                weight=dense_weight(question),
            )
        )
        ranks = [
            {one.place: rank for rank, one in enumerate(side, start=1)} for side in (by_terms, by_vector)
        ]
        hits: list[Hit] = []
        best = ranking(fused).tolist()
        for start in range(0, len(best), k):  # a second time only where an article was deleted meanwhile
            articles = self._articles(found[row].row["article"] for row in best[start : start + k])
            for row in best[start : start + k]:
                one = found[row]
                if (article := articles.get(one.row["article"])) is not None:
                    hits.append(
                        Hit(
                            article=article,
                            start=one.row["start"],
                            end=one.row["end"],
                            sentences=sentences_of(one.row),
                            score=float(fused[row]),
                            bm25_rank=ranks[0].get(one.place),
                            dense_rank=ranks[1].get(one.place),
                            cosine=one.cosine,
                        )
                    )
            if len(hits) >= k:
                break
        return tuple(hits[:k])

    def _by_terms(self, wanted: _Wanted) -> list[_Candidate]:
        """The first passages by BM25."""
        if not wanted.worth:
            return []
        rows = self._database.nearest(
            self._channel.field,
            self._channel.wanted(wanted.worth, wanted.terms),
            limit=wanted.depth,
            filter=wanted.filter,
            fields=(*_FIELDS, "vector", *(() if self._channel.gives_scores else self._channel.holds)),
            metric=self._channel.metric,
        )
        found = (
            _Candidate(
                row,
                bm25=score if self._channel.gives_scores else self._bm25(row, wanted),
                cosine=_cosine(row, wanted.vector),
            )
            for row, score in rows
        )
        return sorted((one for one in found if one.bm25 > 0), key=lambda one: (-one.bm25, _by_place(one)))

    def _by_vector(self, wanted: _Wanted) -> list[_Candidate]:
        """The first passages by vectors."""
        layout = self._manifest.layout
        rows = self._database.nearest(
            "vector",
            wanted.vector.tolist(),
            limit=wanted.depth,
            filter=wanted.filter,
            fields=(*_FIELDS, *self._channel.holds, *(() if layout.gives_cosines else ("vector",))),
            parameters=layout.searched_with,
        )
        found = (
            _Candidate(
                row,
                bm25=self._bm25(row, wanted),
                cosine=score if layout.gives_cosines else _cosine(row, wanted.vector),
            )
            for row, score in rows
        )
        return sorted(found, key=lambda one: (-one.cosine, _by_place(one)))

    def _bm25(self, row: Row, wanted: _Wanted) -> float:
        mean_length = self._manifest.statistics.mean_length
        return self._channel.score(row, wanted.worth, mean_length=mean_length)


class _Wanted(NamedTuple):
    """A question as the two sides search for it."""

    terms: NDArray[np.uint64]
    worth: dict[int, float]
    vector: NDArray[np.float32]
    filter: str
    depth: int


class _Candidate(NamedTuple):
    """A passage that one side found, with the scores of both."""

    row: Row
    bm25: float
    cosine: float

    @property
    def place(self) -> tuple[str, int]:
        """Its article and where it starts: the total order of passages, as in a local index."""
        return self.row["id"], self.row["start"]


def _by_place(one: _Candidate) -> tuple[str, int]:
    return one.place


def _cosine(row: Row, vector: NDArray[np.float32]) -> float:
    return float(np.asarray(row["vector"], np.float32) @ vector)
