"""`mapping list`, `suggest` and `check`: a few lines each, as in explorer/cli.py."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

mappings = typer.Typer(
    help="Mappings: open other people's Parquet without writing code.", no_args_is_help=True
)


@mappings.command("list")
def list_mappings() -> None:
    """List the mappings that come with the program."""
    from explorer.terminal.mappings import listed

    print(listed())


@mappings.command("suggest")
def suggest_mapping(
    file: Annotated[Path, typer.Argument(help="A Parquet file of the dataset.", show_default=False)],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write the draft to.")] = None,
) -> None:
    """Write a commented draft of a mapping from a file's columns."""
    from explorer.terminal.mappings import suggested

    raise typer.Exit(suggested(file, output))


@mappings.command("check")
def check_mapping(
    folder: Annotated[Path, typer.Argument(help="Folder with the Parquet files.", show_default=False)],
    mapping: Annotated[str, typer.Option(help="A YAML file, or a name of: mapping list.")],
) -> None:
    """Check a mapping against every row, and print what it gives."""
    from explorer.terminal.mappings import checked

    raise typer.Exit(checked(folder, mapping))
