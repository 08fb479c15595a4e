"""The outline of what is being read."""
