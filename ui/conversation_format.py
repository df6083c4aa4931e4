"""The tables that conversations are kept in: made, and brought up to date from the format before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

FORMAT = 2
"""Format 2 has checksums."""
SUM = "checksum(conversation, number, asked, turn, versions)"
"""What the checksum of a turn has to be, in SQL."""
_SCHEMA = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX newest ON conversations (owner, updated);
CREATE TABLE turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, asked TEXT NOT NULL, turn TEXT NOT NULL, versions TEXT NOT NULL,
    checksum INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID
"""


def bring_up_to_date(database: sqlite3.Connection) -> None:
    """Make the tables, or give those of the format before their checksums; in one transaction, and once."""
    database.execute("BEGIN IMMEDIATE")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version == 0:
        for statement in _SCHEMA.split(";"):
            database.execute(statement)
    elif version == 1:
        database.execute("ALTER TABLE turns ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0")
        database.execute(f"UPDATE turns SET checksum = {SUM}")
    database.execute(f"PRAGMA user_version = {FORMAT}")
