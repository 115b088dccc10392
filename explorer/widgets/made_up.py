"""Whether nothing but made-up recordings is open: the dataset's word for it, and that of every session."""

from __future__ import annotations

from explorer.errors import ExplorerError
from explorer.widgets.opened import engine, run

MADE_UP_FORMATS = frozenset({"office", "generated"})


def is_made_up() -> bool:
    """True when the dataset says so and no session says otherwise; asked anew as soon as the dataset changes.

    Sessions that cannot be read count as real: their pictures may still be there.
    """
    try:
        if not engine().dataset.is_synthetic:
            return False
        formats = run("quality/sources")["source_format"].to_pylist()
        is_whole = not any(bad.file.startswith("sessions/") for bad in engine().quarantined())
    except ExplorerError:
        return False
    return is_whole and MADE_UP_FORMATS.issuperset(formats)
