"""Taking results away: CSV, JSON and Parquet of what is on screen."""
