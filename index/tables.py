"""The tables of the database, as SQL; what they mean is told in :mod:`index.store`."""

from __future__ import annotations

from hashlib import sha256

FILES = """
CREATE TABLE files (
    key INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    encoder TEXT NOT NULL,
    live INTEGER NOT NULL DEFAULT 0,
    retired INTEGER
)
"""

KEPT = """
CREATE TABLE IF NOT EXISTS kept (
    text BLOB NOT NULL,
    encoder TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (text, encoder)
) WITHOUT ROWID
"""
"""Vectors of an older format, by the texts that they were made of; none once a run has used them."""

# What is live is told from the index passages_article alone: a passage is too long to be read for its checksum.
CONTENTS = """
CREATE TABLE articles (
    key INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    source TEXT,
    text TEXT NOT NULL,
    furniture TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX articles_file ON articles (file);
CREATE INDEX articles_id ON articles (id);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences BLOB NOT NULL,
    term_ids BLOB NOT NULL,
    term_counts BLOB NOT NULL,
    vector BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX passages_article ON passages (article, checksum);
CREATE TABLE short_forms (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    short TEXT NOT NULL,
    long TEXT NOT NULL,
    defined INTEGER NOT NULL,
    folded_short TEXT NOT NULL,
    folded_long TEXT NOT NULL,
    checksum INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX short_forms_file ON short_forms (file);
CREATE INDEX short_forms_short ON short_forms (folded_short);
CREATE INDEX short_forms_long ON short_forms (folded_long)
"""
"""What was read from the files."""


def text_key(text: str) -> bytes:
    """What a text goes by in :data:`KEPT`."""
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
