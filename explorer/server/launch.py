"""Start the server on this computer alone, print its address, open the browser."""

from __future__ import annotations

import socket
import sys
import threading
import time
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.server.app import DEFAULT_PORT, create_app
from explorer.server.hand_over import open_in_browser
from explorer.server.options import ADDRESS, server_options
from explorer.server.quiet_log import keep_quiet

_PORTS_TRIED = 50
_START_LIMIT_S = 30.0
_claims: list[socket.socket] = []


def serve(
    root: Path, *, port: int | None = None, open_browser: bool = True, mapping: str | None = None
) -> None:
    """Show the dataset at `root`, or the Parquet there through `mapping`, until stopped.

    `port` None takes the first free one from 8501 on. Raises DatasetError when there is no readable dataset,
    MappingError when the mapping is wrong, and ExplorerError when the given port is in use.
    """
    chosen = _port(port)
    app = create_app(
        root,
        port=chosen,
        mapping=mapping,
        on_start=lambda address: _announce(address, chosen, open_browser),
    )
    keep_quiet()
    app.run(config=server_options(chosen))


def _port(wanted: int | None) -> int:
    if wanted is not None:
        if not _is_free(wanted):
            raise ExplorerError(
                "the port is taken or reserved",
                where=f"port {wanted}",
                hint="Choose another with --port, or leave it out",
            )
        return wanted
    for port in range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED):
        if _is_free(port) and _claimed(port):
            return port
    raise ExplorerError(
        "no free port was found",
        where=f"ports {DEFAULT_PORT} to {DEFAULT_PORT + _PORTS_TRIED - 1}",
        hint="Choose one with --port",
    )


def _claimed(port: int) -> bool:
    """Whether this process is the only explorer that is about to listen there: several may start at one time."""
    if sys.platform != "linux":
        return True
    claim = socket.socket(socket.AF_UNIX)
    try:
        # A name without a file, which ends with the process.
        claim.bind(f"\0trace-explorer-{port}")
    except OSError:
        claim.close()
        return False
    _claims.append(claim)
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError):
            return False
    return True


def _announce(address: str, port: int, open_browser: bool) -> None:
    threading.Thread(target=_when_listening, args=(address, port, open_browser), daemon=True).start()


def _when_listening(address: str, port: int, open_browser: bool) -> None:
    deadline = time.monotonic() + _START_LIMIT_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection((ADDRESS, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
            continue
        _tell(address)
        if open_browser:
            open_in_browser(address)
        return


def _tell(address: str) -> None:
    once = " The address works once, in one browser." if "?token=" in address else ""
    print(f"\n  {address}\n\n  Only this computer can open it.{once} Stop with Ctrl+C.\n", flush=True)
