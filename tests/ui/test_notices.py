from pathlib import Path

import gradio

from ui.language import speaking
from ui.notices import notices

SCRIPTS = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"


def test_every_notice_is_one_that_the_page_of_gradio_has():
    """Another version of Gradio with other words would leave them in English."""
    said = "".join(path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.js")))
    sentences = notices().keys() - {"Error"}  # made of the kind of the notice
    assert [sentence for sentence in sentences if sentence not in said] == []


def test_a_notice_is_in_the_language_of_the_page():
    assert notices()["Error"] == "Lỗi"
    with speaking("en"):
        assert notices()["Error"] == "Error"
