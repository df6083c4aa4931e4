"""The look of the chat: Gradio's variables set to the project's own colours and font; no request to any other host.

The layout and everything that :mod:`ui.render` makes is styled in ``static/chat.css``, from the same variables.
"""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from gradio.themes.utils import colors, fonts

STATIC = Path(__file__).parent / "static"
FONT = "Be Vietnam Pro"  # has every Vietnamese letter; what Gradio bundles has not

_TEAL = colors.Color(
    name="teal",
    c50="#eef7f7",
    c100="#d6ebec",
    c200="#b0d8da",
    c300="#82bfc4",
    c400="#52a1a9",
    c500="#2c828c",
    c600="#0f6671",
    c700="#0b525c",
    c800="#0c434b",
    c900="#0d383f",
    c950="#06242a",
)
_PAPER = colors.Color(
    name="paper",
    c50="#faf9f6",
    c100="#f3f1ec",
    c200="#e5e2da",
    c300="#cfcbc0",
    c400="#a09c92",
    c500="#75726a",
    c600="#57554f",
    c700="#3d3d3b",
    c800="#26282b",
    c900="#1b1d21",
    c950="#131519",
)


def chat_theme() -> gr.themes.Base:
    """Paper and ink in the light, slate in the dark, one teal accent."""
    return gr.themes.Base(
        primary_hue=_TEAL,
        secondary_hue=_TEAL,
        neutral_hue=_PAPER,
        text_size="lg",
        radius_size="md",
        font=[fonts.Font(FONT), fonts.Font("system-ui"), fonts.Font("sans-serif")],
        font_mono=[fonts.Font("ui-monospace"), fonts.Font("monospace")],
    ).set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        body_text_color="#20242b",
        body_text_color_dark="#e9e6df",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="#aeaaa0",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="*neutral_900",
        border_color_primary="*neutral_200",
        border_color_primary_dark="#34373c",
        input_background_fill="#ffffff",
        input_background_fill_dark="*neutral_900",
        input_border_color="*neutral_300",
        input_border_color_dark="#474a50",
        input_border_color_focus="*primary_600",
        input_border_color_focus_dark="*primary_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="#979389",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_hover_dark="*primary_500",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_background_fill_hover="transparent",
        button_secondary_background_fill_hover_dark="transparent",
        button_secondary_text_color="*body_text_color_subdued",
        button_secondary_text_color_dark="*body_text_color_subdued",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_shadow_dark="none",
    )


def head_html() -> str:
    """What goes into the page's ``<head>``: the style sheet, the language, which Gradio fixes to English, and scripts.

    The scripts themselves: Gradio runs the ``js_on_load`` of a component without waiting for files that are named here.
    """
    style = '<link rel="stylesheet" href="hoidap/chat.css">'
    language = 'document.documentElement.lang = "vi";'
    scripts = (language, *map(script, ("address.js", "upload.js", "notices.js")))
    return style + "".join(f"<script>{one}</script>" for one in scripts)


def script(name: str) -> str:
    """A script from a file of ``static/``: of the page, of a component's ``js_on_load`` or of an event."""
    return (STATIC / name).read_text(encoding="utf-8")
