"""Reusable pieces of the pages: the open dataset, filters, tables, and what shows them."""
