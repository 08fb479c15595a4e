"""Documents arriving on the shelf, recognised, unlocked and shown."""
