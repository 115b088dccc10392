"""What the commands print: results to stdout, progress and summaries to stderr."""
