"""The trace dataset: its schema, manifest, commit protocol, writer and checks."""
