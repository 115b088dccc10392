"""What people do on the stage: point, click, drag, type, give commands in their own way, read."""

from __future__ import annotations

from random import Random

from recorder.film import Film
from recorder.motion import Point, pointer_path
from recorder.people import ROUTES, Persona
from recorder.stage import Button, RecordingError, Stage

_SHIFTED = dict(zip('!@#$%^&*()_+{}|:"<>?', "1234567890-=[]\\;',./", strict=True))
_NEIGHBOURS = {"a": "s", "e": "r", "i": "o", "n": "m", "o": "p", "r": "t", "s": "d", "t": "y", "l": "k"}

# How often a picture may be taken, in seconds: after what changes the view, and while somebody types.
VIEW_GAP_S, TYPING_GAP_S = 2.4, 6.0

# The menu of each command, and its chord, by app.
MENUS = {
    "Mail": {
        "Edit": ("undo", "cut", "copy", "paste", "find"),
        "Message": ("reply", "archive", "delete", "read", "flag"),
        "File": ("new", "save", "send"),
        "Format": ("bold",),
        "View": ("sheet", "customers", "documents"),
    },
    "Sheet": {
        "Edit": ("undo", "redo", "cut", "copy", "paste", "clear", "find"),
        "File": ("save",),
        "Insert": ("insert", "remove", "sum"),
        "Format": ("bold",),
        "View": ("mail", "customers", "documents"),
    },
    "Customers": {
        "File": ("new", "save"),
        "Edit": ("undo", "cut", "copy", "paste", "find"),
        "Customer": ("flag",),
        "Format": ("bold",),
        "View": ("mail", "sheet", "documents"),
    },
    "Documents": {
        "File": ("new", "save"),
        "Edit": ("undo", "redo", "cut", "copy", "paste", "find"),
        "Format": ("bold", "italic", "heading", "plain"),
        "View": ("mail", "sheet", "customers"),
    },
}
CHORDS = {
    "undo": "ctrl+z", "redo": "ctrl+y", "cut": "ctrl+x", "copy": "ctrl+c", "paste": "ctrl+v", "find": "ctrl+f",
    "bold": "ctrl+b", "save": "ctrl+s", "send": "ctrl+Enter", "reply": "ctrl+r", "archive": "ctrl+e",
    "delete": "Delete", "clear": "Delete", "read": "ctrl+u", "flag": "ctrl+shift+G", "new": "ctrl+shift+M",
    "italic": "ctrl+i", "sum": "alt+=", "mail": "alt+1", "sheet": "alt+2", "customers": "alt+3", "documents": "alt+4",
}  # fmt: skip
_KEY_OF = {"ctrl": "Control", "alt": "Alt", "shift": "Shift"}


