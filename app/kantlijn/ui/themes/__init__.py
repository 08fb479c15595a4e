"""The theme tree."""
