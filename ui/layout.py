"""The parts of the page, where they stand and what they say; nothing happens in them yet.

Gives Gradio components.  Leaves out events: see :mod:`ui.wiring`.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import gradio as gr

from ui.language import Language, say, speaking
from ui.markup import escaped
from ui.notices import notices
from ui.page import Visit
from ui.theme import script

TITLE = "Hỏi Đáp"


class Parts(NamedTuple):
    """The parts of the page that take part in an event."""

    visit: gr.State
    header: gr.HTML
    account: gr.HTML
    browse: gr.Button
    history: gr.Button
    begin: gr.Button
    language: gr.Button
    conversation: gr.HTML
    queued: gr.HTML
    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    reading: gr.HTML
    folded: gr.Accordion
    filters: list[gr.Textbox]
    filtered: gr.HTML
    judged: gr.JSON

    @property
    def worded(self) -> list[Any]:
        """What the language words, in its order."""
        return [
            self.header,
            *(self.browse, self.history, self.begin, self.language),
            *(self.folded, *self.filters, self.queued),
            *(self.question, self.send, self.stop),
        ]


def lay_out(*, history: bool) -> Parts:
    """Make the parts, in the blocks that are being built.

    :param history: whether conversations are kept.
    """
    words = iter(_words("vi"))
    with gr.Row(elem_id="top"):
        header = gr.HTML(**next(words), elem_id="header", apply_default_css=False)
        account = gr.HTML("", elem_id="account", apply_default_css=False)
        browse = gr.Button(**next(words), elem_id="browse")
        asked = gr.Button(**next(words), elem_id="asked", visible=history)
        begin = gr.Button(**next(words), elem_id="begin")
        language = gr.Button(**next(words), elem_id="language")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            conversation = _html("conversation")
            judged = gr.JSON(visible=False)
            with gr.Accordion(**next(words), open=False, elem_id="filters") as folded, gr.Row():
                filters = [gr.Textbox("", **next(words), min_width=width) for width in (100, 100, 160)]
            filtered = gr.HTML("", elem_id="filtered", apply_default_css=False)
            queued = gr.HTML(**next(words), elem_id="queued", apply_default_css=False)
            with gr.Row(elem_id="composer"):
                question = gr.Textbox(
                    **next(words), elem_id="question", lines=1, max_lines=5, autofocus=True, container=False
                )
                send = gr.Button(**next(words), variant="primary", elem_id="send")
                stop = gr.Button(**next(words), elem_id="stop")
        reading = _html("reading")
    return Parts(
        gr.State(Visit()),
        *(header, account, browse, asked, begin, language),
        *(conversation, queued, question, send, stop, reading),
        *(folded, filters, filtered, judged),
    )


def _words(language: Language) -> list[dict[str, Any]]:
    """What the fixed parts of the page say, in the order of :attr:`Parts.worded`."""
    with speaking(language):
        told = escaped(json.dumps(notices(), ensure_ascii=False))
        header = f"<h1>{TITLE}</h1><p>{say('Trích nguyên văn từ bài viết, kèm nguồn')}</p>"
        return [
            {"value": f'<header lang="{language}" data-notices="{told}">{header}</header>'},
            {"value": say("Các bài viết")},
            {"value": say("Đã hỏi")},
            {"value": say("Trò chuyện mới")},
            {"value": "English" if language == "vi" else "Tiếng Việt"},
            {"label": say("Lọc bài viết")},
            {"label": say("Đăng từ ngày"), "placeholder": "1/7/2022"},
            {"label": say("Đăng đến ngày"), "placeholder": "31/12/2022"},
            {"label": say("Nguồn, tiêu đề hoặc tên tệp"), "placeholder": ""},
            {"value": f'<p role="status">{say("Đang chờ tới lượt…")}</p>'},
            {"label": say("Câu hỏi"), "placeholder": say("Đặt câu hỏi…")},
            {"value": say("Hỏi")},
            {"value": say("Dừng")},
        ]


def updates(language: Language) -> list[Any]:
    """What :attr:`Parts.worded` change to in another language."""
    return [gr.update(**words) for words in _words(language)]


def _html(name: str) -> gr.HTML:
    return gr.HTML("", elem_id=name, js_on_load=script(f"{name}.js"), apply_default_css=False)
