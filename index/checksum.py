"""The values of a row → a number that tells when one of them has changed on the disk.

Against bad disks and cut files, not against people: who can write the database can write its checksums, too.
"""

from __future__ import annotations

import hashlib

Value = int | float | str | bytes | None
"""What SQLite keeps in a column."""


def checksum(*values: Value) -> int:
    """A number of 64 bits with sign, over the values, their types and their order.

    :returns: the same in every process and on every machine.

    >>> checksum("Đảng", None, 7), checksum("Đản", "g", 7)
    (-6072473683994997939, 7292528958373704431)
    """
    digest = hashlib.blake2b(digest_size=8)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        digest.update(f"{type(value).__name__} {len(data)} ".encode())
        digest.update(data)
    return int.from_bytes(digest.digest(), "big", signed=True)
