"""Documents as a reader keeps them: added, named, read, recognised, unlocked."""
