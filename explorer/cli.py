"""The command line: a few lines each; nothing heavy is imported until a command needs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from explorer._version import __version__
from explorer.errors import ExplorerError
from explorer.terminal.mapping_commands import mappings
from explorer.terminal.review_commands import reviews

app = typer.Typer(
    name="trace-explorer",
    help="Look at recorded computer use: import recordings, browse sessions, query, check.",
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.add_typer(mappings, name="mapping")
app.add_typer(reviews, name="review")

_Dataset = Annotated[Path, typer.Argument(help="Folder of the trace dataset.", show_default=False)]
_Jobs = Annotated[int | None, typer.Option(min=1, max=64, help="Processes; one a core when left out.")]
_Mapping = Annotated[
    str | None,
    typer.Option(
        help="Read other people's Parquet below the folder: a YAML file, or a name of: mapping list.",
        show_default=False,
    ),
]


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Without a command, the explorer opens on the sample data."""
    if version:
        print(f"trace-explorer {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        open_dataset()


@app.command("open")
def open_dataset(
    dataset: Annotated[
        Path | None, typer.Argument(help="Folder of the trace dataset; the sample data when left out.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; the next free one when left out.", min=1, max=65535)
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the address in the browser.")] = True,
    mapping: _Mapping = None,
) -> None:
    """Open a dataset in the browser. Only this computer can reach it."""
    from explorer.resources import sample_dataset
    from explorer.server import serve

    if mapping is not None and dataset is None:
        raise typer.BadParameter("name the folder that the mapping is for", param_hint="--mapping")
    serve(dataset or sample_dataset(), port=port, open_browser=browser, mapping=mapping)


@app.command("import")
def import_recordings(
    sources: Annotated[list[Path], typer.Argument(help="Recordings, or folders to search for them.")],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Dataset to write to; made when it is not there.")
    ],
    source_format: Annotated[
        str | None, typer.Option("--format", help="Take only recordings of this format.")
    ] = None,
    jobs: _Jobs = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Import only this many sessions, spread over all that is found.")
    ] = None,
    mapping: _Mapping = None,
    frames: Annotated[
        str, typer.Option(help="With --mapping: copy pictures into the dataset, or link to their files.")
    ] = "copy",
) -> None:
    """Import recordings into a dataset. What is there already is skipped; a killed import goes on when run again."""
    from explorer.terminal.imports import imported, imported_mapped

    if mapping is not None:
        options = {"--format": source_format, "--jobs": jobs, "--sample": sample}
        raise typer.Exit(imported_mapped(sources, output, mapping, frames, options))
    raise typer.Exit(imported(sources, output, source_format=source_format, jobs=jobs, sample=sample))


@app.command()
def generate(
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="New folder to write to.")],
    events: Annotated[int, typer.Option(help="Rows to make: pointer moves and events together.")],
    sessions: Annotated[int, typer.Option(help="Sessions that they are spread over.")],
    people: Annotated[int, typer.Option(help="People whose sessions they are.")],
    seed: Annotated[int, typer.Option(help="The same seed and sizes give the same rows.")] = 1,
    frames: Annotated[int, typer.Option(help="Small made-up screenshots, in all.")] = 0,
    jobs: _Jobs = None,
) -> None:
    """Make up a dataset of any size, to try the explorer and other tools on. Nobody was recorded for it."""
    from explorer.generate.sizes import Sizes
    from explorer.terminal.generated import generated

    raise typer.Exit(generated(output, Sizes(events, sessions, people, frames, seed), jobs))


@app.command()
def check(dataset: _Dataset) -> None:
    """Verify hashes, schema, order, values and references; list every problem. Exit code 1 if there is any."""
    from explorer.terminal.maintenance import checked

    raise typer.Exit(checked(dataset))


@app.command()
def rollup(dataset: _Dataset) -> None:
    """Bring the rollups up to date, so that pages open fast. Import does this at its end."""
    from explorer.terminal.maintenance import rolled_up

    raise typer.Exit(rolled_up(dataset))


