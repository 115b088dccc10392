"""A reader in the browser who knows what leaks: judges what is on the screen with keys and drags, as a person would.

Which item is on the screen is asked of the store, by the leases that the page asks for; the page itself does not know.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, expect

from explorer.review import Judged, Reviews
from explorer.review.words import ENTITIES, SEVERITIES
from explorer.widgets.review_words import CHANNELS

Box = tuple[int, int, int, int]  # left, top, width, height in picture pixels
PATIENCE_N, STEP_MS = 2000, 10


@dataclass(frozen=True)
class Seen:
    """A place that the reader sees: in the picture or a text; without a channel, in what is shown first."""

    channel: str
    entity: str
    box: Box | None = None
    severity: str = "direct"


@dataclass(frozen=True)
class View:
    """What a reader makes of an item."""

    verdict: str
    places: tuple[Seen, ...] = ()


def answers(key: list[dict[str, Any]]) -> Callable[[Judged], View]:
    """What a reader sees who knows the key: leaks that were left or planted, and where they are."""
    at: dict[str, list[Seen]] = {}
    for one in key:
        box = one.get("box")
        place = (box[0], box[1], box[2] - box[0], box[3] - box[1]) if box else None
        for frame_id in one["frame_ids"]:
            at.setdefault(frame_id, []).append(Seen(one["channel"], one["entity"], place))

    def sees(item: Judged) -> View:
        put = item.planted
        places = [*([Seen(put.channel, put.entity, put.box)] if put else []), *at.get(item.shown_id, ())]
        return View("leak", tuple(places)) if places else View("clean")

    return sees


class Reader:
    """One person on one page; `sees` says what that person makes of an item."""

    def __init__(self, page: Page, reviews: Reviews, plan_id: str, sees: Callable[[Judged], View]) -> None:
        self.page, self.sees, self.plan_id = page, sees, plan_id
        self.store = reviews._ledger.store(reviews.lineage_id)
        self.items = {one.item_id: one for one in reviews.judged(plan_id)}
        self.asked: list[str] = []
        self.sent: dict[str, str] = {}
        self.judged: dict[str, str] = {}  # verdict by item
        self.watching: Callable[[Judged, str], None] = lambda _item, _when: None
        page.on("request", self._hear)

    def _hear(self, request: Request) -> None:
        name = urlsplit(request.url).path.rpartition("/")[2]
        if request.method != "POST" or name not in ("next", "answer"):
            return
        body: Mapping[str, Any] = json.loads(request.post_data or "{}")
        if name == "answer":
            self.sent[body["lease_id"]] = body["verdict"]
        elif body["lease_id"] not in self.asked:
            self.asked.append(body["lease_id"])

    def begin(self, name: str) -> None:
        """Say who reads."""
        self.page.get_by_label("Your name").fill(name)
        self.page.keyboard.press("Enter")

    def work(self, most_n: int | None = None) -> int:
        """Judge until nothing is left, or so many items; closes full batches. How many were judged."""
        judged_n = 0
        while most_n is None or judged_n < most_n:
            self.page.locator(".verdict.clean:enabled, .panel_over:not([hidden]) .card").first.wait_for()
            if not self.page.locator(".panel_over:not([hidden]) .card").count():
                self.judge()
                judged_n += 1
            elif not self.turn_page():
                break
        return judged_n

    def turn_page(self) -> bool:
        """Answer what is said between items; False where there is nothing more to judge."""
        title = self.page.locator(".panel_over .card h2").inner_text()
        way = self.page.locator(".panel_over .ways button.primary").inner_text()
        if way == "Back to the plan":
            return False
        self.page.keyboard.press("Enter")
        shown = self.page.locator(".panel_over:not([hidden]) .card h2", has_text=title)
        expect(shown).to_have_count(0)
        return True

    def item(self) -> tuple[str, Judged]:
        """Lease and item that are on the screen."""
        for lease_id in self.asked:
            if lease_id not in self.sent and (lease := self.store.lease(self.plan_id, lease_id)):
                return lease_id, self.items[lease.item_id]
        raise AssertionError("nothing is on the screen")

    def judge(self) -> None:
        """Judge the item on the screen."""
        lease_id, item = self.item()
        view = self.sees(item)
        self.watching(item, "shown")
        marked = [place for place in view.places if self.mark(place)]
        self.watching(item, "marked")
        key = ("clean", "leak", "over_redacted", "unsure", "broken").index(view.verdict) + 1
        self.page.keyboard.press(str(key))
        self.say(view, item, marked)
        for _ in range(PATIENCE_N):
            if lease_id in self.sent:
                break
            self.page.wait_for_timeout(STEP_MS)
        assert self.sent.get(lease_id) == view.verdict, "the verdict is that of the item on the screen"
        self.judged[item.item_id] = view.verdict

    def mark(self, place: Seen) -> bool:
        """Mark a place by a drag, or a text of its channel by its button; False where neither is shown."""
        if place.box:
            self.drag(place.box)
            return True
        if not place.channel:
            return False
        row = self.page.get_by_role("button", name=f"Mark all of this text: {CHANNELS[place.channel]}")
        if not row.count():
            return False
        row.first.focus()
        self.page.keyboard.press("Enter")
        return True

    def say(self, view: View, item: Judged, marked: Sequence[Seen]) -> None:
        """Answer what is asked of each place; of one that could not be marked, first where it is."""
        asked = {
            "leak": ("entity", "severity", "reason"),
            "over_redacted": ("reason",),
            "unsure": ("entity", "reason"),
        }
        if view.verdict not in asked:
            return
        if not marked:
            self.choose("Where is it?", CHANNELS.get(view.places[0].channel, ""))
        for place in marked or view.places[:1]:
            for ask in asked[view.verdict]:
                if ask == "entity":
                    self.choose("What is it?", ENTITIES[place.entity].capitalize())
                    self.watching(item, "asked")
                elif ask == "severity":
                    self.choose("How bad is it?", SEVERITIES[place.severity].capitalize())
                else:
                    self.choose("Why?", "not said")

    def choose(self, title: str, words: str) -> None:
        """Answer a question by the key that stands beside the words."""
        dialog = self.page.locator("dialog[open]").filter(has=self.page.get_by_role("heading", name=title))
        answer = dialog.locator(".answer").filter(has_text=words).first
        self.page.keyboard.press(answer.locator("kbd").inner_text())

    def drag(self, box: Box) -> None:
        """Draw around a box of the picture, which is fitted."""
        screen = self.page.locator(".screen").bounding_box()
        shown = self.page.locator(".screen canvas.ground").get_attribute("aria-label") or ""
        assert screen is not None
        words = shown.split()
        width, height = int(words[1]), int(words[3])
        scale = min(screen["width"] / width, screen["height"] / height)
        left = screen["x"] + (screen["width"] - width * scale) / 2
        top = screen["y"] + (screen["height"] - height * scale) / 2
        mouse = self.page.mouse
        mouse.move(left + box[0] * scale, top + box[1] * scale)
        mouse.down()
        mouse.move(left + (box[0] + box[2]) * scale, top + (box[1] + box[3]) * scale, steps=3)
        mouse.up()
