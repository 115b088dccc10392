"""The keyboard: modifiers and keys shaded by how often shortcuts used them. Letters that are typed never count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from explorer.charts.palette import KINDS
from explorer.exports.clip_keys import label_of
from explorer.trace.schema import MODIFIERS
from explorer.widgets import wording
from explorer.widgets.loader import mount

_SAID_N = 6
_NAMES = {
    "escape": "Esc", "backspace": "⌫", "tab": "Tab", "capslock": "Caps", "enter": "Enter", "insert": "Ins",
    "delete": "Del", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn", "arrowup": "↑",
    "arrowdown": "↓", "arrowleft": "←", "arrowright": "→", **{f"f{n}": f"F{n}" for n in range(1, 13)},
}  # fmt: skip


def keyboard(key: str, rows: Sequence[dict[str, Any]]) -> None:
    """Draw the rows of shortcuts/chords, without that of the others."""
    colours = next([kind.light, kind.dark] for kind in KINDS if kind.name == "shortcut")
    systems = Counter({row["os"]: 0 for row in rows})
    for row in rows:
        systems[row["os"]] += row["presses_n"]
    os = systems.most_common(1)[0][0] if systems else None
    modifiers = {name: label_of(None, None, f"{name}+f1", os) or ("",) for name in MODIFIERS}
    used = used_keys(rows, {name: label[0] for name, label in modifiers.items()})
    alt = "Keyboard, keys of shortcuts shaded by use: " + ", ".join(
        f"{use['label']} {wording.number(use['presses_n'])}" for use in list(used.values())[:_SAID_N]
    )
    names = _NAMES | {name: label[0] for name, label in modifiers.items()}
    data = {"used": used, "names": names, "colours": colours, "alt": alt}
    mount("keyboard", '<div class="keyboard"></div>\n', key=key, data=data)


def used_keys(rows: Sequence[dict[str, Any]], modifiers: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Use of each key, the most used first: label, presses_n, share of the most used one, and the chords in words."""
    presses: Counter[str] = Counter()
    chords: dict[str, Counter[str]] = {}
    labels: dict[str, str] = {}
    for row in rows:
        label = label_of(None, None, row["chord"], row["os"])
        if label is None:
            continue
        held = [name for name in MODIFIERS if f"+{name}+" in f"+{row['chord']}"]
        name = row["chord"][sum(len(word) + 1 for word in held) :]
        labels |= {name: _NAMES.get(name, label[-1])} | {word: modifiers[word] for word in held}
        said = f"{' + '.join(label)}{': ' + row['command'] if row['command'] else ''}"
        for part in (*held, name):
            presses[part] += row["presses_n"]
            chords.setdefault(part, Counter())[said] += row["presses_n"]
    most_n = max([1, *presses.values()])
    return {
        name: {
            "label": labels[name],
            "presses_n": n,
            "share": n / most_n,
            "said": "\n".join(
                f"{said}, {wording.number(m)} ×" for said, m in chords[name].most_common(_SAID_N)
            ),
        }
        for name, n in presses.most_common()
    }
