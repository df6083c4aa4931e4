"""``hoidap chat``: the options of the chat, read before anything heavy is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.options import DEFAULT_INDEX, Cautious, Collection, EngineName, IndexFolder, Token, Uri, where


def chat(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 7860,
    caution: Cautious = "balanced",
    history: Annotated[
        bool, typer.Option("--history/--no-history", help="Keep conversations in the folder of the index.")
    ] = True,
    allow_upload: Annotated[
        bool, typer.Option("--allow-upload", help="Let visitors add articles, and remove those again.")
    ] = False,
    auth: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", envvar="HOIDAP_AUTH", help="Only the users of FILE; see `hoidap user add`."
        ),
    ] = None,
    public_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Address at which a reverse proxy shows the chat."),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Address or network of that proxy; default: this machine."),
    ] = None,
    rate: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Questions a minute of one user; default: 60 with --auth, else any number.",
        ),
    ] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Answer MCP clients at /gradio_api/mcp/.")] = False,
    metrics: Annotated[
        bool, typer.Option("--metrics", help="Show figures for Prometheus at /metrics.")
    ] = False,
    log_questions: Annotated[
        bool, typer.Option("--log-questions", help="Write every question to stderr, with the user's name.")
    ] = False,
    index: IndexFolder = DEFAULT_INDEX,
    engine: EngineName = "local",
    uri: Uri = None,
    token: Token = "",
    collection: Collection = "hoidap",
) -> None:
    """Serve the chat in the browser."""
    from ui.access import Access

    access = Access(
        accounts=auth,
        public_url=public_url,
        proxy=proxy,
        per_minute=rate,
        mcp=mcp,
        metrics=metrics,
        log_questions=log_questions,
    )
    access.check(host)  # before Gradio is imported, which takes seconds
    from ui.chat import serve

    serve(
        where(index, engine=engine, uri=uri, token=token, collection=collection),
        state=index,
        host=host,
        port=port,
        caution=caution,
        history=history,
        uploads=allow_upload,
        access=access,
    )
