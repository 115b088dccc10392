"""The ASGI app: Streamlit's pages and our byte routes behind the guards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from explorer.server.access import Access
from explorer.server.clip_routes import jobs
from explorer.server.guards import Guard
from explorer.server.headers import SecurityHeaders, log_unexpected
from explorer.server.no_delay import send_at_once
from explorer.server.options import ADDRESS, refuse_open_doors
from explorer.server.routes import byte_routes
from explorer.server.scan_job import job
from explorer.widgets import error_box
from explorer.widgets.made_up import is_made_up
from explorer.widgets.opened import open_dataset

SCRIPT = Path(__file__).resolve().with_name("script.py")
DEFAULT_PORT = 8501


def create_app(
    root: Path,
    *,
    port: int = DEFAULT_PORT,
    mapping: str | None = None,
    on_start: Callable[[str], None] | None = None,
) -> st.App:
    """The app over the dataset at `root`; `on_start` gets the address that opens it when the app starts.

    With `mapping`, `root` is a folder of other people's Parquet. Raises DatasetError when there is no readable dataset
    at `root`, MappingError when the mapping is wrong.
    """
    open_dataset(root, mapping)
    access = Access(port=port, is_made_up=is_made_up)

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        refuse_open_doors()
        send_at_once(ADDRESS, port)
        if on_start is not None:
            on_start(_address(port, access))
        try:
            yield
        finally:
            jobs.close()
            job.close()

    return st.App(
        SCRIPT,
        routes=byte_routes(),
        middleware=[Middleware(SecurityHeaders), Middleware(Guard, access=access, port=port)],
        lifespan=lifespan,
        on_script_error=_show_unexpected,
    )


def _address(port: int, access: Access) -> str:
    start = f"http://{ADDRESS}:{port}/"
    return start if access.token is None else f"{start}?token={access.token}"


def _show_unexpected(error: Exception) -> bool:
    """Show an error id instead of the error, whose text could hold trace data."""
    error_box.show_unexpected(log_unexpected(error))
    return True
