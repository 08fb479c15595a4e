"""Relations between passages, as a table."""
