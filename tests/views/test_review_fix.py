"""After a fix: the page says what changed, asks what led to it, and leads to the plan that follows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.widgets.opened import open_dataset, reviews

from .test_review import TERMS, judged, said


@pytest.fixture
def root(small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    root = small.write(tmp_path / "set", synthetic=True, sessions_n=8)
    open_dataset(root)
    return Path(root)


def grow(small: Any, root: Path) -> None:
    """Write the dataset anew with two sessions more, in its place and under its name."""
    identity = (root / "dataset.json").read_bytes()
    shutil.rmtree(root)
    small.write(root, synthetic=True, sessions_n=10)
    (root / "dataset.json").write_bytes(identity)
    open_dataset(root)


def test_the_page_leads_from_a_fix_to_the_plan_that_follows(
    small: Any, root: Path, page_of: Callable[..., AppTest], component: Callable[..., dict[str, Any]]
) -> None:
    plan = reviews().finish(judged(TERMS).plan_id, actor="Ada")
    app = page_of("review", plan=plan.plan_id)
    assert "After a fix" not in said(app)
    assert "report_html" in [button.key for button in app.get("download_button")]
    grow(small, root)
    app = page_of("review", plan=plan.plan_id)
    assert not app.exception
    assert "PASS" in said(app), "what was said of the data as it was stays"
    assert "A report is written while it is as it was reviewed" in said(app)
    assert not app.get("download_button")
    assert "After a fix" in said(app)
    assert app.button(key="fix_new").disabled
    app.radio(key="fix_prompted").set_value(False).run()
    app.button(key="fix_new").click().run()
    assert dict(app.query_params) == {"do": "new", "follows": plan.plan_id, "prompted": "no"}
    assert not app.exception
    assert "Plan after a fix" in said(app)
    app.text_input(key="plan_planner").set_value("Ada")
    app.button(key="plan_commit").click().run()
    follows = next(one for one in reviews().plans() if one.plan_id != plan.plan_id)
    assert (follows.terms.follows, follows.terms.is_prompted) == (plan.plan_id, False)
    assert next(one.moments_n for one in follows.strata if one.name == "changed") > 0
    assert dict(app.query_params) == {"plan": follows.plan_id}
    (group,) = component(app, "facts")["groups"]
    told = {fact["term"]: fact for fact in group["facts"]}["After a fix, follows"]
    assert told["value"] == f"plan {plan.plan_id[:8]}"
    assert "did not lead to the fix" in told["note"]


@pytest.mark.parametrize(
    "address", [{"follows": "x"}, {"follows": "0" * 32}, {"follows": "0" * 32, "prompted": "no"}]
)
def test_an_odd_address_does_no_harm(
    root: Path, page_of: Callable[..., AppTest], address: dict[str, str]
) -> None:
    app = page_of("review", do="new", **address)
    assert not app.exception
    assert not reviews().plans()
