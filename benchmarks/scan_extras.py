"""`python -m benchmarks.scan_extras [PICTURES] [SOUND] [EACH]`: what the extras [ocr] and [ner] find and miss.

On the half of the leak set that tuned nothing: PICTURES with one personal value that nobody masked (150), SOUND ones in
which everything is masked (39), EACH texts of a channel with a value and as many without (150). Reading a picture takes
two to three seconds of processor time. A row whose extra is missing says so and is not run. Intervals are exact ones
(Clopper-Pearson) of 95 %; pictures and texts are made independently of each other.
"""

from __future__ import annotations

import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table

from explorer.measures.codec import stored
from explorer.scan import extras, names, names_in_text, picture_reader, words_in_picture
from explorer.scan.finding import UNREAD, Finding
from explorer.scan.personal_text import values
from explorer.scan.views import Mask, Text, View
from tests.leak_set.encoding import decoded
from tests.leak_set.items import Item, Truth
from tests.leak_set.pictures import made
from tests.leak_set.texts import TextItem, texts

SPLIT = "measuring"
_OPEN = 0.2  # of a value's ink: it can be read
_BARE = ("US_SSN", "PHONE_NUMBER")


class Sums:
    """How many there were of each name, and how many were right."""

    def __init__(self) -> None:
        self.all, self.hit = Counter[str](), Counter[str]()
        self.cpu_s, self.pictures_n, self.unread_n = 0.0, 0, 0

    def note(self, name: str, is_right: bool) -> None:
        self.all[name] += 1
        self.hit[name] += is_right


def main() -> int:
    """Print the table."""
    given = [int(one) for one in sys.argv[1:4]]
    pictures_n, sound_n, each = [*given, *(150, 39, 150)[len(given) :]]
    sums = Sums()
    missing = [extra for extra in extras.EXTRAS if not extra.is_there]
    if extras.OCR.is_there:
        for kind, n in (("missed", pictures_n), ("sound", sound_n)):
            for number in range(n):
                item = made(SPLIT, kind, number)
                look_at_picture(item, view_of(item), sums)
    if extras.NER.is_there:
        look_at_texts([item for item in texts(SPLIT, each) if item.channel in names_in_text.CHANNELS], sums)
    Console(width=110).print(table(sums))
    for extra in missing:
        print(f"not run: {extra.looks_at} ({extra.hint})")
    return 0


def view_of(item: Item) -> View:
    """The first picture of an item as checks get it."""
    picture = item.pictures[0]
    masks = tuple(
        Mask(str(number), *one.box.edges, one.entity, one.method) for number, one in enumerate(picture.masks)
    )
    return View("s", "s-0000000", 0, None, decoded(picture.content), stored(picture.content), masks)


def look_at_picture(item: Item, view: View, sums: Sums) -> None:
    """Read the picture and count: values that were told, and findings that tell a value."""
    start = time.process_time()
    found = list(words_in_picture.look(view, picture_reader.read(view.pixels)))
    sums.cpu_s += time.process_time() - start
    sums.pictures_n += 1
    sums.unread_n += sum(one.kind == UNREAD for one in found)
    told = [one for one in found if one.kind != UNREAD]
    is_open = [truth for truth in item.pictures[0].truths if truth.open_share >= _OPEN]
    for level, own in (("", told), (", medium and high", [one for one in told if one.severity != "low"])):
        for truth in is_open:
            is_told = any(_touches(one, truth) for one in own)
            sums.note(f"{item.kind}: values told{level}", is_told)
            if not level:
                sums.note(f"  of which {_group(truth)}", is_told)
        for one in own:
            sums.note(
                f"{item.kind}: findings that are right{level}", any(_touches(one, truth) for truth in is_open)
            )
    sums.note(f"{item.kind}: pictures without a false finding", all(
        any(_touches(one, truth) for truth in is_open) for one in told))  # fmt: skip


def _group(truth: Truth) -> str:
    if truth.entity != "PERSON":
        is_bare = truth.entity in _BARE and truth.text.isdigit()
        return "digits without a form" if is_bare else "values with a form, streets, birthdays"
    return "names in Latin letters" if _is_latin(truth.text) else "names in other letters"


def _is_latin(text: str) -> bool:
    return all(ord(sign) < 0x0250 for sign in text)


def _touches(one: Finding, truth: Truth) -> bool:
    left, top, width, height = one.left_px or 0, one.top_px or 0, one.width_px or 0, one.height_px or 0
    box = truth.box
    return left < box.right and box.left < left + width and top < box.bottom and box.top < top + height


def look_at_texts(items: list[TextItem], sums: Sums) -> None:
    """Count names that were told, with those after a title, and texts without a value that were left alone."""
    start = time.process_time()
    named = names.named([item.text for item in items])
    text_cpu_s = time.process_time() - start
    for item, own in zip(items, named, strict=True):
        spans = list(_spans(item, own))
        people = [span for span in item.spans if span.entity == "PERSON"]
        for span in people:
            is_told = any(start < span.end and span.start < end for start, end in spans)
            sums.note("texts: names told", is_told)
            group = "names in Latin letters" if _is_latin(item.value) else "names in other letters"
            sums.note(f"  texts, {group}", is_told)
        for start_at, end in spans:
            sums.note(
                "texts: findings that are right",
                any(start_at < one.end and one.start < end for one in people),
            )
        if not item.is_leak:
            sums.note("texts: without a value and left alone", not spans)
    sums.all["texts: processor µs a text"] = round(1e6 * text_cpu_s / max(1, len(items)))


def _spans(item: TextItem, own: list[names.Named]) -> Iterator[tuple[int, int]]:
    for finding in names_in_text.look(Text(item.text, item.channel, {"session_id": "s"}), own):
        yield finding.char_start or 0, finding.char_end or 0
    for one in values(item.text, is_address=False):
        if one.kind == "PERSON":
            yield one.start, one.end


def exact(hit: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Ends of the exact interval (Clopper and Pearson 1934) for `hit` of `n`."""

    def at_most(share: float, k: int) -> float:
        return sum(math.comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1))

    tail = (1 - level) / 2
    low = 0.0 if hit == 0 else _where(lambda share: 1 - at_most(share, hit - 1) >= tail)
    high = 1.0 if hit == n else _where(lambda share: at_most(share, hit) <= tail)
    return low, high


def _where(is_beyond: Callable[[float], bool]) -> float:
    """The share from which on it holds."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return high


def table(sums: Sums) -> Table:
    """What was counted, with intervals."""
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("what", "right", "of", "share", "95 %"):
        shown.add_column(name, justify="left" if name == "what" else "right")
    for name, n in sums.all.items():
        if name.endswith("a text"):
            shown.add_row(name, f"{n:,}")
            continue
        hit = sums.hit[name]
        low, high = exact(hit, n)
        shown.add_row(name, f"{hit:,}", f"{n:,}", f"{hit / n:.3f}", f"{low:.3f} to {high:.3f}")
    if sums.pictures_n:
        shown.add_row(
            "processor seconds a picture", f"{sums.cpu_s / sums.pictures_n:.2f}", f"{sums.pictures_n:,}"
        )
        shown.add_row("letters told as not read", f"{sums.unread_n:,}")
    return shown


if __name__ == "__main__":
    sys.exit(main())
