"""`python -m tests.every_kind FOLDER`: a small dataset in which a scan finds every kind of finding once or twice."""

from __future__ import annotations

import argparse
from pathlib import Path

from .dataset import write_dataset


def main() -> None:
    """Write the dataset, and say how to look at its findings."""
    parser = argparse.ArgumentParser(prog="python -m tests.every_kind", description=__doc__)
    parser.add_argument("folder", type=Path, help="new folder for the dataset")
    folder = parser.parse_args().folder
    write_dataset(folder)
    print(f"Scan and look: trace-explorer scan {folder}; trace-explorer {folder}")


if __name__ == "__main__":
    main()
