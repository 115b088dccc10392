"""`python -m tests.leak_set FOLDER --key FILE`: the whole set as a dataset, made once."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from .dataset import write_dataset
from .items import KINDS
from .seeds import SPLITS
from .text_shapes import CHANNELS


def main() -> None:
    """Write the dataset and its key, and say how many items of each kind it holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.leak_set", description=__doc__)
    parser.add_argument("folder", type=Path, help="new folder for the dataset")
    parser.add_argument("--key", type=Path, required=True, help="file for the answers, outside the folder")
    parser.add_argument("--split", choices=SPLITS, default="tuning")
    parser.add_argument("--each", type=int, default=60, help="items of each kind and channel (60)")
    parser.add_argument("--kinds", nargs="*", choices=KINDS, default=KINDS)
    parser.add_argument("--channels", nargs="*", choices=CHANNELS, default=CHANNELS)
    args = parser.parse_args()
    answers = write_dataset(
        args.folder, args.split, args.each, kinds=args.kinds, channels=args.channels, key=args.key
    )
    for name, n in Counter(row.get("kind") or row["channel"] for row in answers).items():
        print(f"{name:20} {n:6,}")


if __name__ == "__main__":
    main()
