"""The documents of the project, and adding to them."""
