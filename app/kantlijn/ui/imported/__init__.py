"""Choosing what comes in from a PDF's own annotations."""
