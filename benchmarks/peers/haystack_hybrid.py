"""Haystack's side of :mod:`benchmarks.hybrids`: run by the interpreter of an environment that has ``haystack-ai``.

Reads ``asked.json``, ``passages.npy`` and ``questions.npy`` of a folder, writes ``found.json``.  Nothing of hoidap is
imported.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

CANDIDATES = 100  # of either side, as in hoidap


def main() -> None:
    """Find every question and write what was found and how long it took."""
    folder = Path(sys.argv[1])
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    vectors = np.load(folder / "passages.npy")
    store = InMemoryDocumentStore(embedding_similarity_function="dot_product", return_embedding=False)
    store.write_documents(
        [
            Document(content=text, embedding=vector.tolist(), meta={"article": article})
            for (article, text), vector in zip(asked["passages"], vectors, strict=True)
        ]
    )
    words = InMemoryBM25Retriever(store, top_k=CANDIDATES)
    near = InMemoryEmbeddingRetriever(store, top_k=CANDIDATES)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=asked["depth"])
    found, seconds = [], []
    for question, vector in zip(asked["questions"], np.load(folder / "questions.npy"), strict=True):
        start = time.perf_counter()
        sides = [
            words.run(query=question)["documents"],
            near.run(query_embedding=vector.tolist())["documents"],
        ]
        joined = joiner.run(documents=sides)["documents"]
        seconds.append(time.perf_counter() - start)
        found.append([document.meta["article"] for document in joined])
    (folder / "found.json").write_text(json.dumps({"found": found, "seconds": seconds}), encoding="utf-8")


if __name__ == "__main__":
    main()
