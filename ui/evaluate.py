"""``hoidap eval``: figures of quality on questions with gold answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from index.errors import UsageError
from ui.options import Cautious
from ui.progress import IndexingBars, counting

if TYPE_CHECKING:
    from qa.evaluation import Evaluation
    from qa.examples import Example

app = typer.Typer(
    help="Measure reading, retrieval or answers on FILE.jsonl[.gz].",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Data = Annotated[
    Path, typer.Argument(metavar="FILE", help="Questions with gold answers, .jsonl or .jsonl.gz.")
]
Distractors = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="More questions whose paragraphs are searched too; may be repeated."),
]
Part = Annotated[str | None, typer.Option(metavar="SOURCE", help="Only the questions of this source.")]


def _writable(path: Path | None) -> Path | None:
    """The file, once it is known that it can be written: a run takes minutes."""
    if path is not None:
        try:
            path.open("a").close()
        except OSError as error:
            raise UsageError(f"{path} cannot be written ({error.strerror}): name another file.") from error
    return path


Predictions = Annotated[
    Path | None,
    typer.Option(metavar="OUT.jsonl", help="Write one prediction a line.", callback=_writable),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def reading(data: Data, part: Part = None, predictions: Predictions = None, as_json: Json = False) -> None:
    """Answer each question from its own paragraph: exact match and F1."""
    from qa.evaluation import evaluate_reading
    from qa.reader import Reader

    examples = _read(data, part=part)
    with counting("Reading", total=len(examples)) as advance:
        evaluation = evaluate_reading(examples, reader=Reader.from_folder(), advance=advance)
    _show(evaluation, predictions=predictions, as_json=as_json)


@app.command()
def retrieval(
    data: Data,
    distractors: Distractors = None,
    fold: Annotated[bool, typer.Option("--fold", help="Ask without tone marks.")] = False,
    rerank: Annotated[
        bool, typer.Option("--rerank", help="Rerank what is found first, as `hoidap search --rerank` does.")
    ] = False,
    part: Part = None,
    encoder: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A sentence-transformers model instead of the shipped one."),
    ] = None,
    predictions: Predictions = None,
    as_json: Json = False,
) -> None:
    """Find each question's paragraph among all paragraphs: recall and mean reciprocal rank."""
    from qa.evaluation import evaluate_retrieval
    from qa.reader import Reader

    everything = _read(data)
    examples = _read(data, part=part)
    with IndexingBars() as bars:
        evaluation = evaluate_retrieval(
            examples,
            distractors=[*everything, *_read_all(distractors)],
            folded=fold,
            reader=Reader.from_folder() if rerank else None,
            encoder=encoder,
            progress=bars,
            advance=bars.asking(total=sum(bool(example.answers) for example in examples)),
        )
    _show(evaluation, predictions=predictions, as_json=as_json)


@app.command()
def answers(
    data: Data,
    distractors: Distractors = None,
    part: Part = None,
    caution: Cautious = "balanced",
    predictions: Predictions = None,
    as_json: Json = False,
) -> None:
    """The whole way from question to answer over all paragraphs at once."""
    from qa.evaluation import evaluate_answers

    examples = _read(data, part=part)
    with IndexingBars() as bars:
        evaluation = evaluate_answers(
            examples,
            distractors=[*_read(data), *_read_all(distractors)],
            caution=caution,
            progress=bars,
            advance=bars.asking(total=len(examples)),
        )
    _show(evaluation, predictions=predictions, as_json=as_json)


def _read(path: Path, *, part: str | None = None) -> tuple[Example, ...]:
    from qa.examples import read_examples

    examples = read_examples(path)
    if part is None:
        return examples
    chosen = tuple(example for example in examples if example.source == part)
    if not chosen:
        sources = ", ".join(sorted({example.source for example in examples}))
        raise UsageError(f"{path} has no question of the source {part!r}: choose among {sources}.")
    return chosen


def _read_all(paths: list[Path] | None) -> list[Example]:
    return [example for path in paths or () for example in _read(path)]


def _show(evaluation: Evaluation, *, predictions: Path | None, as_json: bool) -> None:
    if predictions is not None:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in evaluation.predictions)
        predictions.write_text("".join(lines), encoding="utf-8")
    if as_json:
        figures = {**evaluation.figures, "sources": evaluation.sources}
        print(json.dumps(figures, ensure_ascii=False))  # noqa: T201 — a command's result
        return
    rows = {"all": evaluation.figures, **evaluation.sources}
    columns = [name for name, value in evaluation.figures.items() if not isinstance(value, dict)]
    table = Table("", *columns)
    for name, figures in rows.items():
        table.add_row(name, *(str(figures[column]) for column in columns))
        for part, value in figures.items():
            if isinstance(value, dict):
                table.add_row(f"  {part}", *(str(value.get(column, "")) for column in columns))
    Console().print(table)
