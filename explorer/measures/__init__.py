"""Pure functions over columns of numbers: no files, no clock, no chance."""
