"""`python -m benchmarks.scan [EACH]`: what the checks find and miss on the half of the leak set that tuned nothing.

EACH items of a kind (150; of misplaced masks twice as many, of sound pictures three times), PNG, JPEG and WebP. Rates
are those of masks, unless the table says texts. Processor time is that of checks alone, decoding apart.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from explorer.measures.codec import stored
from explorer.measures.typed_text import Press, typed
from explorer.scan.finding import Finding
from explorer.scan.personal_text import values
from explorer.scan.registry import PICTURE_CHECKS
from explorer.scan.views import Mask, View
from tests.leak_set.encoding import decoded
from tests.leak_set.items import Item, Picture
from tests.leak_set.pictures import made
from tests.leak_set.texts import TextItem, texts

SPLIT = "measuring"
WEAK = ("blurred", "pixelated", "translucent", "near_black")
MISPLACED = ("shifted", "too_small", "display_scale")
_OPEN = 0.2  # of a value's ink beside its mask
FORMLESS = ("PERSON", "LOCATION", "DATE_TIME")


class Sums:
    """Counts by name, of what was looked at and what was found, and processor seconds by check."""

    def __init__(self) -> None:
        self.all, self.hit = Counter[str](), Counter[str]()
        self.cpu_s, self.masks_n = Counter[str](), 0

    def note(self, name: str, is_found: bool) -> None:
        self.all[name] += 1
        self.hit[name] += is_found


def main() -> int:
    """Print the table."""
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    sums = Sums()
    sizes = {**dict.fromkeys(WEAK, each), **dict.fromkeys(MISPLACED, each * 2), "sound": each * 3,
             "declared_not_burned": each // 3, "one_of_two": each // 3, "burned_not_declared": each // 3}  # fmt: skip
    for kind, n in sizes.items():
        for number in range(n if kind != "display_scale" else n // 6):
            _picture_item(made(SPLIT, kind, number), sums)
    for item in texts(SPLIT, each):
        _text_item(item, sums)
    Console(width=110).print(_table(sums))
    return 0


def _picture_item(item: Item, sums: Sums) -> None:
    before = None
    for index, picture in enumerate(item.pictures):
        view = _view(index, picture, before)
        sums.masks_n += len(view.masks)
        found = list(_found(view, sums))
        _count(item, picture, found, sums)
        if item.kind in ("one_of_two", "sound") and before is not None:
            sums.note(f"{item.kind} pairs", any(one.kind == "bare_in_neighbour" for one in found))
        before = view
    if item.kind == "burned_not_declared":
        sums.note("bars not declared", any(one.kind == "not_declared" for one in found))


def _view(index: int, picture: Picture, before: View | None) -> View:
    masks = tuple(
        Mask(str(number), *one.box.edges, one.entity, one.method) for number, one in enumerate(picture.masks)
    )
    return View(
        "s", str(index), index, None, decoded(picture.content), stored(picture.content), masks, before
    )


def _found(view: View, sums: Sums) -> Iterator[Finding]:
    for check in PICTURE_CHECKS:
        start = time.process_time()
        yield from check.look(view)
        sums.cpu_s[check.name] += time.process_time() - start


def _count(item: Item, picture: Picture, found: list[Finding], sums: Sums) -> None:
    """Every mask of the picture is one case: weak, misplaced, or sound."""
    family = (
        "JPEG"
        if picture.format == "jpeg"
        else "WebP with loss"
        if "lossy" in item.encoding
        else "without loss"
    )
    seen = {(one.kind, one.redaction_id) for one in found}
    for number, mask in enumerate(picture.masks):
        is_weak = ("weak_mask", str(number)) in seen or ("not_burned", str(number)) in seen
        is_edge = ("ink_at_edge", str(number)) in seen
        is_subject = mask.box == item.box
        if item.kind in WEAK and is_subject and item.recovery:
            name = "weak, recoverable" if item.recovery.is_recoverable else "weak, not recoverable"
            sums.note(f"{name}: {family}", is_weak)
        elif item.kind == "declared_not_burned" and not mask.is_burned:
            sums.note("declared, not burned in", is_weak)
        elif mask.method == "fill":
            sums.note(f"sound called weak: {family}", is_weak)
        if item.kind in ("shifted", "too_small") and is_subject:
            sums.note(f"misplaced: {item.kind}", is_edge)
        elif item.kind == "display_scale" and any(
            truth.open_share >= _OPEN and truth.box.touches(mask.box) for truth in picture.truths
        ):
            sums.note("misplaced: display_scale", is_edge)
        elif item.kind == "sound":
            sums.note("sound called misplaced", is_edge)


def _text_item(item: TextItem, sums: Sums) -> None:
    if item.channel == "typed":
        made_of = [Press(at, press.key, press.mods) for at, press in enumerate(item.keys)]
        spelled = list(typed(made_of))
        sums.note("keys: text rebuilt", any(one.text == item.text for one in spelled))
        is_found = any(values(one.text, is_address=False) for one in spelled)
    else:
        found = values(item.text, is_address=item.channel == "url")
        is_found = any(
            not item.is_leak or any(one.start < span.end and span.start < one.end for span in item.spans)
            for one in found
        )
    if not item.is_leak:
        sums.note("texts: false alarms", is_found)
        return
    entity = item.spans[0].entity
    bare = (item.shape == "bare" and entity in ("US_SSN", "PHONE_NUMBER")) or item.shape == "us bare"
    group = "names" if entity in FORMLESS else "bare digits" if bare else "values with a form"
    sums.note(f"texts: {group}", is_found)


def _table(sums: Sums) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("what", "found", "of", "share"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for name in sorted(sums.all):
        n, hit = sums.all[name], sums.hit[name]
        table.add_row(name, f"{hit:,}", f"{n:,}", f"{hit / n:.3f}")
    for check, cpu_s in sorted(sums.cpu_s.items()):
        table.add_row(f"{check}: processor ms a mask", f"{1000 * cpu_s / max(1, sums.masks_n):.2f}")
    whole_s = sum(sums.cpu_s.values())
    table.add_row(
        "masks a second and core, decoding apart",
        f"{sums.masks_n / max(whole_s, 1e-9):,.0f}",
        f"{sums.masks_n:,}",
    )
    return table


if __name__ == "__main__":
    sys.exit(main())
