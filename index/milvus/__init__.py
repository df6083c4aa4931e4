"""The same index in Milvus, for collections that outgrow one machine: articles in, ranked passages out.

The reading order of the modules: where a collection is (:mod:`~index.milvus.place`), what it is made of
(:mod:`~index.milvus.schema`), how it is talked to (:mod:`~index.milvus.database`), BM25 in two halves
(:mod:`~index.milvus.weights`), what becomes of an article (:mod:`~index.milvus.rows`), how all of it is written
(:mod:`~index.milvus.build`) and searched (:mod:`~index.milvus.search`).  Milvus Lite, which needs no server, takes the
same calls as a cluster.  ``pymilvus`` is imported when a collection is first talked to.
"""
