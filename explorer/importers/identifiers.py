"""Fields of a recorder's metadata that name a machine, an account or a moment: dropped on import, and reported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_NAMES = """
    node id pid uuid guid host hostname host_name computer computer_name machine_name machine_id device_id device_name
    mac mac_address ip ip_address user username user_name user_id account login email mail home home_dir cwd path
    file_path folder dir directory serial serial_number session_id window_id hwnd process_started_at owner domain ssid
"""
_NAME_SET = frozenset(_NAMES.split())
_VALUES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b",  # MAC address
        r"\b(?:\d{1,3}\.){3}\d{1,3}\b(?!\.\d)",  # IPv4 address
        r"[^\s@]+@[^\s@]+\.[^\s@]+",  # e-mail address
        r"(?i)(?:/home/|/users/|\\users\\)[^/\\\s]+",  # home folder
        r"\b(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?:$|[ T_]+\d\d?[:.-]\d\d)",  # date, with or without a time
        r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",  # UUID
    )
)


def without_identifiers(fields: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The fields that may be kept, and the names of those that were dropped."""
    dropped = frozenset(name for name, value in fields.items() if _is_identifier(name, value))
    return {name: value for name, value in fields.items() if name not in dropped}, dropped


def _is_identifier(name: str, value: Any) -> bool:
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().replace("-", "_").replace(" ", "_")
    return plain in _NAME_SET or any(pattern.search(str(value)) for pattern in _VALUES)
