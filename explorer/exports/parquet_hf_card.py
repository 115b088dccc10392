"""The dataset card (README.md) of a Parquet export: front matter for the hub, then what the columns mean.

Text of the trace or its title stands in the front matter only, as YAML strings; the body is our own words.
"""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped]

from explorer._version import __version__
from explorer.exports.parquet_hf_rows import columns
from explorer.exports.tally import Tally
from explorer.trace.dataset import Dataset

# Identifiers that the hub knows, in its spelling; any other licence is named under `other`.
_LICENCES = (
    "apache-2.0", "mit", "cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0",
    "cc-by-nc-nd-4.0", "odbl", "pddl", "odc-by", "bsd-3-clause", "gpl-3.0", "openrail", "cdla-permissive-2.0",
)  # fmt: skip
_LONGEST_NAME = 200
_MADE = """
One row is one action of a recorded session (a click, a drag, a run of scrolling, a shortcut, a key, a typed text),
with the screen before it. Rows of an episode stand together, in their order (`step_idx`). Pictures are the stored
bytes, unchanged. Pointer movement between the actions is not part of this export.

Positions are shares of the picture in the same row (0 to 1, from its top left). Where an action lies outside of the
picture, or the picture's place on the desktop is unknown, they are null.
"""


def card(dataset: Dataset, tally: Tally, *, with_people: bool) -> str:
    """Text of README.md."""
    front = yaml.safe_dump(_front(dataset, tally, with_people), sort_keys=False, allow_unicode=True)
    named = columns(with_people).items()
    table = "".join(f"| `{name}` | {dtype} | {meaning} |\n" for name, (dtype, meaning) in named)
    left_out = "".join(f"- {n:,} {words}\n" for n, words in tally.lines()) or "- nothing\n"
    loading = (
        '```python\nfrom datasets import load_dataset\n\nrows = load_dataset("FOLDER", split="train")\n```\n'
    )
    return (
        f"---\n{front}---\n\n# Recorded computer use\n\n"
        f"Made with trace-explorer {__version__} from dataset `{dataset.dataset_id}`; `EXPORT.json` says which state "
        f"of it, with which filters.\n{_MADE}\n## Load\n\n{loading}\n## Columns\n\n"
        f"| column | type | meaning |\n|---|---|---|\n{table}\n## Left out or changed\n\n{left_out}"
    )


def _front(dataset: Dataset, tally: Tally, with_people: bool) -> dict[str, Any]:
    return {
        **_licence(dataset.licence),
        "pretty_name": dataset.title[:_LONGEST_NAME],
        "tags": ["computer-use", "gui", "trajectories"],
        "size_categories": [_size(tally.written["rows_n"])],
        "configs": [{"config_name": "default", "data_files": [{"split": "train", "path": "data/train-*"}]}],
        "dataset_info": {
            "features": [{"name": name, "dtype": dtype} for name, (dtype, _) in columns(with_people).items()]
        },
    }


def _licence(licence: str) -> dict[str, str]:
    if not licence:
        return {"license": "unknown"}
    if licence.lower() in _LICENCES:
        return {"license": licence.lower()}
    return {"license": "other", "license_name": licence[:_LONGEST_NAME]}


def _size(rows_n: int) -> str:
    """The hub's word for a number of rows."""
    bounds = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
    return next((word for bound, word in bounds if rows_n < bound), "1M<n<10M")
