"""Annotated summaries: gathered, grouped, remembered, written."""
