"""What Streamlit runs for every visit: the frame, then the page that the address names."""

from __future__ import annotations

import streamlit as st

from explorer.errors import ExplorerError
from explorer.views import (
    findings,
    heatmaps,
    overview,
    queries,
    replay,
    review,
    session,
    sessions,
    shortcuts,
    task,
)
from explorer.widgets import error_box, shell
from explorer.widgets.opened import begin_run, engine

st.set_page_config(
    page_title="Trace explorer", page_icon=shell.page_icon(), layout="wide", initial_sidebar_state=208
)
shell.style()
OVERVIEW = st.Page(
    overview.show, title="Overview", icon=":material/dashboard:", url_path="overview", default=True
)
SESSIONS = st.Page(sessions.show, title="Sessions", icon=":material/table_rows:", url_path="sessions")
REPLAY = st.Page(replay.show, title="Replay", icon=":material/play_circle:", url_path="replay")
HEATMAPS = st.Page(heatmaps.show, title="Heatmaps", icon=":material/blur_on:", url_path="heatmaps")
SHORTCUTS = st.Page(shortcuts.show, title="Shortcuts", icon=":material/keyboard:", url_path="shortcuts")
FINDINGS = st.Page(findings.show, title="Findings", icon=":material/policy:", url_path="findings")
REVIEW = st.Page(review.show, title="Review", icon=":material/fact_check:", url_path="review")
QUERIES = st.Page(queries.show, title="Queries", icon=":material/terminal:", url_path="queries")
SESSION = st.Page(session.show, title="Session", url_path="session", visibility="hidden")
TASK = st.Page(task.show, title="Task", url_path="task", visibility="hidden")
SHOWN = [OVERVIEW, SESSIONS, REPLAY, HEATMAPS, SHORTCUTS, FINDINGS, REVIEW, QUERIES]
page = st.navigation([*SHOWN, SESSION, TASK], position="hidden")
begin_run()
try:
    shell.sidebar(engine(), SHOWN)
    page.run()
except ExplorerError as error:
    error_box.show(error)
