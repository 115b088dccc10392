"""Words for what findings are, and which consent they need: every page and file takes them from here.

The kinds, severities and channels themselves stand in finding.py. One that is not known, as a newer version may write
it, is told by its own name and comes last.
"""

from __future__ import annotations

from explorer.scan.finding import CHANNELS, KINDS, SEVERITIES, UNREAD

# What a reviewer should know of a kind: what it means, or what to do.
KIND_HINTS = {
    "weak_mask": "The mask is not solid: what lies under it can be read or recovered from the stored picture. Paint it "
    "over in one colour. Where the severity is low, it may be noise of the picture's compression instead.",
    "not_burned": "The mask is on record, but the picture was stored without it: everything can be read. Burn it in.",
    "ink_at_edge": "Letters go on where the mask ends, or a border runs beneath it. Text may stand that close, too: "
    "look before you change it.",
    "masks_moved": "Masks of the whole session lie off by one distance or scale: mend that, not each mask.",
    "not_declared": "A bar in the colour of the masks that no record names. Nothing is readable here: put it on "
    "record.",
    "mask_outside": "The mask lies beside its picture or has no size, so whatever it was meant for is bare. Look "
    "whether its scale or origin is another one.",
    "bare_in_neighbour": "The picture before or after masks this place while all around it is the same. Mask it here, "
    "too.",
    "readable_text": "The text holds something in the form of personal data. Mask it, or dismiss it if it is nobody's.",
    "masked_elsewhere": "Texts of the same look are masked at this point; here it can be read. Mask it here, too.",
    "readable_picture": "Words in the picture have the form of personal data, and no mask covers them.",
    "masked_beside": "What the picture masks can be read in that moment in a title, address, text, key or element. "
    "Mask it there, too.",
    "after_the_end": "The picture's file goes on after its end: an editor left it there, or somebody hid it. No page "
    "shows these bytes. Write the picture anew.",
    "file_note": "The picture's file carries a note beside its pixels, which no page shows. Write it anew without "
    "notes.",
    "small_copy": "The small copy was made before the mask was: it shows what the picture hides. Make it anew.",
    "hidden_colour": "Pixels that cannot be seen still have their colour, which other programs show. Write the picture "
    "without transparency.",
    "extra_frames": "The file holds more pictures than the one that is shown, and masks are in that one at best. Write "
    "it anew with one.",
    "left_in_statistics": "The file's bounds still name a value that no row holds. Write the file anew.",
    "left_in_dictionary": "The file's dictionary still holds values that no row does. Write the file anew.",
    "unnamed_file": "Nothing shows this file, but whoever gets the folder gets it as well. Look what it is, and take "
    "it out.",
    "stale_rollup": "Sums that were made before the last change may count what was taken away since. Make them anew: "
    "trace-explorer rollup.",
    "mask_over_nothing": "The mask seems to hide nothing. No leak, but the picture is of less use.",
    "window_masked": "Nothing of the window is left. No leak, but the picture is of no use.",
    "code_told": "The physical key is still in the row, so the hidden key is no secret. Take it away as well.",
    "length_told": "Nothing is readable, but how long the hidden text is helps to guess it.",
    "timing_told": "Nothing is readable, but the rhythm of typing helps to guess, and to know somebody again.",
    "same_placeholder": "Nothing is readable, but one number in several sessions lets somebody be followed. The first "
    "session is shown.",
    "rare_title": "Nothing personal in itself, but what few have seen can single somebody out.",
    UNREAD: "Nothing is known of this place: it is no finding, and no all-clear. Look at it yourself.",
}
SEVERITY_HINTS = {
    "high": "It can be read or recovered.",
    "medium": "It can probably be read or recovered.",
    "low": "Worth a look.",
    "risk": "Nothing is readable: it could help to guess, or to know somebody again.",
}
CHANNEL_WORDS = {
    "frame": "picture",
    "window_title": "window title",
    "url": "address",
    "typed": "typed text",
    "element_name": "name of an element",
    "thought": "text of a step",
}
# Count of a scan -> what was looked at, in the plural.
COUNT_WORDS = {
    "frames": "pictures",
    "masks": "masks",
    "text_rows": "rows with text",
    "texts": "distinct texts",
    "presses": "key presses and pauses",
    "files": "files of tables",
    "read_pictures": "distinct pictures for their words",
}
# Channel -> the part of consent without which none of its findings is shown; pictures go by their frame as well.
_SCOPES = {
    "frame": "screenshots",
    "typed": "keystrokes",
    "clipboard": "keystrokes",
    "window_title": "window_titles",
    "url": "window_titles",
    "element_name": "window_titles",
}


def kind_words(kind: str) -> str:
    """A kind in words for a table or an outline."""
    return KINDS.get(kind) or _plain(kind)


def channel_words(channel: str) -> str:
    """A channel in words."""
    return CHANNEL_WORDS.get(channel) or _plain(channel)


def severity_place(severity: str) -> int:
    """Where a severity stands: the worst is 0, one that is not known comes last."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def channel_place(channel: str) -> int:
    """Where a channel stands in lists."""
    return CHANNELS.index(channel) if channel in CHANNELS else len(CHANNELS)


def scope_of(channel: str) -> str:
    """The consent scope that a channel's findings need; empty where none does."""
    return _SCOPES.get(channel, "")


def _plain(name: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in name.replace("_", " "))[:80]
    return shown.strip() or "not named"
