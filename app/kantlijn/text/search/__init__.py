"""Searching many texts: an index in which every word is one letter, and queries over it."""
