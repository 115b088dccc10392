"""The made-up applications: where their parts lie, what is done in them, and the commands they have.

Places are shares of the window: 0, 0 is its top left, 1, 1 its bottom right. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass

MENUS = ("File", "Edit", "View", "Insert", "Format", "Tools")


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `chord` begins with "mod" for Ctrl (Meta on macOS), and is None where there is no shortcut.

    `pull` is how strongly a person is drawn to the shortcut, as log-odds. It stands in menu `menu` at `item`, on the
    toolbar at `button`, and in the context menu at `context` (None: not there). `leaves` is the event that follows it.
    """

    name: str
    chord: str | None
    pull: float
    menu: int
    item: int
    button: int | None = None
    context: int | None = None
    leaves: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of the window that people point at: its centre, how far around it they do, and how often."""

    role: str
    x: float
    y: float
    spread_x: float
    spread_y: float
    share: float


@dataclass(frozen=True, slots=True)
class App:
    """One application: `acts` are shares in the order of ACTS, `commands` shares by the name of the command."""

    name: str
    spots: tuple[Spot, ...]  # the last one is where people type
    acts: tuple[float, ...]
    commands: dict[str, float]
    titles: tuple[str, ...]
    urls: tuple[str, ...] = ()


COMMANDS = (
    Command("Copy", "mod+c", 1.6, 1, 3, None, 0, "clipboard_copy"),
    Command("Paste", "mod+v", 1.9, 1, 4, None, 1, "clipboard_paste"),
    Command("Cut", "mod+x", 0.8, 1, 2, None, 2, "clipboard_cut"),
    Command("Paste special", "mod+shift+v", -2.2, 1, 5, None, 3, "clipboard_paste"),
    Command("Undo", "mod+z", 1.3, 1, 0, 4),
    Command("Redo", "mod+shift+z", -0.4, 1, 1, 5),
    Command("Select all", "mod+a", 0.7, 1, 6),
    Command("Find", "mod+f", 0.5, 1, 7),
    Command("New", "mod+n", -0.3, 0, 0, 0),
    Command("Save", "mod+s", 0.9, 0, 2, 1),
    Command("Print", "mod+p", -0.9, 0, 5, 2),
    Command("Bold", "mod+b", 0.1, 4, 0, 7),
    Command("Reply", "mod+r", -0.8, 5, 0, 3, 4),
    Command("Send", "mod+Enter", -0.5, 0, 3, 6),
    Command("Archive", "mod+e", -1.2, 5, 1, 8, 5),
    Command("Flag", "mod+shift+l", -1.9, 5, 2, 9, 6),
    Command("Attach file", None, 0.0, 3, 0, 10),
    Command("Insert row", "mod+shift+i", -1.6, 3, 1, None, 4),
    Command("Insert chart", None, 0.0, 3, 2, 11),
    Command("Filter", "mod+shift+f", -1.4, 5, 3, 12),
    Command("Sum", "mod+shift+s", -0.9, 3, 3, 13),
    Command("New tab", "mod+t", 0.6, 0, 1, 14),
    Command("Close tab", "mod+w", 0.5, 0, 4, 15),
    Command("Reload", "F5", -0.2, 2, 0, 16),
    Command("Go to line", "mod+g", -0.3, 5, 4),
    Command("Comment lines", "mod+k", 0.7, 1, 8, None, 7),
    Command("Run", "F9", -0.1, 5, 5, 17),
    Command("Rename", "F2", -1.1, 0, 6, None, 4),
    Command("New folder", "mod+shift+n", -1.7, 0, 7, 18, 5),
    Command("Duplicate", "mod+d", 0.0, 1, 9, None, 8),
    Command("Group", "mod+g", -1.0, 4, 2, 19, 9),
    Command("Align left", None, 0.0, 4, 3, 20),
)

ACTS = ("click", "double_click", "look_up", "drag", "scroll", "type", "command", "wander", "follow")
APPS = (
    App(
        "Mail",
        (Spot("option", 0.27, 0.48, 0.05, 0.2, 0.45), Spot("treeitem", 0.08, 0.33, 0.025, 0.1, 0.15),
         Spot("document", 0.68, 0.5, 0.13, 0.19, 0.25), Spot("textbox", 0.67, 0.84, 0.12, 0.05, 0.15)),
        (0.44, 0.03, 0.02, 0.02, 0.15, 0.07, 0.16, 0.11, 0.0),
        {"Reply": 5, "Send": 4, "Archive": 4, "Flag": 2, "Copy": 3, "Paste": 3, "Find": 1.5, "New": 1.5,
         "Attach file": 1.5, "Print": 0.4, "Undo": 1},
        ("Inbox - Mail", "Reply: delivery date - Mail", "Sent - Mail", "Archive - Mail", "New message - Mail"),
    ),
    App(
        "Sheet",
        (Spot("gridcell", 0.3, 0.42, 0.14, 0.16, 0.6), Spot("gridcell", 0.72, 0.6, 0.1, 0.15, 0.2),
         Spot("tab", 0.2, 0.965, 0.08, 0.006, 0.05), Spot("gridcell", 0.36, 0.5, 0.13, 0.15, 0.15)),
        (0.4, 0.05, 0.01, 0.07, 0.13, 0.06, 0.2, 0.08, 0.0),
        {"Copy": 6, "Paste": 6, "Paste special": 2, "Undo": 3, "Redo": 0.8, "Save": 3, "Insert row": 2.5, "Filter": 2,
         "Sum": 2, "Insert chart": 0.8, "Bold": 1.5, "Find": 1.5, "Select all": 0.8, "Cut": 1},
        ("Orders - Sheet", "Budget - Sheet", "Stock - Sheet", "Shifts - Sheet", "Totals - Sheet"),
    ),
    App(
        "Documents",
        (Spot("document", 0.5, 0.45, 0.16, 0.2, 0.65), Spot("treeitem", 0.09, 0.4, 0.03, 0.15, 0.1),
         Spot("note", 0.86, 0.4, 0.05, 0.15, 0.1), Spot("textbox", 0.5, 0.55, 0.15, 0.17, 0.15)),
        (0.34, 0.05, 0.02, 0.07, 0.16, 0.1, 0.16, 0.1, 0.0),
        {"Bold": 4, "Copy": 4, "Paste": 4, "Paste special": 1.2, "Cut": 1.5, "Undo": 4, "Redo": 1, "Save": 4,
         "Find": 1.5, "Print": 0.8, "Select all": 0.7},
        ("Minutes - Documents", "Handbook - Documents", "Offer - Documents", "Letter - Documents"),
    ),
    App(
        "Browser",
        (Spot("link", 0.44, 0.42, 0.14, 0.17, 0.5), Spot("link", 0.16, 0.36, 0.04, 0.16, 0.2),
         Spot("button", 0.82, 0.3, 0.05, 0.1, 0.15), Spot("searchbox", 0.42, 0.13, 0.1, 0.01, 0.15)),
        (0.27, 0.02, 0.02, 0.02, 0.24, 0.05, 0.1, 0.13, 0.15),
        {"New tab": 4, "Close tab": 4, "Reload": 2, "Copy": 4, "Find": 2, "Paste": 2, "Print": 0.4},
        ("Search - Browser", "Help centre - Browser", "Order 4127 - Browser", "Timetable - Browser", "News - Browser"),
        ("https://search.example.com/", "https://help.example.com/", "https://shop.example.com/orders/4127",
         "https://travel.example.com/timetable", "https://news.example.com/"),
    ),
    App(
        "Editor",
        (Spot("code", 0.5, 0.4, 0.17, 0.19, 0.6), Spot("treeitem", 0.09, 0.35, 0.03, 0.16, 0.2),
         Spot("tab", 0.4, 0.105, 0.14, 0.006, 0.05), Spot("code", 0.45, 0.5, 0.14, 0.18, 0.15)),
        (0.33, 0.05, 0.02, 0.03, 0.19, 0.1, 0.18, 0.1, 0.0),
        {"Copy": 5, "Paste": 5, "Undo": 4, "Save": 6, "Find": 3, "Go to line": 1.5, "Comment lines": 2, "Run": 2.5,
         "Cut": 1.5, "Redo": 1},
        ("report.sql - Editor", "orders.py - Editor", "notes.md - Editor", "layout.css - Editor"),
    ),
    App(
        "Chat",
        (Spot("listitem", 0.13, 0.4, 0.05, 0.2, 0.45), Spot("article", 0.6, 0.5, 0.16, 0.2, 0.3),
         Spot("textbox", 0.6, 0.92, 0.14, 0.015, 0.25)),
        (0.42, 0.01, 0.01, 0.01, 0.17, 0.12, 0.1, 0.16, 0.0),
        {"Send": 4, "Copy": 3, "Paste": 3, "Find": 1, "Attach file": 1.5, "Reply": 2},
        ("Team - Chat", "Help desk - Chat", "Lunch - Chat"),
    ),
    App(
        "Files",
        (Spot("gridcell", 0.45, 0.4, 0.15, 0.2, 0.65), Spot("treeitem", 0.1, 0.4, 0.03, 0.18, 0.25),
         Spot("textbox", 0.4, 0.12, 0.1, 0.008, 0.1)),
        (0.38, 0.16, 0.04, 0.07, 0.13, 0.03, 0.13, 0.06, 0.0),
        {"Copy": 4, "Paste": 4, "Cut": 1.5, "Rename": 3, "New folder": 1.5, "Undo": 0.6, "Select all": 1, "Find": 1},
        ("Documents - Files", "Downloads - Files", "Shared - Files"),
    ),
    App(
        "Drawing",
        (Spot("figure", 0.46, 0.48, 0.15, 0.18, 0.65), Spot("button", 0.03, 0.4, 0.008, 0.16, 0.15),
         Spot("slider", 0.9, 0.4, 0.03, 0.15, 0.12), Spot("textbox", 0.9, 0.7, 0.03, 0.05, 0.08)),
        (0.36, 0.05, 0.03, 0.17, 0.1, 0.02, 0.17, 0.1, 0.0),
        {"Undo": 5, "Redo": 1.5, "Copy": 3, "Paste": 3, "Duplicate": 3, "Group": 2, "Align left": 2, "Save": 2.5},
        ("Poster - Drawing", "Floor plan - Drawing", "Icons - Drawing"),
    ),
)  # fmt: skip
