"""What Streamlit runs for every visit: the frame, then the page that the address names."""

from __future__ import annotations

import streamlit as st

from explorer.errors import ExplorerError
from explorer.views import queries, session, sessions, task
from explorer.widgets import error_box, shell
from explorer.widgets.opened import begin_run, engine

st.set_page_config(
    page_title="Trace explorer", page_icon=shell.page_icon(), layout="wide", initial_sidebar_state=208
)
shell.style()
SESSIONS = st.Page(
    sessions.show, title="Sessions", icon=":material/table_rows:", url_path="sessions", default=True
)
QUERIES = st.Page(queries.show, title="Queries", icon=":material/terminal:", url_path="queries")
SESSION = st.Page(session.show, title="Session", url_path="session", visibility="hidden")
TASK = st.Page(task.show, title="Task", url_path="task", visibility="hidden")
page = st.navigation([SESSIONS, QUERIES, SESSION, TASK], position="hidden")
begin_run()
try:
    shell.sidebar(engine(), [SESSIONS, QUERIES])
    page.run()
except ExplorerError as error:
    error_box.show(error)
