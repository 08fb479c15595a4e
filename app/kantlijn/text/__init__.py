"""Algorithms over strings and page geometry, pure and fast. Knows: model."""
