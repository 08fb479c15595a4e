"""Summaries, exports and imports of annotations."""
