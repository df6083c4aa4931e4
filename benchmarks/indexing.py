"""How many passages a second `hoidap index` takes in, and how much of that time is the encoder's.

    python -m benchmarks.indexing

The articles are made with a seed from the sentences of corpus/, so that nothing outside the repository is needed.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from index.article import read_articles
from index.build import build_index
from index.encoder import load_encoder
from index.passage import cut_passages, search_text, sentences_of

_ARTICLES = 40
_SENTENCES = 60


def main() -> None:
    """Print the rates of one run."""
    corpus = Path(__file__).parent.parent / "corpus"
    sentences = [
        span.of(article.text)
        for path in sorted(corpus.glob("*.txt"))
        for article in read_articles(path, id=path.name).articles
        for span in sentences_of(article)
    ]
    draw = random.Random(5)
    encoder = load_encoder()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "articles"
        folder.mkdir()
        for number in range(_ARTICLES):
            lines = draw.choices(sentences, k=_SENTENCES)
            (folder / f"{number}.txt").write_text("\n".join(lines), encoding="utf-8")
        report = build_index([folder], index=Path(scratch) / "index")
        articles = [
            article
            for path in sorted(folder.iterdir())
            for article in read_articles(path, id=path.name).articles
        ]
    texts = [
        search_text(article, passage)
        for article in articles
        for passage in cut_passages(article, count_tokens=encoder.count_tokens)
    ]
    started = time.perf_counter()
    encoder.encode_passages(texts)
    alone = time.perf_counter() - started
    tokens = sum(encoder.count_tokens(texts))
    print(f"{report.passages} passages of {tokens / len(texts):.0f} tokens, header included")
    print(
        f"hoidap index     {report.passages / report.seconds:6.1f} passages/s  {tokens / report.seconds:8,.0f} tokens/s"
    )
    print(f"encoder alone    {len(texts) / alone:6.1f} passages/s  {tokens / alone:8,.0f} tokens/s")
    print(f"ratio            {alone / report.seconds:6.2f}")


if __name__ == "__main__":
    main()
