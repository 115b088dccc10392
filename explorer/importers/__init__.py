"""Importers: one file per recorder format, and what turns a recording into the tables of a trace dataset."""
