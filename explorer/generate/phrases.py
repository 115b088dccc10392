"""What made-up people type. Nothing here names anybody."""

from __future__ import annotations

PHRASES = (
    "thank you for your message", "we look into it today", "the order is on its way", "please send the form again",
    "see the table below", "totals for march", "delivery date", "moved to the second shelf", "agreed", "yes, at ten",
    "invoice", "the price is without tax", "draft of the offer", "select name from orders", "return total", "done",
    "fix the heading", "open points", "next meeting on monday", "can you check row forty", "kind regards", "42", "128",
    "1.250", "2026", "meeting room", "train to the coast", "how to print labels", "stock list", "on my way",
    "the second box was empty", "it works again", "shift plan", "new address", "logo, left", "version two",
    "a short summary of the week", "replaced the part", "ok", "waiting for the supplier",
)  # fmt: skip
