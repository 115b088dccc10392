"""The log names kind and place of an error, whoever logs it."""

from __future__ import annotations

import io
import logging
import threading
import warnings
from collections.abc import Iterator

import pytest
from streamlit import error_util

from explorer.server.options import server_options
from explorer.server.quiet_log import keep_quiet

SECRET = "Salary list of Ms Example"


@pytest.fixture
def quiet() -> Iterator[None]:
    """Only for one test: it concerns the whole process."""
    kept = logging.getLogRecordFactory(), threading.excepthook, logging.raiseExceptions
    keep_quiet()
    yield
    logging.setLogRecordFactory(kept[0])
    threading.excepthook, logging.raiseExceptions = kept[1:]
    logging.captureWarnings(False)


def raised() -> KeyError:
    try:
        {}[SECRET]
    except KeyError as error:
        return error
    raise AssertionError


@pytest.mark.usefixtures("quiet")
def test_streamlit_logs_no_text_of_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    options = server_options(8501)
    monkeypatch.setattr(error_util.config, "get_option", options.__getitem__)
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    error_util._LOGGER.addHandler(handler)
    error_util._log_uncaught_app_exception(raised())
    error_util._LOGGER.removeHandler(handler)
    assert said.getvalue().startswith("streamlit.error_util: KeyError at test_quiet_log.py:")
    assert SECRET not in said.getvalue()


@pytest.mark.usefixtures("quiet")
def test_no_other_logger_does(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    for name in ("asyncio", "uvicorn.error", "py.warnings", "some.library"):
        logger = logging.getLogger(name)
        logger.error("failed: %s", SECRET, exc_info=raised(), stack_info=True)
        logger.error(f"100 % {SECRET}")
        logger.error("%d", SECRET)
    logging.getLogger("explorer.server").error("error %s", "1a2b", exc_info=raised())
    assert SECRET not in "".join(capfd.readouterr()) + caplog.text
    assert "error 1a2b" in caplog.text
    assert "some.library: message at test_quiet_log.py:" in caplog.text


@pytest.mark.usefixtures("quiet")
def test_neither_threads_nor_warnings_do(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn(SECRET, stacklevel=1)
    assert SECRET not in "".join(capfd.readouterr())
