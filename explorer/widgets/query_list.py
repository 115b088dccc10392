"""Every query file by folder, and the header of one as documentation."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from explorer import sql
from explorer.widgets.loader import mount
from explorer.widgets.query_fields import is_offered


def query_list(chosen: str | None, carried: Mapping[str, str]) -> None:
    """Show the library; links keep what is `carried`. The search box works in the browser alone."""
    folders: dict[str, list[dict[str, str]]] = {}
    for name in sql.names():
        if not is_offered(sql.load(name)):
            continue
        folder, _, short = name.partition("/")
        entry = {
            "name": name,
            "short": short,
            "summary": sql.load(name).summary,
            "href": query_way(name, carried),
        }
        folders.setdefault(folder, []).append(entry)
    mount(
        "query_list",
        '<div class="list"></div>\n',
        key="query_list",
        data={
            "folders": [{"folder": folder, "queries": queries} for folder, queries in folders.items()],
            "chosen": chosen,
            "all": f"queries?{urlencode(dict(carried))}",
        },
    )


def query_way(name: str, carried: Mapping[str, str]) -> str:
    """Address of a query."""
    return f"queries?{urlencode({**carried, 'name': name}, safe='/')}"


def query_head(query: sql.Query) -> None:
    """Show a query's header: what it answers, what a row is, what each column means."""
    mount(
        "query_head",
        '<div class="head"></div>\n',
        key="query_head",
        data={
            "name": query.name,
            "summary": query.summary,
            "notes": query.notes,
            "rows": query.rows,
            "columns": [[c.name, c.type, c.unit or "", c.text] for c in query.columns],
        },
    )
