"""``hoidap user``: who may use a chat that is served with ``--auth``."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import UsageError
from ui.accounts import new_account, plain_name, read_accounts, with_token, write_accounts
from ui.progress import errors

if TYPE_CHECKING:
    from ui.conversations import Conversations

app = typer.Typer(
    help="Add, remove and list the users of `hoidap chat --auth FILE`.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
File = Annotated[
    Path, typer.Option("--file", metavar="FILE", envvar="HOIDAP_AUTH", help="The file of users.")
]


@app.command()
def add(name: Name, file: File) -> None:
    """Add NAME, or give NAME a new password; asks for it twice, or reads a line of standard input."""
    accounts = read_accounts(file) if file.exists() else {}
    account = new_account(name, _read_password())
    accounts[account.name] = account  # tokens go with the password that they were made under
    write_accounts(file, accounts)
    errors.print(f"{account.name} can log in.", markup=False)


@app.command()
def remove(
    name: Name,
    file: File,
    forget: Annotated[
        Path | None,
        typer.Option(
            "--forget", metavar="INDEX", help="Delete the conversations that INDEX keeps of NAME, too."
        ),
    ] = None,
) -> None:
    """Remove NAME, who is logged out at once; whoever gets the same name later finds the conversations."""
    accounts = read_accounts(file)
    kept = None if forget is None else _conversations(forget)  # before anything is changed
    owner = plain_name(name)
    known = accounts.pop(owner, None) is not None
    if known:
        write_accounts(file, accounts)
    deleted = (
        0 if kept is None else kept.delete_all(owner=owner)
    )  # who could still log in could begin another
    if not known and not deleted:
        raise UsageError(f"{file} names no user {name!r}: `hoidap user list --file {file}` shows them.")
    if kept is not None:
        errors.print(f"{deleted} conversations deleted.", markup=False)


@app.command("list")
def list_users(file: File) -> None:
    """Print the names, one a line."""
    for name in sorted(read_accounts(file)):
        print(name)  # noqa: T201 — a command's result


@app.command()
def token(name: Name, file: File) -> None:
    """Print a new token with which a program logs in as NAME; it is shown this once."""
    accounts = read_accounts(file)
    account = accounts.get(plain_name(name))
    if account is None:
        raise UsageError(f"{file} names no user {name!r}: run `hoidap user add {name} --file {file}` first.")
    accounts[account.name], secret = with_token(account)
    write_accounts(file, accounts)
    print(secret)  # noqa: T201 — a command's result


def _conversations(folder: Path) -> Conversations:
    from ui.conversations import NAME as CONVERSATIONS  # takes half a second
    from ui.conversations import Conversations

    if not (folder / CONVERSATIONS).is_file():
        raise UsageError(f"{folder} keeps no conversations: name the folder of the index with --forget.")
    return Conversations.open(folder)


def _read_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise UsageError("The two passwords differ: run the command again.")
    return password
