"""Writes docs/format.md from the schema: `python docs/generate_format.py`, or `--check` to compare only."""

from __future__ import annotations

import sys
from pathlib import Path

from explorer.trace.schema import FORMAT_VERSION, TABLES, Column

PAGE = Path(__file__).with_name("format.md")

HEAD = f"""# Trace dataset, version {FORMAT_VERSION}

A trace dataset is a folder of Parquet files that DuckDB, Polars, Spark, pandas and other tools read as they are.
This page is made from `explorer/trace/schema.py`; change it there.

```
<dataset>/
  dataset.json     identity, title, licence, whether the data are synthetic, sources, what people were told
  manifest.json    every file with table, rows, bytes, sha256, first and last session; nothing else exists
  <table>/         part-<unique>.parquet
  rollups/         derived tables; may be deleted, `trace-explorer rollup` builds them again
```

- **Commit**: parts are written first, then the manifest is replaced in one step. A killed import leaves parts that
  nothing names; the next import removes them. One writer at a time.
- **Order**: rows are sorted by session and `seq`, which all tables of a session share. Time may tie; `seq` does not.
- **Time**: microseconds since the session's earliest row.
- **Pixels**: desktop pixels from the primary display's top left; negative and off-screen positions are kept.
- **Text**: VARCHAR everywhere, never an enumeration type. NULL means unknown.
- **Pictures**: bytes exactly as recorded, in row groups of at most 8.
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [HEAD]
    for table in TABLES.values():
        parts.append(f"\n## {table.name}\n\n{table.text} Sorted by {', '.join(table.order)}.\n")
        parts.append("\n| column | type | unit | meaning |\n|---|---|---|---|\n")
        parts += [_row(column) for column in table.columns]
    return "".join(parts)


def _row(column: Column) -> str:
    meaning = column.text
    words = column.values or column.flags
    if words:
        meaning += ": " + ", ".join(f"`{word}`" for word in words)
    if column.required:
        meaning += " (never NULL)"
    kind = "STRUCT(bytes BLOB, path VARCHAR)" if column.type == "IMAGE" else column.type
    return f"| {column.name} | {kind} | {column.unit or ''} | {meaning} |\n"


def main() -> int:
    """Write the page, or with --check return 1 when it is out of date."""
    if "--check" in sys.argv:
        return 0 if PAGE.read_text() == page() else 1
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
