"""What a reader can do: one verb a module, returning Changes. Knows: all workrooms."""
