"""Annotations that were carried to another version, looked at one after the other."""
