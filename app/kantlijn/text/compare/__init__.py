"""Comparing two texts as a reader would: words aligned, edits whole, moves found, layout left out."""
