"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

DEFAULT_INDEX = Path(".hoidap")
IndexFolder = Annotated[
    Path, typer.Option("--index", metavar="DIR", envvar="HOIDAP_INDEX", help="Folder of the index.")
]
Cautious = Annotated[
    Literal["balanced", "strict"],
    typer.Option("--caution", help="How sure an answer must be: balanced, or strict, which is rarely wrong."),
]
