"""Trace Explorer: look at recorded computer use responsibly."""

__version__ = "0.1.0"
