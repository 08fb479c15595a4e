"""Kantlijn: read, tag, compare and summarise policy reports, offline."""

__version__ = "0.1.0"
