"""Tasks with customer records and documents: what is done, in which order. Habits decide how."""

from __future__ import annotations

from recorder.actor import Actor


def care(actor: Actor) -> None:
    """A complaint that ends in the customer's record: new phone, a note, the order's status, an answer."""
    actor.read(2.0)
    actor.click("row-m1")
    actor.read(5.0)
    actor.click("fact-Phone", at=(36, 17), times=3)
    actor.command("copy")
    actor.switch("customers")
    actor.read(1.5)
    actor.command("find")
    actor.type_text("Juniper Vale")
    actor.tap("Enter")
    actor.read(3.0)
    actor.replace_text("field-phone", "555-0143")
    actor.replace_text("field-street", "61 Mock Terrace")
    actor.read(1.2)
    actor.click("notes", at=(120, 18))
    actor.shortcut("ctrl+End")
    actor.type_text("\nComplaint about order 4127, new planters sent. Call Juniper Vale on Friday.")
    actor.command("save")
    actor.command("flag", on="row-c1049")
    actor.rest()
    _answer(actor)


def _answer(actor: Actor) -> None:
    """The order's status, and a reply."""
    actor.switch("sheet")
    actor.click("G11")
    actor.type_text("Replaced")
    actor.tap("Enter")
    actor.command("save")
    actor.switch("mail")
    actor.command("reply", on="row-m1")
    actor.type_text("Dear Ms Vale,\nnew planters leave today. We keep 555-0143 as your number.\n")
    actor.read(1.5)
    actor.command("send")
    actor.read(1.5)


def record(actor: Actor) -> None:
    """A caller becomes a customer: a new record, filled in field by field, and a welcome."""
    actor.read(1.5)
    actor.scroll("list", 3)
    actor.click("row-m10")
    actor.read(3.0)
    actor.switch("customers")
    actor.command("new")
    actor.type_text("Briar Holloway")
    actor.replace_text("field-birthday", "14 June 1974")
    actor.replace_text("field-email", "briar.holloway@example.com")
    actor.replace_text("field-phone", "555-0187")
    actor.replace_text("field-street", "44 Fixture Way")
    actor.replace_text("field-town", "Testbury")
    actor.replace_text("field-card", "4242 4242 4242 4242")
    actor.read(1.0)
    actor.click("save")
    actor.read(2.0)
    actor.rest()
    _welcome(actor)


def _welcome(actor: Actor) -> None:
    """A draft to another customer, addressed by what her record says."""
    actor.command("find")
    actor.type_text("heather.stone@example.net\n")
    actor.read(2.5)
    actor.click("field-email", at=(60, 15), times=3)
    actor.command("copy", on="field-email")
    actor.switch("mail")
    actor.command("new")
    actor.command("paste")
    actor.click("subject")
    actor.type_text("Welcome")
    actor.click("body", at=(80, 20))
    actor.type_text("Dear Ms Stone,\nthank you for your call.\n")
    actor.command("save")
    actor.read(1.5)


def letter(actor: Actor) -> None:
    """A letter to a customer: name and address from the record, a heading, bold words, saved."""
    actor.switch("customers")
    actor.read(1.5)
    actor.command("find")
    actor.type_text("Marigold Finch\n")
    actor.read(2.0)
    actor.click("field-street", at=(50, 15), times=3)
    actor.command("copy", on="field-street")
    actor.switch("documents")
    actor.read(1.5)
    actor.command("new")
    actor.type_text("Marigold Finch\n")
    actor.command("paste", on="paper")
    actor.type_text("\nDear Ms Finch,\nwe have noted your new address. ")
    actor.command("bold")
    actor.type_text("Delivery is free this time.")
    actor.command("bold")
    actor.type_text("\nPlease call 555-0190 if anything is missing.\n")
    actor.read(2.5)
    actor.command("save")
    actor.rest()
    _older_letter(actor)


def _older_letter(actor: Actor) -> None:
    """The letter from before is looked through; a change of mind."""
    actor.click("file-d2")
    actor.read(4.0)
    actor.scroll("desk", 2)
    actor.command("find")
    actor.type_text("Ms Finch\n")
    actor.read(1.5)
    actor.command("italic")
    actor.command("undo")
    actor.command("save")
    actor.read(1.5)


def minutes(actor: Actor) -> None:
    """Notes of a meeting: read, find, add a heading and a paragraph, tell a colleague."""
    actor.switch("documents")
    actor.click("file-d3")
    actor.read(5.0)
    actor.command("find")
    actor.type_text("Linden Marsh\n")
    actor.read(2.0)
    actor.tap("ArrowRight")
    actor.shortcut("ctrl+End")
    actor.tap("Enter")
    actor.type_text("Next meeting")
    actor.command("heading")
    actor.type_text("\nBriar Holloway brings the price list, Rowan Quill the totals.")
    actor.command("save")
    actor.read(2.0)
    actor.rest()
    actor.scroll("desk", 2)
    actor.click("file-d4")
    actor.read(3.0)
    actor.scroll("desk", -2)
    actor.switch("mail")
    actor.scroll("list", 2)
    actor.click("row-m8")
    actor.read(3.0)
    actor.command("reply", on="row-m8")
    actor.type_text("Hi Linden,\nthe notes of Thursday are ready. Call me on 555-0110.\n")
    actor.command("send")
    actor.read(1.5)
