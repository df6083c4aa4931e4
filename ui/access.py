"""What a chat is served with beside the page: to whom, how often, and for which programs.

Takes the options of ``hoidap chat``; refuses those that would open the articles to people who were not named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import UsageError
from ui.accounts import Accounts
from ui.origins import LOOPBACK_NAMES, is_loopback, is_network

if TYPE_CHECKING:
    from pathlib import Path

_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Access:
    """How a chat is served.

    :ivar accounts: the file of users; without one, whoever reaches the address is in.
    :ivar public_url: the address at which a reverse proxy shows the chat to others; what it says of visitors
        is believed.
    :ivar proxy: the address of that proxy, or its network, where it is not on this machine.
    :ivar per_minute: questions a minute of one user; four times as many of one address.  By default 60 with accounts,
        and as many as they like without.
    :ivar mcp: whether MCP clients may ask.
    :ivar metrics: whether figures for Prometheus are shown.
    :ivar log_questions: whether questions are written to the log.
    """

    accounts: Path | None = None
    public_url: str | None = None
    proxy: str | None = None
    per_minute: int | None = None
    mcp: bool = False
    metrics: bool = False
    log_questions: bool = False

    def check(self, host: str) -> None:
        """Refuse to listen where strangers could ask.

        :raises UsageError: ``host`` or the public address can be reached by others and there are no accounts, the
            public address is none, or the file of users is none.
        """
        if self.accounts is not None:
            Accounts(self.accounts)
        if self.accounts is None and not is_loopback(host):
            raise UsageError(
                f"Whoever reaches {host} could read every article: "
                "name the users with --auth FILE (`hoidap user add NAME --file FILE`), or leave --host out."
            )
        if self.public_url is None:
            if self.proxy is not None:
                raise UsageError("--proxy says where a proxy is: name what it shows with --public-url URL.")
            return
        if self.accounts is None:
            raise UsageError(
                f"Whoever reaches {self.public_url} could read every article: name the users with --auth FILE."
            )
        if not _public_name(self.public_url):
            raise UsageError(
                f"{self.public_url!r} is no address of a proxy: write it as https://hoidap.example.vn."
            )
        if self.proxy is not None and not is_network(self.proxy):
            raise UsageError(f"{self.proxy!r} is no address: write --proxy as 10.0.0.7 or 172.16.0.0/12.")

    def host_names(self, host: str) -> frozenset[str] | None:
        """What requests may call a server that listens on ``host``; ``None`` where it may be anything.

        Other names only matter where being on this machine is what lets a visitor in.
        """
        if not is_loopback(host):
            return None
        public = _public_name(self.public_url or "")
        return LOOPBACK_NAMES | {host} | ({public} if public else set())

    @property
    def is_https(self) -> bool:
        """Whether others reach the chat by HTTPS only."""
        return urlsplit(self.public_url or "").scheme == "https"

    @property
    def proxies(self) -> list[str] | None:
        """The addresses and networks whose word about visitors is believed; ``None`` without a proxy."""
        if self.public_url is None:
            return None
        return ["127.0.0.1", "::1", *([self.proxy] if self.proxy else [])]

    @property
    def questions_per_minute(self) -> int | None:
        """Questions a minute of one user; ``None`` for any number."""
        if self.per_minute is not None:
            return self.per_minute
        return _PER_MINUTE if self.accounts else None


def _public_name(url: str) -> str | None:
    """The name in the address of a proxy, as browsers send it; ``None`` where it is no such address.

    >>> _public_name("https://hỏiđáp.vn/"), _public_name("https://[x"), _public_name("ftp://a.vn")
    ('xn--hip-fla3vo54n.vn', None, None)
    """
    try:
        parts = urlsplit(url)
        name = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        return None
    return name if parts.scheme in {"http", "https"} and name and not parts.path.strip("/") else None
