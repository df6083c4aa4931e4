"""Who may use the chat: a file of users, read again when it changes.

Takes names, passwords and tokens; says whose they are.  The file holds what :mod:`ui.passwords` keeps of passwords and
the SHA-256 of tokens, nothing that could be used to log in.  Leaves out sessions (:mod:`ui.sessions`), what happens
after wrong guesses (:mod:`ui.lockout`) and the commands that edit the file (:mod:`ui.user_commands`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import secrets
import stat
import tempfile
import threading
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.errors import UsageError
from ui.passwords import hash_password, is_kept, is_password

logger = logging.getLogger("hoidap.access")

_FORMAT = 1
_NAME = re.compile(r"[\w.@+-]{1,64}")
SHORTEST_PASSWORD = 10  # characters
LONGEST_PASSWORD = 1000
_TOKEN_BYTES = 32
_TOKEN_PREFIX = "hoidap_"  # says what it is where one is found


@dataclass(frozen=True, slots=True)
class Account:
    """One user.

    :ivar password: what is kept of the password.
    :ivar tokens: SHA-256 of the tokens that programs log in with, in hexadecimal digits.
    """

    name: str
    password: str
    tokens: tuple[str, ...] = ()


class Accounts:
    """The users of one file, as the file is now; safe to share between threads.

    A user who is removed from the file, or whose password is changed, is out at once.  Where the file can no longer be
    read, nobody is in.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reading = threading.Lock()
        self._signature = _signature(path)
        self._accounts = read_accounts(path)
        if not self._accounts:
            raise UsageError(f"{path} names no user: run `hoidap user add NAME --file {path}`.")

    def login(self, name: str, password: str) -> Account | None:
        """The account with this name and password; takes as long for a name that nobody has."""
        account = self.get(name)
        if len(password) > LONGEST_PASSWORD:
            password = ""
        return account if is_password(password, account.password if account else None) else None

    def get(self, name: str) -> Account | None:
        """The account with this name."""
        return self._current().get(plain_name(name))

    def of_token(self, token: str) -> Account | None:
        """The account that a program's token belongs to."""
        wanted = _fingerprint(
            token
        )  # 256 random bits need no salt, and looking up a digest tells no part of a token
        return next((account for account in self._current().values() if wanted in account.tokens), None)

    def _current(self) -> dict[str, Account]:
        with self._reading:
            signature = _signature(self._path)
            if signature != self._signature:
                self._signature = signature
                try:
                    self._accounts = read_accounts(self._path)
                except UsageError as error:
                    logger.error("nobody can log in: %s", error)
                    self._accounts = {}
            return self._accounts


def plain_name(name: str) -> str:
    """A name as it is compared: ``Lan`` and ``lan`` are one user."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def read_accounts(path: Path) -> dict[str, Account]:
    """The accounts of a file, by name.

    :raises UsageError: the file is missing or damaged, or others may write to it.
    """
    try:
        text = path.read_text(encoding="utf-8")
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The file of users {path} cannot be read ({error}): make one with `hoidap user add NAME --file {path}`."
        ) from error
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise UsageError(f"Others may write to the file of users {path}: run `chmod 600 {path}`.")
    try:
        kept = json.loads(text)
        if kept["format"] != _FORMAT:
            raise ValueError(f"format {kept['format']} is not {_FORMAT}")
        if not all(_NAME.fullmatch(user["name"]) and is_kept(user["password"]) for user in kept["users"]):
            raise ValueError("what is kept of a user is damaged")
        accounts = [Account(user["name"], user["password"], tuple(user["tokens"])) for user in kept["users"]]
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} is no file of users ({error}): make one with `hoidap user add NAME --file FILE`."
        ) from error
    return {account.name: account for account in accounts}


def write_accounts(path: Path, accounts: dict[str, Account]) -> None:
    """Replace the file at once, readable by its owner only.

    :raises UsageError: the folder cannot be written to.
    """
    users = [asdict(accounts[name]) for name in sorted(accounts)]
    text = json.dumps({"format": _FORMAT, "users": users}, ensure_ascii=False, indent=1) + "\n"
    try:
        handle, temporary = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}."
        )  # mkstemp's mode is 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error}): choose another --file.") from error


def new_account(name: str, password: str) -> Account:
    """An account with this password.

    :raises UsageError: the name or the password cannot be used.
    """
    name = plain_name(name)
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no user name: use letters, digits and . _ - + @, 64 at most.")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(f"The password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    return Account(name, hash_password(password))


def with_token(account: Account) -> tuple[Account, str]:
    """The account with a token more, and the token, which is kept nowhere."""
    token = _TOKEN_PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
    return replace(account, tokens=(*account.tokens, _fingerprint(token))), token


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
