"""Finding words in texts, annotations and notes, and tagging what was found."""
