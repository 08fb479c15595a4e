"""Verbs from a terminal. Knows: usecases, model."""
