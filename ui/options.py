"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Cautious = Annotated[
    Literal["balanced", "strict"],
    typer.Option("--caution", help="How sure an answer must be: balanced, or strict, which is rarely wrong."),
]
