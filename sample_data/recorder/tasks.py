"""The tasks of the people: what is done, in which order. How it is done is up to each person's habits."""

from __future__ import annotations

from collections.abc import Callable

from recorder import records
from recorder.actor import Actor


def complaint(actor: Actor) -> None:
    """A late order: find it in the list, mark it as replaced, answer the customer."""
    actor.read(2.5)
    actor.click("row-m1")
    actor.read(5.5)
    actor.click("fact-Order", at=(24, 17), times=2)
    actor.command("copy")
    actor.switch("sheet")
    actor.read(1.5)
    actor.command("find")
    actor.command("paste") if actor.persona.routes[0] > 0.4 else actor.type_text("4127")
    actor.tap("Enter")
    actor.read(2.0)
    actor.click("G11")
    actor.type_text("Replaced")
    actor.tap("Enter")
    actor.command("save")
    actor.read(1.2)
    actor.switch("mail")
    actor.command("reply", on="row-m1")
    actor.type_text("Dear Ms Vale,\nI am sorry. Twelve new planters leave today.\nLarkspur Supplies")
    actor.read(1.5)
    actor.command("send")
    actor.read(1.5)


def refund(actor: Actor) -> None:
    """A returned parcel: copy the amount, note the refund, confirm it."""
    actor.read(2.0)
    actor.click("row-m2")
    actor.read(5.0)
    actor.scroll("letter", 2)
    actor.read(1.5)
    actor.switch("sheet")
    actor.click("G3")
    actor.type_text("Refunded")
    actor.tap("Enter")
    actor.click("F3")
    actor.command("copy", on="F3")
    actor.read(1.0)
    actor.switch("mail")
    actor.command("reply", on="row-m2")
    actor.type_text("Good morning,\nyour refund of ")
    actor.command("paste", on="body")
    actor.type_text(" is on its way.\n")
    actor.command("bold")
    actor.type_text("Thank you for your patience")
    actor.command("bold")
    actor.type_text("\n")
    actor.command("save")
    actor.read(1.5)
    actor.click("send")
    actor.read(1.5)


def tidy(actor: Actor) -> None:
    """An overfull inbox: archive, flag, delete, change one's mind, search."""
    actor.read(3.0)
    actor.scroll("list", 3)
    actor.read(1.5)
    actor.click("row-m7")
    actor.read(2.5)
    actor.command("archive", on="row-m7")
    actor.click("row-m12")
    actor.read(2.0)
    actor.command("delete", on="row-m12")
    actor.read(1.0)
    actor.command("undo")
    actor.read(1.5)
    actor.command("flag", on="row-m12")
    actor.scroll("list", -3)
    _search(actor)
    actor.scroll("list", 3)
    actor.click("row-m11")
    actor.read(3.0)
    actor.command("reply", on="row-m11")
    actor.type_text("Good evening,\nyes, 24 trays are fine.\n")
    actor.command("send")
    actor.read(1.5)


def _search(actor: Actor) -> None:
    """Find a message by its text, mark it, and look into the archive."""
    actor.command("find")
    actor.type_text("order 41")
    actor.read(2.5)
    actor.click("row-m5")
    actor.read(4.0)
    actor.command("read", on="row-m5")
    actor.click("search")
    actor.stage.wait(0.3)
    actor.shortcut("ctrl+a")
    actor.tap("Backspace")
    actor.read(1.0)
    actor.click("folder-archive")
    actor.read(2.0)
    actor.click("folder-inbox")


def totals(actor: Actor) -> None:
    """Figures for a meeting: bold header, a sum, and two lines to the colleague who asked."""
    actor.read(2.0)
    actor.click("row-m4")
    actor.read(5.0)
    actor.switch("sheet")
    actor.read(1.5)
    actor.drag("A1", "H1")
    actor.command("bold")
    actor.read(1.0)
    actor.drag("F2", "F19")
    actor.read(2.5)
    actor.scroll("grid", 2)
    actor.click("F20")
    actor.command("sum", on="F20")
    actor.read(1.0)
    actor.command("copy", on="F20")
    actor.command("save")
    actor.switch("mail")
    actor.command("reply", on="row-m4")
    actor.type_text("Hello,\nthe sum of all orders is ")
    actor.command("paste", on="body")
    actor.type_text(".\nThe header row is bold now.\n")
    actor.read(1.5)
    actor.command("send")
    actor.read(1.5)


def address(actor: Actor) -> None:
    """A customer moves: correct town and phone in the list, confirm by mail."""
    actor.read(1.5)
    actor.click("row-m3")
    actor.read(4.5)
    actor.click("fact-Phone", at=(36, 17), times=3)
    actor.command("copy")
    actor.switch("sheet")
    actor.command("find")
    actor.type_text("4131")
    actor.tap("Enter")
    actor.read(1.5)
    actor.click("D15")
    actor.type_text("Mockham\n")
    actor.command("undo")
    actor.read(1.0)
    actor.click("D15")
    actor.type_text("Exampleton\n")
    actor.click("H15")
    actor.command("paste", on="H15")
    actor.command("save")
    actor.read(1.5)
    actor.switch("mail")
    actor.command("reply", on="row-m3")
    actor.type_text("Hello Ms Finch,\nthe new address is in our list.\nSee you soon\n")
    actor.command("send")
    actor.read(1.0)


TASKS: dict[str, tuple[str, Callable[[Actor], None]]] = {
    "complaint": ("Answer the complaint about order 4127 and update the order list", complaint),
    "refund": ("Confirm the refund for order 4119 and note it in the order list", refund),
    "tidy": ("Tidy the inbox and answer the question about order 4135", tidy),
    "totals": ("Send the totals for Thursday's meeting", totals),
    "address": ("Record the new address for order 4131", address),
    "care": ("Answer a complaint and update the customer", records.care),
    "record": ("Enter a new customer and write a welcome", records.record),
    "letter": ("Write a letter about a new address", records.letter),
    "minutes": ("Complete the notes of the meeting", records.minutes),
}
