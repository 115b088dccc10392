"""What the log may hold: kind and place of an error, never its text, which could hold trace data."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

_OWN = "explorer."


def kind_and_place(error: BaseException) -> str:
    """An error as the log may name it: ValueError at routes.py:31."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "unknown place"
    return f"{type(error).__name__} at {where}"


def quiet_record(*args: Any, **named: Any) -> logging.LogRecord:
    """A record without traceback; one of another's logger is left with what was raised, or where it was logged."""
    record = logging.LogRecord(*args, **named)
    error = record.exc_info[1] if record.exc_info else None
    if not record.name.startswith(_OWN):
        said = kind_and_place(error) if error else f"message at {record.filename}:{record.lineno}"
        record.msg, record.args = f"{record.name}: {said}", ()
    record.exc_info = record.exc_text = record.stack_info = None
    return record


def keep_quiet() -> None:
    """From now on all that this process logs, warns of, or raises in a thread is named by kind and place alone."""
    logging.setLogRecordFactory(quiet_record)
    # A record that cannot be put into words would be printed with its arguments.
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    threading.excepthook = _log_of_thread


def _log_of_thread(raised: threading.ExceptHookArgs) -> None:
    if raised.exc_value is not None and not isinstance(raised.exc_value, SystemExit):
        logging.getLogger("explorer.server").error("in a thread: %s", kind_and_place(raised.exc_value))
