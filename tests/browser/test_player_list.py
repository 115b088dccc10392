"""What the player's list and its key chips make of rows, in a real browser."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.browser
Run = Callable[..., Any]


def _chunks() -> ModuleType:
    spec = importlib.util.spec_from_file_location("player_chunks", Path(__file__).parent / "player_chunks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = _chunks()


def rows(*told: Any) -> list[Any]:
    """Rows of (seconds, kind, detail) or (seconds, kind); pointer rows are at 10, 10."""
    pointed = ("click", "mouse_down", "mouse_up", "double_click", "drag", "move")
    return [
        (round(t_s * 1e6), *((10, 10) if kind in pointed else (None, None)), kind, *(detail or ({},)))
        for t_s, kind, *detail in told
    ]


def key(name: str, mods: str | None = None, **other: Any) -> dict[str, Any]:
    return {"key": name} | ({"mods": mods} if mods else {}) | other


def typed(*times_s: float, name: str = "•") -> list[Any]:
    return rows(*((t_s, "key_down", key(name)) for t_s in times_s))


LEFT, RIGHT = {"button": "left"}, {"button": "right"}
REPLY = {"element": {"role": "button", "name": "Reply"}}
DERIVED = {"derived": True}


def click(t_s: float, clicks_n: int = 1, button: str = "left", **other: Any) -> list[Any]:
    """Press, release and the click made of them."""
    return rows((t_s - 0.1, "mouse_down", {"button": button}), (t_s, "mouse_up", {"button": button}),
                (t_s, "click", {"button": button, "clicks_n": clicks_n, **DERIVED, **other}))  # fmt: skip


def scroll(t_s: float, amount: float, unit: str | None = "line", axis: str = "wheel_y") -> list[Any]:
    return rows((t_s, "scroll", {axis: amount} | ({"wheel_unit": unit} if unit else {})))


MAIL, SHEET = (
    [0, "Mail", "Inbox", "https://x.example/", *[None] * 4],
    [0, "Sheet", "Orders", None, *[None] * 4],
)
# Rows, what else the session has, and its items: kind, start and end in seconds, label, detail
ITEMS = [
    ("a click is one item, from press to release", click(1, **REPLY), {}, ["click 0.9-1 click \"Reply\" |"]),
    ("a click with its command", click(1, command="Switch app"), {}, ["click 0.9-1 click | Switch app"]),
    ("a click that is a row of its own", rows((1, "click", LEFT)), {}, ["click 1-1 click |"]),
    ("a click without a press does not begin at an earlier one", click(1) + rows((3, "click", LEFT)), {},
     ["click 0.9-1 click |", "click 3-3 click |"]),
    ("right and middle clicks", click(1, button="right") + click(2, button="middle"), {},
     ["right_click 0.9-1 right click |", "click 1.9-2 middle click |"]),
    ("a double click is one item",
     click(1) + click(1.3, 2) + rows((1.3, "double_click", LEFT | DERIVED)), {},
     ["double_click 0.9-1.3 double click |"]),
    ("a triple click is one item",
     click(1) + click(1.3, 2) + rows((1.3, "double_click", LEFT | DERIVED)) + click(1.6, 3), {},
     ["double_click 0.9-1.6 triple click |"]),
    ("clicks and a double click of a source that counts none",
     rows((1, "click", LEFT), (1.3, "click", LEFT), (1.3, "double_click", LEFT)), {},
     ["double_click 1-1.3 double click |"]),
    ("a double click by itself", rows((1, "double_click", LEFT | REPLY)), {},
     ["double_click 1-1 double click \"Reply\" |"]),
    ("two clicks are two", click(1) + click(2), {}, ["click 0.9-1 click |", "click 1.9-2 click |"]),
    ("a drag", rows((1, "mouse_down", LEFT), (2, "mouse_up", LEFT),
                    (2, "drag", LEFT | DERIVED | {"start_us": 1e6, "end_us": 2e6, "end_x": 310, "end_y": 410})), {},
     ["drag 1-2 dragged 500 px |"]),
    ("a drag of something", rows((1, "drag", LEFT | REPLY | {"end_x": 10, "end_y": 11})), {},
     ["drag 1-1 dragged \"Reply\" | 1 px"]),
    ("a press without release", rows((1, "mouse_down", LEFT | {"press": "lone"})), {},
     ["other 1-1 pressed the left button |"]),
    # typing
    ("keys in one go", typed(1, 2, 3.9, 6), {}, ["typing 1-3.9 typed 3 keys |", "typing 6-6 typed 1 key |"]),
    ("where they went", rows((1, "key_down", key("•", element={"name": "Message text"}))), {},
     ["typing 1-1 typed 1 key | Message text"]),
    ("one named key", rows((1, "key_down", key("Enter"))), {}, ["typing 1-1 pressed Enter |"]),
    ("the same key again and again", rows(*((t, "key_down", key("ArrowDown")) for t in (1, 2, 3))), {},
     ["typing 1-3 pressed ↓ 3 times |"]),
    ("a key that is not known", rows((1, "key_down"), (2, "key_down")), {}, ["typing 1-2 typed 2 keys |"]),
    ("releases and modifiers say nothing", rows((1, "key_down", key("Shift")), (1.1, "key_up", key("Shift"))), {}, []),
    ("capitals are typed", rows((1, "key_down", key("Shift")), (1.1, "key_down", key("•", "shift"))), {},
     ["typing 1.1-1.1 typed 1 key |"]),
    ("a shortcut's keys are not typed",
     rows((1, "key_down", key("Control")), (1.1, "key_down", key("s", "ctrl")),
          (1.1, "shortcut", key("s", "ctrl", chord="ctrl+s", command="Save", **DERIVED))), {},
     ["shortcut 1.1-1.1 Ctrl+S | Save"]),
    ("a function key is not typed",
     rows((1.1, "key_down", key("F5")), (1.1, "shortcut", key("F5", chord="f5", **DERIVED))), {},
     ["shortcut 1.1-1.1 F5 |"]),
    ("shortcuts that are not told", rows((1, "shortcut", {"redacted": True}), (2, "shortcut")), {},
     ["shortcut 1-1 masked shortcut |", "shortcut 2-2 unknown shortcut |"]),
    ("a shortcut that is a row of its own has no keys before it",
     rows((1, "key_down", key("•")), (1, "shortcut", key("a", "ctrl"))), {},
     ["typing 1-1 typed 1 key |", "shortcut 1-1 Ctrl+A |"]),
    ("a shortcut ends the typing", typed(1) + rows((1.5, "shortcut", key("a", "meta"))) + typed(2), {"os": "macos"},
     ["typing 1-1 typed 1 key |", "shortcut 1.5-1.5 ⌘A |", "typing 2-2 typed 1 key |"]),
    ("a click ends the typing", typed(1) + click(1.5) + typed(2), {},
     ["typing 1-1 typed 1 key |", "click 1.4-1.5 click |", "typing 2-2 typed 1 key |"]),
    ("a page that follows what is typed does not", typed(1) + rows((1.5, "navigation")) + typed(2), {},
     ["typing 1-2 typed 2 keys |", "navigation 1.5-1.5 opened a page |"]),
    ("another application is another text", typed(1, 1.5), {"windows": [[MAIL, [1, *SHEET[1:]]]]},
     ["typing 1-1 typed 1 key |", "typing 1.5-1.5 typed 1 key |"]),
    ("text of an agent", rows((1, "text_input", {"text": "•" * 42, "text_len": 42})), {},
     ["typing 1-1 typed 42 characters |"]),
    ("text that keys made is not counted twice", typed(1, 2) + rows((2, "text_input", {"text_len": 2} | DERIVED)), {},
     ["typing 1-2 typed 2 keys |"]),
    ("a field that grows, and shrinks by a key",
     rows(*((1 + place / 2, "text_input", {"text_len": n}) for place, n in enumerate((1, 2, 4, 3)))), {},
     ["typing 1-2.5 typed 5 characters |"]),
    ("another step is another text",
     rows((1, "text_input", {"text_len": 3, "step": 1}), (2, "text_input", {"text_len": 4, "step": 2})), {},
     ["typing 1-1 typed 3 characters |", "typing 2-2 typed 4 characters |"]),
    # scrolling
    ("one direction is one item", scroll(1, 3) + scroll(1.5, 3) + scroll(2, 3) + scroll(2.9, 3), {},
     ["scroll 1-2.9 scrolled down 12 lines |"]),
    ("another direction is another", scroll(1, -1) + scroll(1.2, 1) + scroll(1.4, -2, "page", "wheel_x"), {},
     ["scroll 1-1 scrolled up 1 line |", "scroll 1.2-1.2 scrolled down 1 line |",
      "scroll 1.4-1.4 scrolled left 2 pages |"]),
    ("a pause is another", scroll(1, 100, "px") + scroll(2, 1000, "px"), {},
     ["scroll 1-1 scrolled down 100 px |", "scroll 2-2 scrolled down 1,000 px |"]),
    ("without unit, times", scroll(1, 5, None) + scroll(1.5, 5, "unknown") + scroll(1.6, 0, None), {},
     ["scroll 1-1.5 scrolled down 2 times |", "scroll 1.6-1.6 scrolled 1 time |"]),
    ("moves between do not end it", scroll(1, 1) + rows((1.5, "move")) + scroll(1.6, 1), {},
     ["scroll 1-1.6 scrolled down 2 lines |"]),
    # windows, clipboard and the rest
    ("another application", rows((1, "window_focus"), (2, "window_focus")),
     {"windows": [[MAIL, [1, *SHEET[1:]]]], "apps": [["Mail", 1e6, 2e6], ["Sheet", 2e6, 3e6]]},
     ["app_switch 2-2 switched to Sheet | from Mail"]),
    ("another window of the same", rows((1, "window_focus"), (2, "window_focus")),
     {"windows": [[MAIL, [1, "Mail", "Sent", *MAIL[3:]]]]}, ["navigation 2-2 window \"Sent\" | https://x.example/"]),
    ("a page", rows((1, "navigation")), {"windows": [[MAIL]]}, ["navigation 1-1 opened \"Inbox\" | https://x.example/"]),
    ("the clipboard", rows((1, "clipboard_copy", {"text": "•••", "text_len": 3}), (2, "clipboard_paste")), {},
     ["clipboard 1-1 copied 3 characters |", "clipboard 2-2 pasted |"]),
    ("pauses", rows((1, "pause"), (5, "resume"), (6, "idle", {"end_us": 8e6})), {},
     ["pause 1-5 recording paused |", "pause 6-8 waited |"]),
    ("waits of 10 s and more", [], {"idle": [[0, 9e6], [10e6, 262e6]], "duration_us": 300e6},
     ["pause 10-262 nothing for 4 min 12 s |"]),
    ("what a page says besides, once", rows((1, "custom"), (1.5, "custom"), (1.6, "task_end"), (2, "resume")), {},
     ["other 1-1.5 other event |", "other 1.6-1.6 task ended |"]),
    ("touches", rows((1, "touch_start", REPLY), (1.2, "touch_move"), (1.4, "touch_end")), {},
     ["click 1-1 touched \"Reply\" |"]),
    ("steps come before what they cause", rows((2, "click", LEFT | {"step": 0})),
     {"steps": [{"step": 0, "t_us": 2e6, "action_type": "click", "action_args": "{}", "thought": "I look."}]},
     ["step 2-2 step 0 click | {}", "click 2-2 click |"]),
    ("a switch comes after the click that led to it", click(2), {"apps": [["Mail", 0, 2e6], ["Sheet", 2e6, 3e6]]},
     ["click 1.9-2 click |", "app_switch 2-2 switched to Sheet | from Mail"]),
    ("also when it is at the same time", rows((2, "click", LEFT)), {"apps": [["Mail", 0, 2e6], ["Sheet", 2e6, 3e6]]},
     ["click 2-2 click |", "app_switch 2-2 switched to Sheet | from Mail"]),
    ("nothing at all", [], {}, []),
]  # fmt: skip
TOLD = """return groupRows(sessionOf(made)).map(({ kind, start_us, end_us, label, detail }) =>
  `${kind} ${start_us / 1e6}-${end_us / 1e6} ${label} | ${detail}`.trim())"""


@pytest.mark.parametrize(
    ("told", "other", "expected"), [case[1:] for case in ITEMS], ids=[case[0] for case in ITEMS]
)
def test_items(player_core: Run, told: Any, other: Any, expected: Any) -> None:
    assert player_core(TOLD, made=made.session(*[told] if told else [], **other)) == expected


def test_an_item_says_where_it_happened_and_which_rows_made_it(player_core: Run) -> None:
    session = made.session(
        rows((0, "move")) + click(1, **REPLY, step=3), typed(2, 3), windows=[[MAIL], [SHEET]]
    )
    found = player_core("return groupRows(sessionOf(made))", made=session)
    assert found[0] == {
        "kind": "click", "start_us": 900_000, "end_us": 1_000_000, "label": 'click "Reply"', "detail": "", "text": "",
        "row": 3, "n": 1, "step": 3, "app": "Mail", "title": "Inbox", "element": REPLY["element"],
    }  # fmt: skip
    assert (found[1]["row"], found[1]["n"], found[1]["app"], found[1]["step"]) == (4, 2, "Sheet", None)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (typed(1, 2), ""),
        (rows(*((1, "key_down", key(name)) for name in ("Shift", "H", "i", " ", "Enter", "Backspace", "Home"))),
         "Hi ⏎⌫"),
        (rows((1, "text_input", {"text": "Hi", "text_len": 2}), (2, "text_input", {"text": "Hi!", "text_len": 3})),
         "Hi!"),
        (rows((1, "text_input", {"text": "•••", "text_len": 3})), ""),
        (rows((1, "key_down", key("constructor")), (2, "key_down", key("__proto__"))), ""),
        (rows((1, "key_down", key("a")), (2, "key_down", {"redacted": True}), (3, "key_down")), "a█"),
        (rows((1, "key_down", {"redacted": True}), (2, "key_down", {"redacted": True})), ""),
        (rows((1, "key_down", key("•")), (2, "key_down", key("Enter"))), ""),
        (rows((1, "clipboard_cut", {"text": "555-0177", "text_len": 8})), "555-0177"),
    ],
)  # fmt: skip
def test_letters_only_where_they_are_shown(player_core: Run, told: Any, text: str) -> None:
    found = player_core("return groupRows(sessionOf(made)).map((item) => item.text)", made=made.session(told))
    assert found == [text]


SPLIT = [
    typed(1, 2), typed(3, 4), rows((4.5, "move")), typed(5),
    rows((5.2, "scroll", {"wheel_y": 1, "wheel_unit": "line"})),
    rows((5.4, "scroll", {"wheel_y": 1, "wheel_unit": "line"})) + click(6) + typed(6.5),
]  # fmt: skip


def test_runs_go_on_over_the_borders_of_chunks(player_core: Run) -> None:
    whole = player_core(TOLD, made=made.session([row for chunk in SPLIT for row in chunk]))
    assert player_core(TOLD, made=made.session(*SPLIT)) == whole
    assert whole == [
        "typing 1-5 typed 5 keys |", "scroll 5.2-5.4 scrolled down 2 lines |", "click 5.9-6 click |",
        "typing 6.5-6.5 typed 1 key |",
    ]  # fmt: skip


def test_a_run_does_not_go_on_over_a_chunk_in_which_it_ended(player_core: Run) -> None:
    found = player_core(TOLD, made=made.session(typed(1), click(1.5), typed(2)))
    assert found == ["typing 1-1 typed 1 key |", "click 1.4-1.5 click |", "typing 2-2 typed 1 key |"]


def test_a_run_does_not_go_on_over_a_chunk_that_is_not_here(player_core: Run) -> None:
    text = TOLD.replace("sessionOf(made)", "sessionOf(made, [0, 3])")
    assert player_core(text, made=made.session(*SPLIT)) == [
        "typing 1-2 typed 2 keys |",
        "typing 5-5 typed 1 key |",
    ]


def test_chunks_that_come_later_join_what_is_there(player_core: Run) -> None:
    found = player_core(
        """const session = sessionOf(made, [3])
        const counts = [groupRows(session).length]
        for (const place of [0, 2, 1]) {
          session.add(decodeChunk(buffer(made.chunks[place])))
          counts.push(groupRows(session).map((item) => item.label))
        }
        return counts""",
        made=made.session(*SPLIT[:4]),
    )  # fmt: skip
    one = "typed 1 key"
    assert found == [1, ["typed 2 keys", one], ["typed 2 keys", one], ["typed 5 keys"]]


@pytest.mark.parametrize(
    ("filter_by", "labels"),
    [
        ({}, ["step 1 wait", 'click "Reply"', "right click", "switched to Sheet", "typed 1 key"]),
        ({"text": "  "}, ["step 1 wait", 'click "Reply"', "right click", "switched to Sheet", "typed 1 key"]),
        ({"text": "REPLY"}, ['click "Reply"']),
        ({"text": "i look"}, ["step 1 wait"]),
        ({"text": "orders"}, ["typed 1 key"]),
        ({"text": "mail"}, ['click "Reply"', "right click", "switched to Sheet"]),
        ({"kinds": ["click", "typing"]}, ['click "Reply"', "typed 1 key"]),
        ({"kinds": ["click", "typing"], "text": "sheet"}, ["typed 1 key"]),
        ({"kinds": []}, []),
    ],
)
def test_filters(player_core: Run, filter_by: Any, labels: Any) -> None:
    session = made.session(
        click(1, **REPLY) + click(2, button="right"), typed(3), windows=[[MAIL], [SHEET]],
        steps=[{"step": 1, "t_us": 0, "action_type": "wait", "thought": "I look at it."}],
        apps=[["Mail", 0, 2.5e6], ["Sheet", 2.5e6, 3e6]],
    )  # fmt: skip
    found = player_core(
        """const { kinds, ...rest } = filter
        const wanted = { ...rest, kinds: kinds ? new Set(kinds) : null }
        return groupRows(sessionOf(made), wanted).map((item) => item.label)""",
        made=session, filter=filter_by,
    )  # fmt: skip
    assert found == labels


def test_the_item_of_a_moment(player_core: Run) -> None:
    session = made.session(click(1) + rows((2, "shortcut"), (2, "navigation")))
    found = player_core("const items = groupRows(sessionOf(made)); return times.map((t) => itemAt(items, t))",
                        made=session, times=[0, 0.9e6, 1.5e6, 2e6, 9e9])  # fmt: skip
    assert found == [-1, 0, 0, 2, 2]


def test_kinds_are_all_there(player_core: Run) -> None:
    kinds = player_core("return KINDS")
    assert len(set(kinds)) == len(kinds)
    assert {line.split()[0] for case in ITEMS for line in case[3]} <= set(kinds)


COPY = key("c", "ctrl", chord="ctrl+c", **DERIVED)
PASTE = key("v", "ctrl", chord="ctrl+v", **DERIVED)


def pressed(t_s: float, detail: Any) -> list[Any]:
    return rows((t_s - 0.1, "key_down", key("Control")), (t_s, "key_down", key(detail["key"], "ctrl")),
                (t_s, "shortcut", detail))  # fmt: skip


CHIPS = [
    # rows, time, options, chips: label, times, age in seconds
    ("a shortcut stays for a while", pressed(1, COPY), 3, {}, [["Ctrl+C", 1, 2]]),
    ("and goes", pressed(1, COPY), 3.5, {}, []),
    ("before it nothing", pressed(1, COPY), 0.99, {}, []),
    ("at its very time", pressed(1, COPY), 1, {}, [["Ctrl+C", 1, 0]]),
    ("as long as is asked", pressed(1, COPY), 3, {"hold_us": 1e6}, []),
    ("oldest first", pressed(1, COPY) + pressed(2, PASTE), 2.5, {}, [["Ctrl+C", 1, 1.5], ["Ctrl+V", 1, 0.5]]),
    ("again and again is one chip", pressed(1, PASTE) + pressed(3, PASTE) + pressed(5, PASTE), 5.5, {},
     [["Ctrl+V", 3, 0.5]]),
    ("long after is another time", pressed(1, PASTE) + pressed(5, PASTE), 5.5, {}, [["Ctrl+V", 1, 0.5]]),
    ("typed text is no chip", typed(1, 2), 2, {}, []),
    ("unless it is asked for", typed(1, 2), 2, {"mode": "all"}, [["••", 1, 0]]),
    ("with named keys apart",
     typed(1) + rows((1.2, "key_down", key("Enter")), (1.3, "key_down", key("Enter"))) + typed(1.5), 2,
     {"mode": "all"}, [["•", 1, 1], ["Enter", 2, 0.7], ["•", 1, 0.5]]),
    ("a shortcut's own keys are not shown", typed(0.5, name="x") + pressed(1, COPY), 1, {"mode": "all"},
     [["x", 1, 0.5], ["Ctrl+C", 1, 0]]),
    ("keys before a shortcut that is a row of its own are",
     typed(1, name="x") + rows((1, "shortcut", key("a", "meta"))), 1,
     {"mode": "all"}, [["x", 1, 0], ["Super+A", 1, 0]]),
    ("a function key once", rows((1, "key_down", key("F5")), (1, "shortcut", key("F5", chord="f5", **DERIVED))), 1,
     {"mode": "all"}, [["F5", 1, 0]]),
    ("text of an agent, its end", rows((1, "text_input", {"text": "x" * 30 + "end"})), 1, {"mode": "all"},
     [["x" * 21 + "end", 1, 0]]),
    ("none", pressed(1, COPY), 1, {"mode": "none"}, []),
    ("no rows", [], 1, {}, []),
]  # fmt: skip


@pytest.mark.parametrize("cut_n", [0, 1])
@pytest.mark.parametrize("case", [case[1:] for case in CHIPS], ids=[case[0] for case in CHIPS])
def test_chips(player_core: Run, case: Any, cut_n: int) -> None:
    """Also when the last row lies in a chunk of its own."""
    told, t_s, options, expected = case
    border = len(told) - cut_n
    found = player_core(
        """return sessionOf(made).chipsAt(t_us, options)
          .map(({ label, times_n, age_us }) => [label, times_n, age_us / 1e6])""",
        made=made.session(*[span for span in (told[:border], told[border:]) if span]), t_us=t_s * 1e6, options=options,
    )  # fmt: skip
    assert [chip[:2] for chip in found] == [chip[:2] for chip in expected]
    assert [chip[2] for chip in found] == pytest.approx([chip[2] for chip in expected])
