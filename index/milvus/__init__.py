"""The same index in Milvus, for collections that outgrow one machine: articles in, ranked passages out.

The reading order of the modules: where a collection is (:mod:`~index.milvus.place`), what it is made of
(:mod:`~index.milvus.schema`), how it is talked to (:mod:`~index.milvus.database`), BM25 in two halves
(:mod:`~index.milvus.weights`), what becomes of an article (:mod:`~index.milvus.rows`), how all of it is written
(:mod:`~index.milvus.reading`, :mod:`~index.milvus.build`) and searched (:mod:`~index.milvus.search`).  A first load may
go by files: one of them (:mod:`~index.milvus.parquet`), some that belong together (:mod:`~index.milvus.part`,
:mod:`~index.milvus.parts`), a cluster's import (:mod:`~index.milvus.importing`), all of it (:mod:`~index.milvus.bulk`).
Milvus Lite, which needs no server, takes the same calls as a cluster.  ``pymilvus`` is imported when a collection is
first talked to.
"""
