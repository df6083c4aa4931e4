"""The command line: every command is a few lines over a function that scripts can call too.

Results go to stdout, progress and messages to stderr. Libraries that a command does not need are not imported:
``hoidap --help`` answers without FAISS, torch, Gradio or a model.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from index.errors import HoidapError, UsageError
from ui.batch_file import read_batch
from ui.chat_command import chat
from ui.evaluate import app as evaluate
from ui.feedback import app as feedback
from ui.options import (
    DEFAULT_INDEX,
    Bucket,
    Bulk,
    Cautious,
    Collection,
    Dense,
    EngineName,
    IndexFolder,
    LayoutText,
    Token,
    Uri,
    WorkersText,
    where,
)
from ui.progress import IndexingBars, errors
from ui.user_commands import app as user

if TYPE_CHECKING:
    from index.report import BuildReport
    from qa.answer import Reply

NOTHING_FOUND = 1
SOME_UNREADABLE = 4

app = typer.Typer(
    help="Hỏi Đáp: questions about a folder of articles, answered word for word and cited.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(evaluate, name="eval")
app.add_typer(feedback, name="feedback")
app.add_typer(user, name="user")


def _day(text: str) -> date:
    from index.dates import parse_date

    day = parse_date(text)
    if day is None:
        raise typer.BadParameter(f"{text!r} is no date: write it as 2022-08-17 or 17/8/2022.")
    return day


Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Since = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="DATE", help="Only articles published on this day or later."),
]
Until = Annotated[
    date | None,
    typer.Option(parser=_day, metavar="DATE", help="Only articles published on this day or earlier."),
]
Source = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Only articles whose source, title or file name has TEXT.")
]


@app.command()
def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH ...]", help="Folders and files; default: corpus/.")
    ] = None,
    index: IndexFolder = DEFAULT_INDEX,
    engine: EngineName = "local",
    uri: Uri = None,
    token: Token = "",
    collection: Collection = "hoidap",
    encoder: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A sentence-transformers model instead of the shipped one."),
    ] = None,
    dense: Dense = None,
    layout: LayoutText = None,
    workers: WorkersText = None,
    bulk: Bulk = None,
    bucket: Bucket = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Embed every article again.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Stay, and index again whenever a file changes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make the index mirror the articles in PATH; only what changed is read."""
    from index.engine import build_engine

    if bulk is not None and watch:
        raise UsageError(
            "--bulk is for a first load: leave out --watch, and give it to the next run instead."
        )
    sources = paths or [Path("corpus")]
    place = where(index, engine=engine, uri=uri, token=token, collection=collection)

    def run(*, rebuild: bool) -> BuildReport:
        with IndexingBars(quiet=as_json) as bars:
            report = build_engine(
                sources,
                where=place,
                dense=dense,
                layout=layout,
                workers=workers,
                bulk=bulk,
                bucket=bucket,
                encoder=encoder,
                rebuild=rebuild,
                progress=bars,
            )
        _show_report(report, as_json=as_json)
        return report

    changes = None
    if watch:
        from ui.watching import watching

        changes = watching(sources, where=place)  # before the first run: it takes a while
    report = run(rebuild=rebuild)
    if bulk is not None and report.generation == 0:
        from index.milvus.bulk import next_step

        errors.print(next_step(bulk), markup=False)
    if changes is not None:
        errors.print("Watching for changes; Ctrl+C ends.")
        with suppress(KeyboardInterrupt):
            for _ in changes:
                try:
                    report = run(rebuild=False)
                except HoidapError as error:  # a folder that is empty for a moment must not end the watch
                    errors.print(f"hoidap: {error}", markup=False)
    raise typer.Exit(SOME_UNREADABLE if report.problems else 0)


