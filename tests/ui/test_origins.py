import pytest
from starlette.datastructures import Headers

from ui.origins import LOOPBACK_NAMES, client_key, is_known_host, is_own_request


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "LOCALHOST:1", "[::1]:7860"])
def test_the_names_of_this_machine_are_known(host):
    assert is_known_host(Headers({"host": host}), names=LOOPBACK_NAMES)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:7860",
        "",
        "[::1",
        "localhost.",
        "a@localhost.x",
    ],
)
def test_another_name_that_leads_here_is_not(host):
    assert not is_known_host(Headers({"host": host}), names=LOOPBACK_NAMES)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:7860"}),
        ("POST", {"origin": "http://127.0.0.1:7860"}),
        ("POST", {"origin": "https://127.0.0.1:7860"}),  # a proxy takes the s away
        ("POST", {}),  # a program
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}),  # a link from elsewhere
        ("GET", {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}),
    ],
)
def test_own_pages_programs_and_links_get_through(method, headers):
    assert is_own_request(Headers({"host": "127.0.0.1:7860", **headers}), method=method)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}),  # a form of another site
        ("POST", {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}),
        ("POST", {"origin": "http://evil.example"}),
        ("POST", {"origin": "http://127.0.0.1:8000"}),  # another server of this machine
        ("POST", {"origin": "null"}),
        ("POST", {"origin": "http://["}),
        ("POST", {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "cross-site"}),
        ("DELETE", {"origin": "http://evil.example"}),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}),
    ],
)
def test_what_another_site_makes_the_browser_send_does_not(method, headers):
    assert not is_own_request(Headers({"host": "127.0.0.1:7860", **headers}), method=method)


def test_an_ipv6_subscriber_is_one_address_and_mapped_ipv4_is_ipv4():
    assert client_key("2001:db8:0:1::1") == client_key("2001:db8:0:1:ffff::2")
    assert client_key("2001:db8:0:1::1") != client_key("2001:db8:0:2::1")
    assert client_key("::ffff:192.0.2.7") == "192.0.2.7"
    assert client_key("nowhere") == "nowhere"
