"""The way from a list of findings to a replay, and back to the same line: the list's filters and the finding's id.

In an address of the replay the list's own names have a prefix, as the replay has filters of other pages under some of
them; `finding` is the id, a hash, in both addresses. Without it the way back leads to the list's first line, without
filters to the list of all that is open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from explorer.scan.listed import Choice
from explorer.widgets.findings_state import address_of, choice_of

FINDING, LIST = "finding", "list_"
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


def way_there(choice: Choice, finding_id: str) -> dict[str, str]:
    """What an address of the replay holds of the list that it is opened from."""
    return {**{f"{LIST}{name}": value for name, value in address_of(choice).items()}, FINDING: finding_id}


def way_back(address: Mapping[str, str]) -> str:
    """Address of the list that an address of the replay names. What does not fit is left out."""
    named = {name.removeprefix(LIST): value for name, value in address.items() if name.startswith(LIST)}
    back = address_of(choice_of(named))
    finding_id = finding_of(address)
    return f"findings?{urlencode(back | ({FINDING: finding_id} if finding_id else {}))}".rstrip("?")


def finding_of(address: Mapping[str, str]) -> str:
    """The id of the finding that an address of a list or of a replay names; empty where it names none."""
    found = address.get(FINDING, "")
    return found if _ID.fullmatch(found) else ""
