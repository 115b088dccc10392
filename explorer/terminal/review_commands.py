"""`review plans`, `report`, `verify` and `key`: a few lines each, as in explorer/cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

reviews = typer.Typer(
    help="Reviews of redaction: their plans, reports, and checking a report.", no_args_is_help=True
)

_Dataset = Annotated[Path, typer.Argument(help="Folder of the trace dataset.", show_default=False)]


@reviews.command("plans")
def list_plans(dataset: _Dataset) -> None:
    """List all plans of a dataset, abandoned ones too."""
    from explorer.terminal.reviews import listed

    raise typer.Exit(listed(dataset))


@reviews.command("report")
def write_report(
    dataset: _Dataset,
    plan: Annotated[str, typer.Argument(help="Id of the plan, or how it begins.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .json, or .html to read.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Write the report on a plan that was started: no picture and no text of the dataset is in it."""
    from explorer.terminal.reviews import reported

    raise typer.Exit(reported(dataset, plan, output, is_forced=force))


@reviews.command("verify")
def verify_report(
    report: Annotated[Path, typer.Argument(help="The report's JSON file.", show_default=False)],
    key: Annotated[
        str | None, typer.Option(help="The signing key you were given: in hex, or a file with it.")
    ] = None,
    dataset: Annotated[
        Path | None, typer.Option(help="The dataset, where it and its store are at hand.")
    ] = None,
) -> None:
    """Count everything in a report again, and say what could and what could not be confirmed."""
    from explorer.terminal.reviews import verified

    raise typer.Exit(verified(report, key, dataset))


@reviews.command("key")
def show_key(dataset: _Dataset) -> None:
    """Print the public key that signs the reviews of a dataset: give it to whoever will check them."""
    from explorer.terminal.reviews import public_key

    print(public_key(dataset))
