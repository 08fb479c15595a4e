"""What changed between versions, and where annotations stand in the next one."""
