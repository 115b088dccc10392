"""What key rows mean together: held modifiers, shortcuts, keys held at the start or never released. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.importers.derive import Derived
from explorer.importers.presses import KeyRows, Press, key_rows
from explorer.importers.recording import EVENT_BITS, NO_TIME, Events, Ints, Objects, objects
from explorer.trace.keys import ALT_GRAPH, MODIFIER_KEYS, chord, is_function_key, is_printable, mods_text

# A modifier counts as held for at most this long after its press or last repeat; one that was never released much
# shorter, so that one lost release does not turn the rest of the session into shortcuts.
HELD_LIMIT_US = 30_000_000
DANGLING_LIMIT_US = 2_000_000


@dataclass(slots=True)
class KeyReading:
    """What the key rows say: more flags and modifiers for the source rows, and the shortcuts."""

    flags: Ints
    mods: Objects
    shortcuts: Derived


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A press that is not auto-repeat: its chord (None when the key is unknown), and whether it is a shortcut."""

    row: int
    chord: str | None
    mods: str | None
    is_shortcut: bool


def read_keys(events: Events, platform: str | None, hotkeys: Sequence[Sequence[str]] = ()) -> KeyReading:
    """Modifiers, flags and shortcuts of the key rows in `events` (in their true order).

    A shortcut is Ctrl, Alt or Meta with a key, or a function key. Text typed with AltGr (Option on macOS) is none;
    auto-repeat makes no new one unless the modifiers changed. An unknown key with Ctrl makes a shortcut without
    chord. `hotkeys` are sequences of chords that steer the recorder itself.
    """
    rows = key_rows(events)
    flags, mods = np.zeros(len(events), np.int64), np.full(len(events), None, object)
    flags[rows.dangling] |= EVENT_BITS["dangling"]
    flags[rows.held_at_start] |= EVENT_BITS["held_at_start"]
    strokes = _strokes(events, rows, platform, mods)
    flags[_hotkey_rows(strokes, hotkeys)] |= EVENT_BITS["recorder_hotkey"]
    return KeyReading(flags, mods, _shortcuts(events, [s for s in strokes if s.is_shortcut], flags))


def _strokes(events: Events, keys: KeyRows, platform: str | None, mods: Objects) -> list[_Stroke]:
    """Walk through the rows with the modifiers that are held; fills in `mods` on the way."""
    strokes: list[_Stroke] = []
    held = _held_before(events, keys)
    mods_at_press: dict[int, str | None] = {}
    for row in keys.rows:
        press = keys.press_of.get(row)
        if press is None:
            continue
        if row == press.up:
            held.pop(id(press), None)
            continue
        t_us = int(events.t_us[row])
        names = {p.key for p in held.values() if p is not press and p.key and _counts_at(p, t_us)}
        active = _active_modifiers(press.key, names)
        mods[row] = text = mods_text(active)
        if row == press.down or text != mods_at_press.get(id(press)):
            strokes.append(_stroke(row, press.key, active, names, platform))
        mods_at_press[id(press)] = text
        press.last_us = t_us
        if press.key in MODIFIER_KEYS or press.key == ALT_GRAPH:
            held[id(press)] = press
    return strokes


def _held_before(events: Events, keys: KeyRows) -> dict[int, Press]:
    """Modifiers that were down before the first row."""
    held = {}
    for row in keys.held_at_start:
        press = keys.press_of[row]
        press.last_us = int(events.t_us[keys.rows[0]])
        held[id(press)] = press
    return held


def _counts_at(press: Press, t_us: int) -> bool:
    if press.up is None:
        return NO_TIME not in (t_us, press.last_us) and t_us - press.last_us <= DANGLING_LIMIT_US
    return NO_TIME in (t_us, press.last_us) or t_us - press.last_us <= HELD_LIMIT_US


def _active_modifiers(key: str | None, names: Iterable[str]) -> set[str]:
    """Modifiers as the chord states them; AltGr that types a character is none, with other keys it is Alt."""
    held = set(names)
    active = {MODIFIER_KEYS[name] for name in held if name in MODIFIER_KEYS}
    if _types_with_alt_graph(key, held):
        return active - {"ctrl", "alt"}
    return active | {"alt"} if ALT_GRAPH in held else active


def _types_with_alt_graph(key: str | None, held: set[str]) -> bool:
    if key is not None and not is_printable(key):
        return False
    if ALT_GRAPH in held:
        return True
    # Windows reports AltGr as Ctrl + Alt; with these, only letters and digits are taken for shortcuts.
    is_sign = key is not None and not (key.isascii() and key.isalnum())
    return is_sign and {"Control", "Alt"} <= held and "Meta" not in held


def _stroke(row: int, key: str | None, active: set[str], names: set[str], platform: str | None) -> _Stroke:
    strong = active & {"ctrl", "alt", "meta"}
    is_option_text = platform == "macos" and strong == {"alt"} and is_printable(key)
    is_modifier = key in MODIFIER_KEYS or key == ALT_GRAPH
    is_shortcut = not is_modifier and not is_option_text and (bool(strong) or is_function_key(key))
    return _Stroke(row, chord(active, key) if key else None, mods_text(active), is_shortcut)


def _hotkey_rows(strokes: Sequence[_Stroke], hotkeys: Sequence[Sequence[str]]) -> list[int]:
    """Rows of the presses that make up one of the recorder's own hotkeys."""
    chords = [stroke.chord for stroke in strokes]
    rows: list[int] = []
    for hotkey in hotkeys:
        for start in range(len(chords) - len(hotkey) + 1):
            if chords[start : start + len(hotkey)] == list(hotkey):
                rows += [stroke.row for stroke in strokes[start : start + len(hotkey)]]
    return rows


def _shortcuts(events: Events, strokes: Sequence[_Stroke], flags: Ints) -> Derived:
    rows = np.array([stroke.row for stroke in strokes], np.int64)
    none = np.full(len(events), None, object)
    kept = EVENT_BITS["unresolved_key"] | EVENT_BITS["recorder_hotkey"]
    return Derived(
        first=rows,
        last=rows,
        rank=np.ones(len(rows), np.int64),
        kind=objects(["shortcut"] * len(rows)),
        columns={
            "key": events.columns.get("key", none)[rows],
            "code": events.columns.get("code", none)[rows],
            "mods": objects([stroke.mods for stroke in strokes]),
            "chord": objects([stroke.chord for stroke in strokes]),
        },
        flags=(events.flags | flags)[rows] & kept,
    )
