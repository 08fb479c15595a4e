"""Annotations and themes to and from other programs, and links into a project."""
