"""Handing annotations to other programs, and taking them in."""
