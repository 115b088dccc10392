"""Sessions whose texts leak, in every channel, or tell more than nothing though they are masked."""

from __future__ import annotations

from collections.abc import Iterator

from tests.leak_set.items import Declared

from .picture_cases import MAIL, sound
from .rows import Row, Tables, click, focus, hidden_keys, keys, session

PHONE = "+44 7700 900123"
PERSON = "Martha Ellison"
TOO_LONG = 220_001  # words


def text_sessions() -> Iterator[Tables]:
    """One session for each case."""
    picture = sound().pictures[0]
    shots = [picture.content] * 3
    yield session(
        "case-texts", events=_desk(), pictures=shots, masks=picture.masks, task=f"Answer {MAIL} about order 7"
    )
    yield session("case-rows-alone", events=_desk())
    yield session("case-typed", events=[focus("New message - Mail"), click(300, 200), *keys(f"to {MAIL} today "),
                                        click(500, 400)], pictures=shots, every=9, masks=picture.masks)  # fmt: skip
    yield session("case-agent", events=[focus("Customers - Desk")] * 4, steps=_steps(), pictures=shots)
    yield _beside()
    yield session("case-masked-elsewhere", pictures=shots[:2], masks=picture.masks,
                  events=[focus("<PERSON> - Customers"), click(90, 90), focus("Juniper Vale - Customers"),
                          click(120, 300), focus("Inbox - Mail"), click(40, 40)])  # fmt: skip
    yield session("case-name", events=[focus("Inbox - Mail"), focus(f"Letter to {PERSON} - Mail"), click(20, 60)],
                  pictures=shots[:1], masks=picture.masks)  # fmt: skip
    yield from _hidden()
    yield session(
        "case-long-text",
        events=[focus("Notes"), {"kind": "clipboard_copy", "text": "word " * TOO_LONG}],
    )


def last_session() -> Tables:
    """The other one of two sessions that a numbered placeholder links."""
    return session(
        "case-linked-2", events=[focus("Inbox - Mail"), focus("Re: <PERSON_12> - Mail"), click(70, 70)]
    )


def _desk() -> list[Row]:
    """A value in each channel of events, with other rows around it."""
    role = {"element_role": "link", "element_left_px": 180, "element_top_px": 240, "element_width_px": 200,
            "element_height_px": 24}  # fmt: skip
    return [
        focus("Inbox - Mail"), click(200, 140), focus(f"Re: {MAIL} - Mail"), click(260, 180), click(300, 200),
        {"kind": "navigation", "url": f"https://desk.example/customers?find={MAIL}&page=2"}, click(420, 300),
        click(240, 250, element_name=f"Open {MAIL}", **role), focus("Customers - Desk"), click(100, 90),
        {"kind": "clipboard_copy", "text": f"{PHONE}\nOrder 7", "text_len": len(PHONE) + 8},
        {"kind": "text_input", "text": f"Call {PHONE} ", "text_len": len(PHONE) + 6}, click(40, 40),
    ]  # fmt: skip


def _steps() -> list[Row]:
    """Steps of an agent, one of them with a value in what it thought."""
    return [
        {"thought": "The form is open.", "action_type": "click", "instruction": "Answer the customer."},
        {"thought": f"The form shows {MAIL}, so I save it.", "action_type": "click"},
        {"thought": "The form is saved.", "action_type": "type", "action_args": f'{{"text": "{PHONE}"}}'},
    ]


def _beside() -> Tables:
    """What the picture masks as an address of mail can be read in the title, and is typed."""
    picture = sound().pictures[0]
    masks = [Declared(mask.box, "EMAIL_ADDRESS", mask.method) for mask in picture.masks[:1]]
    events = [focus("Inbox - Mail"), click(200, 140), focus(f"Re: {MAIL} - Mail"), click(90, 200),
              focus("Customers - Desk"), click(300, 200), *keys(f"{MAIL} "), click(40, 40)]  # fmt: skip
    return session("case-beside", events=events, pictures=[picture.content] * 3, every=2, masks=masks)


def _hidden() -> Iterator[Tables]:
    """Texts that are masked, and still tell something."""
    start, end = [focus("Sign in - Desk"), click(300, 220)], [click(400, 400)]
    yield session("case-hidden-keys", events=[*start, *hidden_keys(9), *end])
    yield session("case-hidden-code", events=[*start, *hidden_keys(3, code="KeyA"), *end])
    yield session("case-length-kept", events=[*start, {"kind": "text_input", "text_len": 11, "is_text_redacted": True},
                                              *end])  # fmt: skip
    yield session("case-stars", events=[*start, {"kind": "text_input", "text": "*****"}, *end,
                                        {"kind": "text_input", "text": "********"}, *end,
                                        {"kind": "clipboard_copy", "text": "******"}, *end])  # fmt: skip
    yield session("case-linked-1", events=[focus("<PERSON_12> - Mail"), click(60, 60)])
