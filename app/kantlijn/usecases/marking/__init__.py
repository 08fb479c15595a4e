"""Passages, themes, notes and relations: made, changed, arranged, followed back."""
