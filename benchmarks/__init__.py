"""Speed and size against the limits, with ratios to peers from the same run: `python -m benchmarks`."""
