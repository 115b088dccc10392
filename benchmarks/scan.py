"""`python -m benchmarks.scan [EACH [FIRST]]`: what the checks find and miss on the half that tuned nothing.

EACH items of a kind (150; of misplaced masks twice as many, of sound pictures three times), the first being number
FIRST (0), in PNG, JPEG and WebP. One item in eight is WebP with loss, so half as many weak and sound ones are added.
`... EACH FIRST real FOLDER`: the same in the PNG files of a folder of screenshots. `... office`: the office sample.
`... weak`: the same masks, and only whether they are solid; a low severity says that it may be the codec's noise.
`... misplaced`: only items that say how many misplaced masks are found, and how many sound ones are called so.
Rates are those of masks, unless the table says otherwise; intervals are exact ones (Clopper-Pearson), as if masks were
independent. Processor time is that of checks alone, decoding apart.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from itertools import count, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.scan_counts import Sums
from explorer.engine import open_engine
from explorer.measures.codec import stored
from explorer.measures.leak_bounds import binomial_lower, binomial_upper
from explorer.measures.typed_text import Press, typed
from explorer.resources import sample_dataset
from explorer.scan import weak_mask
from explorer.scan.finding import Finding
from explorer.scan.jobs import jobs_of
from explorer.scan.personal_text import values
from explorer.scan.registry import PICTURE_CHECKS, SESSION_CHECKS
from explorer.scan.views import Mask, View
from explorer.scan.work import work
from tests.leak_set.encoding import decoded, encoding
from tests.leak_set.injection import inject
from tests.leak_set.items import SESSIONS, Item, Picture
from tests.leak_set.pictures import made
from tests.leak_set.seeds import dice
from tests.leak_set.texts import TextItem, texts

SPLIT = "measuring"
_KEY = Path(__file__).resolve().parents[1] / "tests/sample_data/office_key.json"
WEAK = ("blurred", "pixelated", "translucent", "near_black")
MISPLACED = ("shifted", "too_small")
EDGES = (*MISPLACED, "sound", "sound_session")
LEAST_BYTES = 20_000  # smaller files are icons
_TAIL = 0.025
_OPEN = 0.2  # of a value's ink beside its mask
FORMLESS = ("PERSON", "LOCATION", "DATE_TIME")


def main() -> int:
    """Print the table."""
    given = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    each, first = (*given, *(150, 0)[len(given) :])
    sums = Sums("weak" not in sys.argv)
    if "office" in sys.argv:
        _office(sums)
    elif "real" in sys.argv:
        _real(Path(sys.argv[-1]), each, first, sums)
    else:
        _drawn(each, first, sums)
    Console(width=110).print(_table(sums))
    return 0


def _drawn(each: int, first: int, sums: Sums) -> None:
    sizes = {**dict.fromkeys(WEAK, each), **dict.fromkeys(MISPLACED, each * 2), "sound": each * 3,
             **dict.fromkeys(SESSIONS, each // 3), "declared_not_burned": each // 3, "one_of_two": each // 3,
             "burned_not_declared": each // 3}  # fmt: skip
    for kind, n in ((kind, n) for kind, n in sizes.items() if _is_asked(kind)):
        for number in range(first, first + n):
            _picture_item(made(SPLIT, kind, number), sums)
        if kind in WEAK or kind == "sound":
            others = (one for one in count(first + n) if encoding(dice(SPLIT, "turn"), one).detail == "lossy")
            for number in islice(others, each // 2):
                _picture_item(made(SPLIT, kind, number), sums)
    for item in texts(SPLIT, each) if sums.is_whole and "misplaced" not in sys.argv else ():
        _text_item(item, sums)


def _is_asked(kind: str) -> bool:
    return "misplaced" not in sys.argv or kind in EDGES


def _real(folder: Path, each: int, first: int, sums: Sums) -> None:
    """Values and masks in screenshots; only masks that were put in are known, and counted."""
    shots = sorted(path for path in folder.rglob("*.png") if path.stat().st_size > LEAST_BYTES)
    for kind in (one for one in (*WEAK, *MISPLACED, "sound") if _is_asked(one)):
        for number in range(first, first + each):
            _picture_item(inject(shots[number % len(shots)].read_bytes(), kind, SPLIT, number), sums)


def _office(sums: Sums) -> None:
    """What was planted in pictures, and everything else that is found in them."""
    planted = [
        one for one in json.loads(_KEY.read_text(encoding="utf-8"))["failures"] if one["channel"] == "frame"
    ]
    with closing(open_engine(sample_dataset(), time_limit_ms=0)) as engine:
        jobs = jobs_of(engine.run("scan/sessions").to_pylist())
        found = [one for job in jobs for one in work(engine, job).found if one.channel == "frame"]
    hit = set[int]()
    for leak in planted:
        places = [
            at
            for at, one in enumerate(found)
            if one.frame_id in leak["frame_ids"] and _is_at(one, leak["box"])
        ]
        sums.note(f"planted: {leak['kind']}", bool(places))
        hit.update(places)
    for at, one in enumerate(found):
        sums.note(f"{one.kind}, {one.severity}: at a planted place", at in hit)


def _is_at(one: Finding, box: list[int]) -> bool:
    if one.left_px is None or one.top_px is None or one.width_px is None or one.height_px is None:
        return False
    return (one.left_px < box[2] and one.left_px + one.width_px > box[0]
            and one.top_px < box[3] and one.top_px + one.height_px > box[1])  # fmt: skip


def _picture_item(item: Item, sums: Sums) -> None:
    """An item as a scan sees a session: one picture after the other, and then what they say together."""
    before, views, found = None, [], []
    checks = [one for one in PICTURE_CHECKS if sums.is_whole or one.name == weak_mask.NAME]
    sessions = [(one, one.start()) for one in SESSION_CHECKS if sums.is_whole and item.kind not in WEAK]
    for index, picture in enumerate(item.pictures):
        views.append(view_of(index, picture, before))
        before = views[-1]
        sums.masks_n += len(before.masks)
        for check in checks:
            found += sums.timed(check.name, lambda check=check, view=before: list(check.look(view)))  # type: ignore[misc]
        for one, looking in sessions:
            sums.timed(one.name, lambda looking=looking, view=before: looking.note(view))  # type: ignore[misc]
    for one, looking in sessions:
        found += sums.timed(one.name, lambda looking=looking: list(looking.found()))  # type: ignore[misc]
    for index, picture in enumerate(item.pictures):
        _count(item, picture, [one for one in found if one.frame_id == str(index)], sums)
    if sums.is_whole:
        _count_item(item, found, sums)


def _count_item(item: Item, found: list[Finding], sums: Sums) -> None:
    """What is said of pairs and of sessions."""
    kinds = {one.kind for one in found}
    if item.kind in ("one_of_two", "sound") and len(item.pictures) > 1:
        sums.note(f"{item.kind} pairs", "bare_in_neighbour" in kinds)
    if item.kind in SESSIONS:
        sums.note(f"session off: {item.kind}", "masks_moved" in kinds)
    elif item.kind == "sound":
        sums.note("session off: sound, one picture", "masks_moved" in kinds)
    if item.kind == "burned_not_declared":
        sums.note("bars not declared", "not_declared" in kinds)


def view_of(index: int, picture: Picture, before: View | None) -> View:
    """A picture of an item as a scan sees it."""
    masks = tuple(
        Mask(str(number), *one.box.edges, one.entity, one.method) for number, one in enumerate(picture.masks)
    )
    return View(
        "s", str(index), index, None, decoded(picture.content), stored(picture.content), masks, before
    )


def _count(item: Item, picture: Picture, found: list[Finding], sums: Sums) -> None:
    """Every mask of the picture is one case: weak, misplaced, or sound."""
    family = ("JPEG" if picture.format == "jpeg" else "WebP with loss" if "lossy" in item.encoding
              else "without loss")  # fmt: skip
    seen = {(one.kind, one.redaction_id) for one in found}
    for number, mask in enumerate(picture.masks):
        weak = [one for one in found if one.detector == weak_mask.NAME and one.redaction_id == str(number)]
        is_edge = ("ink_at_edge", str(number)) in seen
        is_subject = mask.box == item.box
        if item.kind in WEAK and is_subject and item.recovery:
            name = "weak, recoverable" if item.recovery.is_recoverable else "weak, not recoverable"
            _note_weak(sums, name, family, weak)
        elif item.kind == "declared_not_burned" and not mask.is_burned:
            sums.note("declared, not burned in", bool(weak))
        elif mask.method == "fill":
            _note_weak(sums, "sound called weak", family, weak)
        if not sums.is_whole:
            continue
        is_open = any(one.open_share >= _OPEN and one.box.touches(mask.box) for one in picture.truths)
        if item.kind in MISPLACED and is_subject:
            sums.note(f"misplaced: {item.kind}", is_edge)
        elif item.kind in SESSIONS and is_open:
            sums.note(f"mask of a session that is off: {item.kind}", is_edge)
        elif item.kind in ("sound", "sound_session"):
            sums.note(f"sound called misplaced: {item.kind}", is_edge)


def _note_weak(sums: Sums, name: str, family: str, found: list[Finding]) -> None:
    sums.note(f"{name}: {family}", bool(found))
    sums.note(f"{name}, not low: {family}", any(one.severity != "low" for one in found))


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
    for name in ("what", "found", "of", "share", "95 %"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for name in sorted(sums.all):
        n, hit = sums.all[name], sums.hit[name]
        ends = f"{binomial_lower(hit, n, _TAIL):.3f} to {binomial_upper(hit, n, _TAIL):.3f}"
        table.add_row(name, f"{hit:,}", f"{n:,}", f"{hit / n:.3f}", ends)
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