class Actor:
    """One person at work; all chance comes from `rng`."""

    def __init__(self, stage: Stage, film: Film, persona: Persona, rng: Random) -> None:
        self.stage, self.film, self.persona, self.rng = stage, film, persona, rng

    def point_at(self, name: str, at: tuple[float, float] | None = None) -> None:
        """Move to the element: near its middle, or to `at` pixels from its top left."""
        left, top, width, height = self.stage.rectangle(name)
        if at is None:
            at = (width * self.rng.uniform(0.35, 0.65), height * self.rng.uniform(0.35, 0.65))
        target = (round(left + at[0]), round(top + at[1]))
        if not (0 <= target[0] < self.stage.size[0] and 0 <= target[1] < self.stage.size[1]):
            raise RecordingError(f"{name} lies outside the window")
        self._go(target, min(width, height))

    def click(
        self, name: str, at: tuple[float, float] | None = None, button: Button = "left", times: int = 1
    ) -> None:
        """Point at the element and click it `times` in a row."""
        self.point_at(name, at)
        self.stage.wait(self.rng.uniform(0.06, 0.18))
        for count in range(1, times + 1):
            self.stage.button_down(button, count)
            self.stage.wait(self.rng.uniform(0.06, 0.11))
            self.stage.button_up(button, count)
            self.stage.wait(self.rng.uniform(0.08, 0.13))
        self.stage.settle()
        self.film.look(VIEW_GAP_S)

    def drag(self, start: str, end: str) -> None:
        """Press on one element and release on the other."""
        self.point_at(start)
        self.stage.wait(0.12)
        self.stage.button_down()
        self.stage.wait(0.1)
        self.point_at(end)
        self.stage.wait(0.1)
        self.stage.button_up()
        self.film.look(VIEW_GAP_S)

    def scroll(self, name: str, notches: int) -> None:
        """Turn the wheel over the element; positive is downwards."""
        self.point_at(name)
        for _ in range(abs(notches)):
            self.stage.wheel(100 if notches > 0 else -100)
            self.stage.wait(self.rng.uniform(0.07, 0.16))
        self.film.look(VIEW_GAP_S)

    def read(self, seconds: float) -> None:
        """Look at the screen; the hand rests, or drifts a little."""
        seconds *= self.persona.calm
        first = seconds * self.rng.uniform(0.3, 0.6)
        self.stage.wait(first)
        if self.rng.random() < 0.6:
            x, y = self.stage.pointer
            width, height = self.stage.size
            drift = (x + self.rng.randint(-60, 60), y + self.rng.randint(-30, 30))
            self._go((min(max(drift[0], 4), width - 5), min(max(drift[1], 4), height - 5)), 60)
        self.stage.wait(seconds - first)

    def replace_text(self, name: str, text: str) -> None:
        """Put other text into a form field."""
        self.click(name)
        self.shortcut("ctrl+a")
        self.type_text(text)
        self.film.look(VIEW_GAP_S)

    def rest(self) -> None:
        """Pause the recording for a while, for those who take breaks."""
        if not self.persona.has_breaks:
            return
        self.stage.wait(0.8)
        self.stage.note("pause")
        self.stage.wait(self.rng.uniform(15, 35))
        self.stage.note("resume")
        self.stage.wait(1.5)

    def type_text(self, text: str) -> None:
        """Type the text with pauses between words, and a slip now and then that is taken back."""
        for letter in text:
            if letter in _NEIGHBOURS and self.rng.random() < self.persona.slip_share:
                self.tap(_NEIGHBOURS[letter])
                self.stage.wait(self.rng.uniform(0.15, 0.4))
                self.tap("Backspace")
            self.tap("Enter" if letter == "\n" else letter)
            if letter in ".,\n":
                self.stage.wait(self.rng.uniform(0.2, 0.6))
                self.film.look(TYPING_GAP_S)

    def tap(self, key: str, held: tuple[str, ...] = ()) -> None:
        """Press and release one key; capitals and signs hold Shift, as fingers must."""
        is_shifted = len(key) == 1 and (key.isupper() or key in _SHIFTED) and "shift" not in held
        names = [_KEY_OF[name] for name in (*held, *(("shift",) if is_shifted else ()))]
        for name in names:
            self.stage.press(name)
            self.stage.wait(self.rng.uniform(0.04, 0.09))
        self.stage.press(key)
        self.stage.wait(self.rng.uniform(0.05, 0.09))
        self.stage.release(key)
        for name in reversed(names):
            self.stage.wait(self.rng.uniform(0.02, 0.06))
            self.stage.release(name)
        self.stage.wait(max(0.03, self.rng.lognormvariate(0, 0.35) * self.persona.key_gap_s - 0.07))

    def command(self, name: str, *, on: str | None = None) -> None:
        """Give a command in one of the ways this person uses; `on` is what a context menu is opened on."""
        possible = {"shortcut": name in CHORDS, "menu": True, "context_menu": on is not None, "toolbar": True}
        possible["toolbar"] = name not in ("mail", "sheet", "customers", "documents", "plain")
        weights = [
            weight * possible[route] for route, weight in zip(ROUTES, self.persona.routes, strict=True)
        ]
        self._give(name, self.rng.choices(ROUTES, weights)[0], on)
        self.stage.settle()
        self.film.look(VIEW_GAP_S)

    def switch(self, app: str) -> None:
        """Bring another app to the front, by its chord or its icon."""
        if self.rng.random() < self.persona.routes[0]:
            self.shortcut(CHORDS[app])
            self.stage.settle()
        else:
            self.click(f"app-{app}")
        self.film.look(1.0)

    def shortcut(self, chord: str) -> None:
        """Press a chord."""
        *held, key = chord.split("+")
        self.stage.wait(self.rng.uniform(0.2, 0.45))
        self.tap(key, tuple(held))

    def _give(self, name: str, route: str, on: str | None) -> None:
        if route == "shortcut":
            self.shortcut(CHORDS[name])
        elif route == "toolbar":
            self.click(f"tool-{name}")
        elif route == "context_menu" and on:
            self.click(on, button="right")
            self.stage.wait(self.rng.uniform(0.3, 0.6))
            self.click(f"item-{name}")
        else:
            menu = next(menu for menu, names in MENUS[self.stage.app].items() if name in names)
            self.click(f"menu-{menu}")
            self.stage.wait(self.rng.uniform(0.3, 0.7))
            self.click(f"item-{name}")

    def _go(self, target: Point, width_px: float) -> None:
        self.stage.move(pointer_path(self.stage.pointer, target, width_px, self.persona.hand, self.rng))
