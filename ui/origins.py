"""Headers of a request → whether it comes from where it says: pure functions over names and addresses.

Against DNS rebinding (another site's name that resolves to this machine) and against requests that a page of another
site makes in the visitor's browser (CSRF).
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.datastructures import Headers

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_network(text: str) -> bool:
    """Whether a text is an address, or a network of addresses.

    >>> is_network("10.0.0.7"), is_network("172.16.0.0/12"), is_network("proxy")
    (True, True, False)
    """
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def host_name(host: str) -> str:
    """The name in a ``Host`` header, without the port.

    >>> host_name("127.0.0.1:7860"), host_name("[::1]:7860"), host_name("bao.vn")
    ('127.0.0.1', '::1', 'bao.vn')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_known_host(headers: Headers, *, names: Collection[str] | None) -> bool:
    """Whether the request was meant for this server.

    :param names: what this server is called; ``None`` where it may be called anything.
    """
    return names is None or host_name(headers.get("host", "")) in names


def is_own_request(headers: Headers, *, method: str) -> bool:
    """Whether a request was made by this server's own pages, by the visitor or by a program.

    Browsers tell where a request comes from, in ``Sec-Fetch-Site`` where the connection is safe from eavesdroppers,
    else in ``Origin``; programs send neither.  A link from another site may open a page.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        own = site in {"same-origin", "none"}
        return own or (method == "GET" and headers.get("sec-fetch-mode") == "navigate")
    origin = headers.get("origin")
    if origin is None or method in _SAFE_METHODS:
        return True
    return _authority(origin) == headers.get("host", "").casefold()


def client_key(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 network that an IPv6 subscriber has to himself.

    >>> client_key("192.0.2.7"), client_key("2001:db8::1:2")
    ('192.0.2.7', '2001:db8::/64')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _authority(origin: str) -> str | None:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc.casefold() if parts.scheme in {"http", "https"} else None
