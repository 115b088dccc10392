"""What the agents do: one script for each agent and task; a step that was wrong is marked, and so is the end.

`steady` checks before it acts. `hasty` skips checks: sometimes it is lucky, more often the task fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Act:
    """One step: what the agent thinks, does, with which arguments, and whether that was right."""

    thought: str
    action: str
    arguments: dict[str, Any]
    is_correct: bool


@dataclass(frozen=True, slots=True)
class Script:
    """One attempt at a task."""

    model: str
    task: str
    acts: tuple[Act, ...]
    outcome: str
    score: float


def right(thought: str, action: str, **arguments: Any) -> Act:
    return Act(thought, action, arguments, True)


def wrong(thought: str, action: str, **arguments: Any) -> Act:
    return Act(thought, action, arguments, False)


STEADY, HASTY = "scripted-office-agent-1", "scripted-office-agent-2"
COMPLAINT = "Answer the complaint about order 4127 and update the order list"
CARE = "Answer a complaint and update the customer"
LETTER = "Write a letter about a new address"

_STEADY_COMPLAINT = (
    right("The complaint about order 4127 is the first unread message. I open it.", "click", target="row-m1"),
    right("The customer waits for twelve planters. I look the order up in the sheet.", "click", target="app-sheet"),
    right("I search for the order number.", "hotkey", keys=["Control", "f"]),
    right("The search field has the focus. I type the number and confirm it.", "type", text="4127\n"),
    right("The order is in row 11 and its status is Late. I select the status.", "click", target="G11"),
    right("I overwrite it, since new planters leave today.", "type", text="Replaced\n"),
    right("I save the sheet.", "hotkey", keys=["Control", "s"]),
    right("The list is up to date. I go back to the message.", "click", target="app-mail"),
    right("I reply to the customer.", "hotkey", keys=["Control", "r"]),
    right("I write what was done, in two lines.", "type",
        text="Dear Ms Vale,\nyour twelve planters leave again today."),
    right("The reply is complete. I send it.", "click", target="send"),
    right("The composer is closed and the message is among the sent ones. Done.", "done",
        answer="The order is marked as replaced and the customer is answered."),
)  # fmt: skip
_HASTY_COMPLAINT = (
    right("I open the complaint.", "click", target="row-m1"),
    right("I go to the sheet.", "click", target="app-sheet"),
    wrong("The late order should be near the top. I select its status.", "click", target="G9"),
    wrong("I write that it is replaced.", "type", text="Replaced\n"),
    right("I save.", "hotkey", keys=["Control", "s"]),
    right("Back to the mail.", "click", target="app-mail"),
    right("I reply.", "hotkey", keys=["Control", "r"]),
    right("A short answer is enough.", "type", text="Dear Ms Vale,\nit is done."),
    wrong("I save the draft, it will be sent.", "hotkey", keys=["Control", "s"]),
    wrong("Done.", "done", answer="The order is replaced and the customer is answered."),
)
_STEADY_CARE = (
    right("The complaint is the first unread message. I open it.", "click", target="row-m1"),
    right("The customer gives a phone number. I open the customer records.", "click", target="app-customers"),
    right("I search for the customer.", "hotkey", keys=["Control", "f"]),
    right("I type the name and confirm it.", "type", text="Juniper Vale\n"),
    right("The record is open. I select the phone number.", "click", target="field-phone"),
    right("I select all of it.", "hotkey", keys=["Control", "a"]),
    right("I type the new number.", "type", text="555-0143"),
    right("I save the record.", "hotkey", keys=["Control", "s"]),
    right("The title has no star any more, so it is saved. Back to the mail.", "click", target="app-mail"),
    right("I reply to the customer.", "hotkey", keys=["Control", "r"]),
    right(
        "I write the answer.", "type", text="Dear Ms Vale,\nyour planters leave today, your number is noted."
    ),
    right("I send it.", "click", target="send"),
    right("The record is updated and the message sent.", "done", answer="Updated and answered."),
)
_HASTY_CARE = (
    right("I open the customer records.", "click", target="app-customers"),
    wrong("The customer must be this one.", "click", target="row-c1048"),
    wrong("I select the phone number.", "click", target="field-phone"),
    wrong("I select all of it.", "hotkey", keys=["Control", "a"]),
    wrong("I type the new number.", "type", text="555-0143"),
    wrong("I save the record.", "hotkey", keys=["Control", "s"]),
    wrong("The customer is up to date. Done.", "done", answer="The customer is updated."),
)
_STEADY_LETTER = (
    right("I open the documents.", "click", target="app-documents"),
    right("I start a new letter.", "click", target="tool-new"),
    right(
        "I write to the customer.",
        "type",
        text="Marigold Finch\nDear Ms Finch,\nwe have noted your new address.",
    ),
    right("I save it.", "hotkey", keys=["Control", "s"]),
    right("The letter is in the list.", "done", answer="The letter is saved."),
)
_HASTY_LETTER = (
    right("I open the documents.", "click", target="app-documents"),
    wrong("There is a letter already. I open it.", "click", target="file-d2"),
    right("Reading it, I see that it is for the old address. I start a new one.", "click", target="tool-new"),
    right("I write to the customer.", "type", text="Dear Ms Finch,\nwe have noted your new address."),
    right("I save it.", "hotkey", keys=["Control", "s"]),
    right("The letter is in the list.", "done", answer="The letter is saved."),
)

# By the agent's name and the task.
SCRIPTS = {
    ("steady", "complaint"): Script(STEADY, COMPLAINT, _STEADY_COMPLAINT, "done", 1.0),
    ("hasty", "complaint"): Script(HASTY, COMPLAINT, _HASTY_COMPLAINT, "fail", 0.25),
    ("steady", "care"): Script(STEADY, CARE, _STEADY_CARE, "done", 1.0),
    ("hasty", "care"): Script(HASTY, CARE, _HASTY_CARE, "fail", 0.0),
    ("steady", "letter"): Script(STEADY, LETTER, _STEADY_LETTER, "done", 1.0),
    ("hasty", "letter"): Script(HASTY, LETTER, _HASTY_LETTER, "done", 0.8),
}  # fmt: skip
