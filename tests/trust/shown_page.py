"""What a browser shows of a page, by element."""

from __future__ import annotations

from html.parser import HTMLParser


class ShownPage(HTMLParser):
    """The text of a page, and that of each element that was opened with one of the wanted tags or classes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str, list[str]]] = []
        self.found: list[tuple[str, str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag not in ("br", "img", "input"):
            self.open.append((tag, dict(attributes).get("class") or "", []))

    def handle_endtag(self, tag):
        name, kind, text = self.open.pop()
        assert name == tag, "an element was closed that was not opened last: something was not escaped"
        self.found.append((name, kind, "".join(text)))

    def handle_data(self, data):
        for _, _, text in self.open:
            text.append(data)

    def texts(self, tag: str, kind: str = "") -> list[str]:
        return [text for name, named, text in self.found if name == tag and kind in [*named.split(), ""]]
