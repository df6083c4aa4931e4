"""Write measured figures into a model card, between two marks, and leave the rest of the card alone."""

from __future__ import annotations

from pathlib import Path

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def write_figures(card: Path, lines: list[str]) -> None:
    """Put the lines between the marks of a card.

    :raises ValueError: if the card lacks a mark.
    """
    text = card.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{card} has no place for figures: put {BEGIN} and {END} into it.")
    card.write_text("\n".join([head + BEGIN, "", *lines, "", END + tail]), encoding="utf-8")
