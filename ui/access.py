"""What a chat is served with beside the page: to whom, how often, and for which programs.

Takes the options of ``hoidap chat``; refuses those that would open the articles to people who were not named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import UsageError
from ui.accounts import Accounts
from ui.origins import LOOPBACK_NAMES, is_loopback

if TYPE_CHECKING:
    from pathlib import Path

_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Access:
    """How a chat is served.

    :ivar accounts: the file of users; without one, whoever reaches the address is in.
    :ivar public_url: the address at which a reverse proxy on this machine shows the chat to others; what such a proxy
        says of visitors is believed.
    :ivar per_minute: questions a minute of one user; four times as many of one address.  By default 60 with accounts,
        and as many as they like without.
    :ivar mcp: whether MCP clients may ask.
    :ivar metrics: whether figures for Prometheus are shown.
    :ivar log_questions: whether questions are written to the log.
    """

    accounts: Path | None = None
    public_url: str | None = None
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
            return
        if self.accounts is None:
            raise UsageError(
                f"Whoever reaches {self.public_url} could read every article: name the users with --auth FILE."
            )
        parts = urlsplit(self.public_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise UsageError(
                f"{self.public_url!r} is no address of a proxy: write it as https://hoidap.example.vn."
            )

    def host_names(self, host: str) -> frozenset[str] | None:
        """What requests may call a server that listens on ``host``; ``None`` where it may be anything.

        Other names only matter where being on this machine is what lets a visitor in.
        """
        if not is_loopback(host):
            return None
        public = urlsplit(self.public_url).hostname if self.public_url else None
        return LOOPBACK_NAMES | {host} | ({public} if public else set())

    @property
    def questions_per_minute(self) -> int | None:
        """Questions a minute of one user; ``None`` for any number."""
        if self.per_minute is not None:
            return self.per_minute
        return _PER_MINUTE if self.accounts else None
