"""Automatic checks of redaction: what they find is where something is wrong, never the text or the pixels of it."""
