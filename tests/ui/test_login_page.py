import re
from pathlib import Path

import pytest

from ui.language import speaking
from ui.login_page import account_html, login_html, once_more_html
from ui.theme import STATIC, chat_theme

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'"


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Đăng nhập"), ("en", "Log in"), ("fr", "Đăng nhập"), (HOSTILE, "Đăng nhập")],
)
def test_the_page_says_which_language_it_speaks(language, words):
    page = login_html(wanted="/", language=language)
    assert f'<html lang="{"en" if language == "en" else "vi"}">' in page
    assert f'<button type="submit">{words}</button>' in page


def test_what_came_from_outside_is_inert():
    pages = (
        login_html(wanted=f"/?{HOSTILE}", name=HOSTILE, wrong=True),
        once_more_html(f"/?{HOSTILE}"),
        account_html(HOSTILE),
    )
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page


def test_every_box_has_its_label_and_a_problem_is_tied_to_them():
    page = login_html(wanted="/", name="lan", wrong=True)
    assert set(re.findall(r'<label for="(\w+)"', page)) == {"username", "password"}
    assert page.count('aria-describedby="problem"') == 2
    assert 'role="alert">Tên hoặc mật khẩu không đúng.' in page
    assert "lan" in page


@pytest.mark.parametrize(
    ("wait", "language", "words"),
    [
        (29.2, "vi", "sau 30 giây"),
        (900, "vi", "sau 15 phút"),
        (29.2, "en", "in 30 s"),
        (91, "en", "in 2 min"),
    ],
)
def test_who_has_to_wait_is_told_how_long(wait, language, words):
    assert words in login_html(wanted="/", language=language, wait=wait)


def test_the_password_typed_is_never_shown_again():
    assert (
        "value="
        not in re.search(r'<input id="password"[^>]*>', login_html(wanted="/", name="lan", wrong=True))[0]
    )


def test_nobody_is_offered_to_log_out_where_there_are_no_accounts():
    assert account_html(None) == ""
    assert 'method="post" action="logout"' in account_html("lan")


def test_who_logs_out_of_an_english_page_stays_in_english():
    with speaking("en"):
        assert 'action="logout?lang=en"' in account_html("lan")


def colours(scheme: str) -> dict[str, str]:
    style = (Path(STATIC) / "login.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): (#\w{6});", light))
    return found if scheme == "light" else {**found, **dict(re.findall(r"--([\w-]+): (#\w{6});", dark))}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_edges_stand_out_as_wcag_aa_asks(scheme):
    colour = colours(scheme)
    for text in ("ink", "subdued", "accent", "unsure"):
        assert contrast(colour[text], colour["panel"]) >= 4.5, text
    assert contrast(colour["button-ink"], colour["button"]) >= 4.5
    assert contrast(colour["edge"], colour["panel"]) >= 3


def test_the_colours_are_the_chat_s():
    theme = chat_theme()
    light, dark = colours("light"), colours("dark")
    assert (light["page"], dark["page"]) == (theme.neutral_50, theme.neutral_950)
    assert (light["ink"], dark["ink"]) == (theme.body_text_color, theme.body_text_color_dark)
    assert light["button"] == dark["button"] == theme.primary_600
    chat = (Path(STATIC) / "chat.css").read_text(encoding="utf-8")
    for name in ("accent", "unsure", "panel"):
        assert re.findall(rf"--{name}: (#\w+);", chat) == [light[name], dark[name]]