@app.command()
def scan(
    dataset: _Dataset,
    jobs: _Jobs = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Look for what redaction left behind, in masks, texts and files. A killed scan goes on when run again.

    Exit code 1 if anything of medium or high severity was found.
    """
    from explorer.terminal.scans import scanned

    raise typer.Exit(scanned(dataset, jobs, as_json=as_json))


@app.command()
def queries(
    name: Annotated[str | None, typer.Argument(help="Show this query's parameters and columns.")] = None,
    as_sql: Annotated[bool, typer.Option("--sql", help="Print its whole SQL, to run it elsewhere.")] = False,
) -> None:
    """List the query library, or describe one query."""
    from explorer.terminal.results import described_query, listed_queries

    print(described_query(name, as_sql=as_sql) if name else listed_queries())


@app.command()
def query(
    name: Annotated[str, typer.Argument(help="Query, for example sessions/list.")],
    dataset: _Dataset,
    param: Annotated[
        list[str] | None, typer.Option("-p", "--param", help="Parameter as name=value; may be repeated.")
    ] = None,
    output_format: Annotated[str, typer.Option("--format", help="table, csv, json or parquet.")] = "table",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write to.")] = None,
) -> None:
    """Run one query of the library and print or save its result."""
    from explorer.terminal.results import answered

    raise typer.Exit(answered(name, dataset, param or [], output_format, output))


@app.command("export")
def export_sessions(
    dataset: _Dataset,
    *,
    to: Annotated[str, typer.Option("--to", help="Format: parquet-hf, owamcap or agentnet.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="New folder to write to.")],
    where: Annotated[
        list[str] | None,
        typer.Option(
            help="Only sessions with name=value: cohort, app, os, source_format, actor, day_from, day_to, task_id, "
            "search; may be repeated."
        ),
    ] = None,
    session: Annotated[list[str] | None, typer.Option(help="Only this session; may be repeated.")] = None,
    people: Annotated[bool, typer.Option("--people", help="Name the pseudonyms of people.")] = False,
) -> None:
    """Write sessions in a format that other tools load. Only what consent allows leaves the dataset."""
    from explorer.terminal.exports import exported

    raise typer.Exit(
        exported(dataset, to, output, where=where or [], sessions=session or [], with_people=people)
    )


@app.command()
def marks(
    dataset: _Dataset,
    output_format: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write to.")] = None,
) -> None:
    """List the marks and notes that were made on this computer, of the sessions that consent still shows."""
    from explorer.terminal.marks import listed

    raise typer.Exit(listed(dataset, output_format, output))


@app.command("clip")
def clip(
    dataset: _Dataset,
    session: Annotated[str, typer.Argument(help="Session to show.", show_default=False)],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .png, .gif or .mp4.")],
    start: Annotated[str | None, typer.Option("--from", help="Time it starts at, as 0:12.4.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Time it ends at.")] = None,
    fps: Annotated[float | None, typer.Option(help="Pictures a second; 10 in a GIF, 25 in an MP4.")] = None,
    width: Annotated[int | None, typer.Option(help="Width in pixels.")] = None,
    speed: Annotated[float, typer.Option(help="Times as fast as it happened.")] = 1.0,
    skip_idle: Annotated[bool, typer.Option("--skip-idle", help="Cut pauses of more than 2 s.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="The screenshot as stored, nothing drawn.")] = False,
    with_unredacted: Annotated[
        bool, typer.Option("--with-unredacted", help="Also screenshots that no redaction pass covered.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Take away a moment as PNG, or a range as GIF or MP4, with pointer, clicks and shortcuts drawn in."""
    from explorer.terminal.clips import clipped, request_of

    request = request_of(
        session, output, start, end, fps=fps, width_px=width, speed=speed, skips_idle=skip_idle,
        with_unredacted=with_unredacted, is_plain=plain, is_forced=force,
    )  # fmt: skip
    raise typer.Exit(clipped(dataset, request))


def main() -> None:
    """Entry point: an error that the user can act on is one line on stderr and exit code 1."""
    try:
        app()
    except ExplorerError as error:
        from explorer.terminal.screen import one_line

        print(f"trace-explorer: {one_line(str(error))}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