@app.command()
def search(
    question: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, help="How many passages.")] = 5,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    rerank: Annotated[
        bool, typer.Option("--rerank", help="Read the passages, too: those that answer likeliest come first.")
    ] = False,
    index: IndexFolder = DEFAULT_INDEX,
    engine: EngineName = "local",
    uri: Uri = None,
    token: Token = "",
    collection: Collection = "hoidap",
    as_json: Json = False,
) -> None:
    """Show the passages nearest to QUESTION, best first."""
    import time

    from qa.assistant import Assistant

    assistant = Assistant.open(where(index, engine=engine, uri=uri, token=token, collection=collection))
    started = time.perf_counter()
    hits = assistant.search(question, k=k, since=since, until=until, source=source, rerank=rerank)
    seconds = time.perf_counter() - started
    if as_json:
        _print_json(
            {"question": question, "hits": [hit.to_dict() for hit in hits], "seconds": round(seconds, 4)}
        )
    else:
        console = Console(soft_wrap=True, highlight=False)
        for hit in hits:
            console.print(hit, end="\n\n")
    raise typer.Exit(0 if hits else NOTHING_FOUND)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    history: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION", help="A question asked before; may be repeated.")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl", help='Lines of {"id", "question", "history"}; one JSON reply a line.'
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Source = None,
    caution: Cautious = "balanced",
    explained: Annotated[
        bool, typer.Option("--explain", help="Show what was searched, found and weighed.")
    ] = False,
    index: IndexFolder = DEFAULT_INDEX,
    engine: EngineName = "local",
    uri: Uri = None,
    token: Token = "",
    collection: Collection = "hoidap",
    as_json: Json = False,
) -> None:
    """Answer QUESTION from the articles, or say that they do not answer it."""
    from qa.assistant import Assistant

    if (question is None) == (batch is None):
        raise UsageError("Give one question, or a file of questions with --batch.")
    if batch is not None and history:
        raise UsageError(f"With --batch the questions before stand in {batch}: leave --history out.")
    place = where(index, engine=engine, uri=uri, token=token, collection=collection)
    if batch is not None:
        asked = list(read_batch(batch))
        assistant = Assistant.open(place, caution=caution)
        questions = [(line["question"], line.get("history") or ()) for line in asked]
        replies = assistant.ask_all(questions, since=since, until=until, source=source)
        for line, reply in zip(asked, replies, strict=True):
            _print_json({"id": line.get("id"), **_reply_json(reply, explained=explained)})
        return
    reply = Assistant.open(place, caution=caution).ask(
        question or "", history=history or (), since=since, until=until, source=source
    )
    if as_json:
        _print_json(_reply_json(reply, explained=explained))
    else:
        console = Console(soft_wrap=True, highlight=False)
        console.print(reply)
        if explained and reply.evidence is not None:
            from qa.explanation import explain

            for part in explain(reply.evidence).lines():
                console.print(str(part), style="dim", markup=False)
    raise typer.Exit(0 if reply.answered else NOTHING_FOUND)


app.command()(chat)


@app.command()
def doctor(
    index: IndexFolder = DEFAULT_INDEX,
    engine: EngineName = "local",
    uri: Uri = None,
    token: Token = "",
    collection: Collection = "hoidap",
    as_json: Json = False,
) -> None:
    """Report versions, models and the state of the index; every file is compared with its checksum."""
    from ui.doctor import examine

    report = examine(where(index, engine=engine, uri=uri, token=token, collection=collection))
    if as_json:
        _print_json(report.to_dict())
    else:
        Console(soft_wrap=True, highlight=False).print(report)
    raise typer.Exit(report.exit_status)


def main() -> None:
    """Run the command line; an expected error is one sentence on stderr and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what a terminal cannot show, half a character say, is escaped
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except HoidapError as error:
        errors.print(f"hoidap: {error}", markup=False)
        sys.exit(error.exit_status)


def _show_report(report: BuildReport, *, as_json: bool) -> None:
    for problem in report.problems:
        errors.print(f"not read: {problem}", markup=False)
    if as_json:
        _print_json(report.to_dict())
        return
    changes = ", ".join(
        f"{count} {what}"
        for count, what in ((report.added, "added"), (report.changed, "changed"), (report.removed, "removed"))
        if count
    )
    print(  # noqa: T201 — a command's result
        f"{report.articles} articles, {report.passages} passages ({changes or 'nothing changed'}); "
        f"{report.embedded} passages embedded in {report.seconds:.1f} s"
    )


def _reply_json(reply: Reply, *, explained: bool) -> dict[str, Any]:
    if not explained or reply.evidence is None:
        return reply.to_dict()
    from qa.explanation import explain

    return {**reply.to_dict(), "explanation": explain(reply.evidence).to_dict()}


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)  # noqa: T201 — a command's result
