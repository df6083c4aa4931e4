"""Passwords → what is kept of them: scrypt with a salt of its own for each, from the standard library.

Takes and gives text.  Leaves out who has which password: see :mod:`ui.accounts`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from functools import cache

# OWASP's Password Storage Cheat Sheet: N = 2^15, r = 8, p = 3 takes 32 MiB and about a quarter of a second.
_N, _R, _P = 2**15, 8, 3
_SALT_BYTES = 16
_KEPT = re.compile(r"scrypt\$(\d{1,7})\$[1-9]\$[1-9]\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=")
_POWERS = {1 << power for power in range(1, 21)}  # scrypt takes no other N


def hash_password(password: str) -> str:
    """What may be kept of a password: ``scrypt$N$r$p$salt$hash``, salt and hash in base64."""
    salt = secrets.token_bytes(_SALT_BYTES)
    derived = _scrypt(password, salt=salt, n=_N, r=_R, p=_P)
    return "$".join(("scrypt", str(_N), str(_R), str(_P), _to_text(salt), _to_text(derived)))


def is_kept(text: object) -> bool:
    """Whether something was kept of a password: from :func:`hash_password`, and not damaged beyond use.

    >>> is_kept("scrypt$32769$8$3$" + "a" * 22 + "==$" + "a" * 43 + "=")
    False
    """
    found = _KEPT.fullmatch(text) if isinstance(text, str) else None
    return found is not None and int(found[1]) in _POWERS


def is_password(password: str, kept: str | None) -> bool:
    """Whether a password is the one of which ``kept`` was kept.

    Takes as long where nothing is kept, so that nobody learns by the time it takes who has an account.

    :param kept: from :func:`hash_password`; ``None`` where there is no such user.
    """
    _, n, r, p, salt, derived = (kept or _of_nobody()).split("$")
    found = _scrypt(password, salt=base64.b64decode(salt), n=int(n), r=int(r), p=int(p))
    return hmac.compare_digest(found, base64.b64decode(derived)) and kept is not None


@cache
def _of_nobody() -> str:
    return hash_password(secrets.token_hex())


def _scrypt(password: str, *, salt: bytes, n: int, r: int, p: int) -> bytes:
    # NFC, as RFC 8265 asks: "ề" is one or two characters, whatever the keyboard makes of it
    typed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(typed, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=32)


def _to_text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
